import { ts } from 'ts-morph';
import { type FileContext, walk } from '../node-client/context';
import type { WaitingPlace } from './await-plan';
import { answersInSight } from './functions';
import { reportHandler, reportOpen } from './place';

const SETTERS = /(?:^|\.)(?:status|sendStatus|writeHead|code|sendError|throw|createError|setResponseStatus|assert)$/;
const ROUTE_PARAMETERS = /^_?(?:req|request|res|response|reply|ctx|context|event|h|envelope|body)$/;

/** Names of 4xx answers: `BadRequestException`, `Boom.forbidden`, `HttpStatus.BAD_REQUEST`. */
const REFUSALS =
  /^(?:Bad_?Request|Unauthorized|Forbidden|Not_?Found|Not_?Acceptable|Conflict|Gone|Precondition_?Failed|Unprocessable_?(?:Entity|Content)|Bad_?Data|Unsupported_?Media_?Type)(?:Exception|Error)?$/i;

/** The outermost function around a place that still looks like a route. */
function routeAround(node: ts.Node): ts.Node | undefined {
  let route: ts.Node | undefined;
  for (let current: ts.Node | undefined = node.parent; current !== undefined; current = current.parent) {
    if (!ts.isFunctionLike(current)) continue;
    const isRoute = current.parameters.some(({ name }) => ROUTE_PARAMETERS.test(name.getText()));
    if (isRoute || route === undefined) route = current;
  }
  return route;
}

/** The number of `res.status(400)`, `res.statusCode = 400`, `{ statusCode: 400 }`. */
function answeredStatus(node: ts.Node): ts.NumericLiteral | undefined {
  if (!ts.isNumericLiteral(node) || !/^\d{3}$/.test(node.text)) return undefined;
  // `res.sendStatus(err ? 400 : 200)`
  const value = ts.isConditionalExpression(node.parent) && node.parent.condition !== node ? node.parent : node;
  const { parent } = value;
  if (ts.isCallExpression(parent) && parent.arguments.includes(value))
    return SETTERS.test(parent.expression.getText()) ? node : undefined;
  if (ts.isBinaryExpression(parent) && parent.right === value)
    return /(?:^|\.)(?:status|statusCode)$/.test(parent.left.getText()) ? node : undefined;
  return ts.isPropertyAssignment(parent) && /^(?:status|statusCode)$/.test(parent.name.getText()) ? node : undefined;
}

/** `new BadRequestException()`, `Boom.badRequest()`, `HttpStatus.BAD_REQUEST`. */
function namedRefusal(node: ts.Node): ts.Node | undefined {
  if (!ts.isIdentifier(node) || !REFUSALS.test(node.text)) return undefined;
  const { parent } = node;
  const owner = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent : node;
  const isMade =
    (ts.isNewExpression(owner.parent) || ts.isCallExpression(owner.parent)) && owner.parent.expression === owner;
  return isMade || (owner !== node && /^[A-Z_]+$/.test(node.text)) ? owner : undefined;
}

/** In a catch clause, or under a condition on the error of a callback. */
function isErrorPath(node: ts.Node, route: ts.Node): boolean {
  for (let current = node; current !== route && current.parent !== undefined; current = current.parent) {
    if (ts.isCatchClause(current)) return true;
    const { parent } = current;
    if (
      ts.isConditionalExpression(parent) &&
      parent.whenTrue === current &&
      /^(?:err|error|e)$/.test(parent.condition.getText())
    )
      return true;
    if (
      ts.isIfStatement(parent) &&
      parent.thenStatement === current &&
      /^(?:err|error|e)$/.test(parent.expression.getText())
    )
      return true;
    if (
      ts.isCallExpression(parent) &&
      parent.arguments.includes(current as ts.Expression) &&
      /\.catch$/.test(parent.expression.getText())
    )
      return true;
  }
  return false;
}

/**
 * Answers that end Amazon's attempts: 503 where an error is answered, a finding everywhere else. `routes` remembers those
 * that were looked at.
 */
export function rewriteAnswers(places: readonly WaitingPlace[], isRewritten: boolean, routes: Set<ts.Node>): void {
  for (const { context, node } of places) {
    const route = routeAround(node);
    if (route === undefined) continue;
    if (!routes.has(route)) reportRoute(context, route, isRewritten);
    routes.add(route);
    reportSwallowed(context, node, route, isRewritten);
    reportEarlyAnswers(context, node, route, isRewritten);
  }
}

/** The same for a route that only reads what middleware before it put there. */
export function rewriteAnswersAround(
  { context, node }: WaitingPlace,
  isRewritten: boolean,
  routes: Set<ts.Node>,
): void {
  const route = routeAround(node);
  if (route === undefined || routes.has(route) || !answersInSight(route)) return;
  routes.add(route);
  reportRoute(context, route, isRewritten);
}

function reportRoute(context: FileContext, route: ts.Node, isRewritten: boolean): void {
  walk(route, (node) => {
    const status = answeredStatus(node);
    // Amazon never uses another method than POST.
    if (status?.text.startsWith('4') === true && status.text !== '405')
      reportRefusal(context, status, route, isRewritten);
    const named = namedRefusal(node);
    if (named !== undefined) reportNamedRefusal(context, named, isRewritten);
    if (status?.text.startsWith('2') === true && isErrorPath(status, route))
      reportAcknowledgedError(context, status, isRewritten);
  });
}

