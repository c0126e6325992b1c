import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import { isLegacySymbol } from '../../typed-program/brands';
import { nodesOf } from '../../typed-program/nodes';
import { isAssignment } from '../../typed-program/typed-places';
import { type FileContext, walk } from '../context';
import { ANSWERS_ELSEWHERE } from './untyped-shapes';
import { isLogged } from '../answers/value-flow';

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The operation that has this parameter, by which nothing but Amazon Pay is called. */
function operationWith(name: string, parameters: ts.Expression | undefined): string | undefined {
  const operation = upperFirst(name.replace(/Async$/, ''));
  const row = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (row === undefined || parameters === undefined || !ts.isObjectLiteralExpression(parameters)) return undefined;
  const isDistinctive = parameters.properties.some(
    ({ name: key }) =>
      key !== undefined && /^Amazon\w+Id$/.test(key.getText()) && row.request[key.getText()] !== undefined,
  );
  return isDistinctive ? operation : undefined;
}

const namesIn = ({ properties }: ts.ObjectLiteralExpression): string[] =>
  properties.flatMap(({ name }) => (name === undefined ? [] : [name.getText().replace(/^['"]|['"]$/g, '')]));

/** The operation that takes an id of Amazon, a reference of the shop and an amount by these names. */
function operationTaking(parameters: ts.Expression | undefined): string | undefined {
  if (parameters === undefined || !ts.isObjectLiteralExpression(parameters)) return undefined;
  const names = namesIn(parameters);
  return Object.keys(operations).find((operation) => {
    const taken = names.filter((name) => operations[operation]?.request[name.split('.')[0] ?? ''] !== undefined);
    const isOfShop = taken.some(
      (name) => /(?:Reference|Authorization|Capture|Refund)Id$|Amount/.test(name) && !/^Amazon/.test(name),
    );
    return taken.length === names.length && isOfShop && taken.some((name) => /^Amazon\w+Id$/.test(name));
  });
}

/** What only copies objects: the copy goes on to a call that is looked at itself. */
const COPIES = /(?:^|\.)(?:assign|extend|merge|defaults|defaultsDeep|freeze|clone|cloneDeep|stringify|pick|omit)$/;

/** The function takes the parameters of an operation by their legacy names: an earlier run wrote it, or somebody by hand. */
const readsParameters = (node: ts.Node): boolean =>
  (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && /\.Amazon\w+Id\b/.test(node.body.getText());

/** `const refund = promisify<any, any>(pay.refund)`: in whatever type it is kept, it is made of an operation, and reads the same. */
function isMadeOfOperation(context: FileContext, callee: ts.Expression): boolean {
  const holdsOperation = (node: ts.Node): boolean =>
    context.typeOf(node)?.kind === 'operation' ||
    readsParameters(node) ||
    ts.forEachChild(node, (child) => holdsOperation(child) || undefined) === true;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  const declaration = context.checker.getSymbolAtLocation(name)?.valueDeclaration;
  if (declaration !== undefined && 'initializer' in declaration && declaration.initializer !== undefined)
    return holdsOperation(declaration.initializer as ts.Node);
  const text = callee.getText();
  return nodesOf(context.file.source).some(
    (node) => isAssignment(node) && node.left.getText() === text && holdsOperation(node.right),
  );
}

/** The call is followed by its type, goes into a function of the project, or copies what it is given. */
function isAccountedFor(context: FileContext, call: ts.CallExpression): boolean {
  const { checker } = context;
  if (COPIES.test(call.expression.getText()) || isLogged(call) || context.namedCalls.has(call)) return true;
  if (context.typeOf(call.expression)?.kind === 'operation' || isMadeOfOperation(context, call.expression)) return true;
  if (call.arguments.some((each) => ts.isStringLiteralLike(each) && Object.hasOwn(operations, each.text))) return true;
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  return declaration !== undefined && 'body' in declaration && declaration.body !== undefined;
}

/** `queue.add('refund', { AmazonCaptureId, RefundReferenceId, RefundAmount })`, `promisify(x.refund).call(x, { … })` */
function reportParameters(context: FileContext, call: ts.CallExpression): void {
  const parameters = call.arguments.find((each) => operationTaking(each) !== undefined);
  const operation = operationTaking(parameters);
  if (parameters === undefined || operation === undefined || isAccountedFor(context, call)) return;
  const [start, end] = [context.rewriter.start(call), context.rewriter.end(call)];
  if (context.findings.some((found) => found.start >= start && found.start < end)) return;
  context.report(parameters, {
    rule: 'node-client/operation-call',
    automation: 'manual',
    confidence: 'low',
    legacy: { name: context.text(call.expression), operation },
    replacement: null,
    message: `${context.text(call.expression)} is handed the parameters of ${operation}, and nothing says what becomes of them; where they go to a call that was rewritten they must have the names that it reads, and elsewhere the call is to be rewritten.`,
    rewritten: false,
  });
}

/**
 * Lists `operations.capture({ AmazonAuthorizationId, … })` on something of which nothing is known: a value from a container,
 * a parameter that nobody is seen to fill, a wrapper from elsewhere.
 */
export function reportUntypedCalls(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const operation = operationWith(node.expression.name.text, node.arguments[0]);
    const callee = context.checker.getTypeAtLocation(node.expression);
    if (operation === undefined || (callee.flags & ts.TypeFlags.Any) === 0 || isLegacySymbol(callee.getSymbol()))
      return;
    const start = context.rewriter.start(node);
    if (context.findings.some((finding) => finding.start === start)) return;
    const v2 = operations[operation]?.v2;
    context.report(node, {
      rule: 'node-client/operation-call',
      automation: 'manual',
      confidence: 'low',
      legacy: { name: context.text(node.expression), operation },
      replacement: v2 == null ? null : { name: v2.sdkMethod, operation: v2.http },
      message: `${context.text(node.expression)} has the form of ${operation}, and nothing says what it is called on; where that is the legacy client, write the call of ${v2 == null ? 'v2' : v2.sdkMethod}.`,
      rewritten: false,
    });
  });
  if (!ANSWERS_ELSEWHERE.test(context.file.unit.text))
    walk(context.file.source, (node) => {
      if (ts.isCallExpression(node)) reportParameters(context, node);
    });
}
