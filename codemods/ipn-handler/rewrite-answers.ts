import { ts } from 'ts-morph';
import { type FileContext, walk } from '../node-client/context';
import type { Seam } from './find-seams';
import { reportHandler } from './place';

const SETTERS = /(?:^|\.)(?:status|sendStatus|writeHead|code|sendError)$/;
const ROUTE_PARAMETERS = /^_?(?:req|request|res|response|reply|ctx|context|event|h|envelope|body)$/;

/** The outermost function around a seam that still looks like a route. */
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
  const { parent } = node;
  if (ts.isCallExpression(parent) && parent.arguments[0] === node)
    return SETTERS.test(parent.expression.getText()) ? node : undefined;
  if (ts.isBinaryExpression(parent) && parent.right === node)
    return /(?:^|\.)(?:status|statusCode)$/.test(parent.left.getText()) ? node : undefined;
  return ts.isPropertyAssignment(parent) && /^(?:status|statusCode)$/.test(parent.name.getText()) ? node : undefined;
}

/** In a catch clause, or under a condition on the error of a callback. */
function isErrorPath(node: ts.Node, route: ts.Node): boolean {
  for (let current = node; current !== route && current.parent !== undefined; current = current.parent) {
    if (ts.isCatchClause(current)) return true;
    const { parent } = current;
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

/** Answers that end Amazon's attempts: 503 where an error is answered, a finding everywhere else. */
export function rewriteAnswers(context: FileContext, seam: Seam, isRewritten: boolean): void {
  const route = routeAround(seam.node);
  if (route === undefined) return;
  walk(route, (node) => {
    const status = answeredStatus(node);
    if (status?.text.startsWith('4') === true) reportRefusal(context, status, route, isRewritten);
  });
  reportEarlyAnswers(context, seam, route);
}

function reportRefusal(context: FileContext, status: ts.NumericLiteral, route: ts.Node, isRewritten: boolean): void {
  const rewritten = isRewritten && isErrorPath(status, route);
  reportHandler(context, status, {
    rule: 'ipn/answer',
    automation: rewritten ? 'automatic' : 'manual',
    legacy: { name: status.text },
    replacement: { name: '503' },
    message: rewritten
      ? `${status.text} ended Amazon's attempts for good; 503 makes it send the notification again.`
      : `After ${status.text} Amazon never sends the notification again; answer 503 if it may go well later.`,
    rewritten,
  });
  if (rewritten) context.rewriter.replace(status, () => '503');
}

const isAcknowledgement = (node: ts.Node): boolean =>
  ts.isExpressionStatement(node) &&
  /^(?:res|response|reply)\.(?:sendStatus\(20[0-4]\)|status\(20[0-4]\)\.(?:end|send|json)\(|end\(|send\(|json\()/.test(
    node.getText(),
  );

/** `res.sendStatus(200)` above the place where the message is read. */
function reportEarlyAnswers(context: FileContext, seam: Seam, route: ts.Node): void {
  for (let current: ts.Node = seam.node; current !== route && current.parent !== undefined; current = current.parent) {
    const { parent } = current;
    if (!ts.isBlock(parent)) continue;
    for (const statement of parent.statements) {
      if (statement.pos >= current.pos) break;
      if (!isAcknowledgement(statement)) continue;
      reportHandler(context, statement, {
        rule: 'ipn/early-answer',
        automation: 'manual',
        legacy: { name: context.text(statement) },
        replacement: null,
        message: 'The notification is acknowledged before it is read; what fails afterwards is lost for good.',
        rewritten: false,
      });
    }
  }
}