function reportRefusal(context: FileContext, status: ts.NumericLiteral, route: ts.Node, isRewritten: boolean): void {
  const place = { rule: 'ipn/answer', legacy: { name: status.text }, replacement: { name: '503' } };
  if (!isRewritten || !isErrorPath(status, route)) {
    reportOpen(context, status, isRewritten, {
      ...place,
      message: `After ${status.text} Amazon never sends the notification again; answer 503 if it may go well later.`,
      decision: `after ${status.text} Amazon never sends it again; 503 if it may go well later.`,
    });
    return;
  }
  reportHandler(context, status, {
    ...place,
    automation: 'automatic',
    message: `${status.text} ended Amazon's attempts for good; 503 makes it send the notification again.`,
    rewritten: true,
  });
  context.rewriter.replace(status, () => '503');
}

function reportNamedRefusal(context: FileContext, node: ts.Node, isRewritten: boolean): void {
  reportOpen(context, node, isRewritten, {
    rule: 'ipn/answer',
    legacy: { name: context.text(node) },
    replacement: { name: '503' },
    message: `${context.text(node)} is a 4xx answer: Amazon never sends the notification again. Answer 503 if it may go well later.`,
  });
}

/** A GET can fail where nothing failed before, and 200 would lose the notification. */
function reportAcknowledgedError(context: FileContext, status: ts.NumericLiteral, isRewritten: boolean): void {
  reportHandler(context, status, {
    rule: 'ipn/answer',
    automation: 'assisted',
    legacy: { name: status.text },
    replacement: { name: '503' },
    message: `${status.text} acknowledges a notification whose object could not be fetched; 503 makes Amazon send it again.`,
    rewritten: isRewritten,
  });
  if (!isRewritten) return;
  context.rewriter.replace(status, () => '503');
  context.todo(status, 'ipn/answer', `was ${status.text}; now Amazon sends again what could not be fetched or stored.`);
}

/** What a catch clause does with an error that Amazon must learn of. */
const PASSES_ON =
  /\bthrow\b|\breject\(|\b(?:next|callback|cb|done|fail)\(|\b[2-5]\d\d\b|Exception\b|\bBoom\b|\b(?:batchI|i)temFailures?\b|\bitemIdentifier\b|INTERNAL_SERVER_ERROR|SERVICE_UNAVAILABLE|\bcreateError\(/;

function reportSwallowed(context: FileContext, node: ts.Node, route: ts.Node, isRewritten: boolean): void {
  for (let current = node; current !== route && current.parent !== undefined; current = current.parent) {
    const { parent } = current;
    if (!ts.isTryStatement(parent) || parent.tryBlock !== current || parent.catchClause === undefined) continue;
    const { block } = parent.catchClause;
    if (PASSES_ON.test(block.getText())) return;
    reportOpen(context, parent.catchClause, isRewritten, {
      rule: 'ipn/answer',
      legacy: { name: 'catch' },
      replacement: { name: '503' },
      message:
        'An object that cannot be fetched ends here, and the notification is acknowledged and lost. Answer 503 or throw the error on.',
      decision: 'the notification is lost here; answer 503 or throw the error on.',
      // An empty clause has no line for it: then it stands above the whole statement.
      above: block.statements[0] ?? parent,
    });
    return;
  }
}

const isAcknowledgement = (node: ts.Node): boolean =>
  ts.isExpressionStatement(node) &&
  /^(?:res|response|reply)\.(?:sendStatus\(20[0-4]\)|status\(20[0-4]\)\.(?:end|send|json)\(|writeHead\(20[0-4]|end\(|send\(|json\()|^(?:callback|cb)\(null\b/.test(
    node.getText(),
  );

/** `res.sendStatus(200)` above the place where the message is read. */
function reportEarlyAnswers(context: FileContext, node: ts.Node, route: ts.Node, isRewritten: boolean): void {
  for (let current: ts.Node = node; current !== route && current.parent !== undefined; current = current.parent) {
    const { parent } = current;
    if (!ts.isBlock(parent)) continue;
    for (const statement of parent.statements) {
      if (statement.pos >= current.pos) break;
      if (!isAcknowledgement(statement)) continue;
      reportOpen(context, statement, isRewritten, {
        rule: 'ipn/early-answer',
        legacy: { name: context.text(statement) },
        replacement: null,
        message: 'The notification is acknowledged before it is read; what fails afterwards is lost.',
        decision: 'answer when the new state is stored; what fails below is lost.',
      });
    }
  }
}

/** A call of an async function that fetches now, and whose failure nobody would notice. */
export function reportUnawaited({ context, node, because }: WaitingPlace): void {
  reportOpen(context, node, true, {
    rule: 'ipn/early-answer',
    legacy: { name: context.text(node) },
    replacement: null,
    message:
      because ??
      'Nobody waits for this: the notification is acknowledged before it is handled, and a failing GET rejects unhandled, which ends the process.',
  });
}
