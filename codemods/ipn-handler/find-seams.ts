import { ts } from 'ts-morph';
import { type FileContext, unwrap, walk } from '../node-client/context';

/** The place where a message enters a handler: from here on everything can come from a GET instead. */
export interface Seam {
  /** What the fetch takes the place of. */
  readonly node: ts.Expression;
  /**
   * signed: the legacy client checked the signature and read the XML. parsed: the handler parsed the JSON itself, and reads
   * the XML with means of its own. migrated: an earlier run was here.
   */
  readonly kind: 'signed' | 'parsed' | 'migrated';
  /** The envelope, or the message in it. Undefined where a function that parses is handed on. */
  readonly body: ts.Expression | undefined;
  /** The legacy client that parsed; a signed message may come through a static function instead. */
  readonly receiver: ts.Expression | undefined;
  readonly callback: ts.Expression | undefined;
}

/** The class of a client, not a client. */
export const isClass = (context: FileContext, node: ts.Node): boolean =>
  context.checker.getTypeAtLocation(node).getConstructSignatures().length > 0;

const PARSE = /^parseSNSResponse(?:Async)?$/;
const PROMISIFIES = /(?:^|\.)(?:promisify|denodeify|nbind|nfbind|fromCallback)$/;
const MIGRATED = /^fetch(?:Signed)?Notification(?:AsXml)?$/;

/** Words that only a handler of legacy notifications has. */
export const SPEAKS_OF_NOTIFICATIONS = /\bNotificationData\b/;

/** A handler that asks for the version was written, or rewritten by hand, for both. */
const KNOWS_V2 = /NotificationVersion/i;

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

const isAccess = (node: ts.Node): node is Access =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

export const accessedName = (node: Access): string | undefined => {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
};

/** `promisify(client.parseSNSResponse.bind(client))`: the outermost expression that is still that function. */
function outermost(node: ts.Expression): { readonly node: ts.Expression; readonly promisified: boolean } {
  let current = node;
  let promisified = false;
  for (;;) {
    const { parent } = current;
    const isBind =
      ts.isPropertyAccessExpression(parent) && parent.name.text === 'bind' && parent.expression === current;
    if (isBind && ts.isCallExpression(parent.parent)) {
      current = parent.parent;
      continue;
    }
    const isPromisified =
      ts.isCallExpression(parent) && parent.arguments[0] === current && PROMISIFIES.test(parent.expression.getText());
    if (!isPromisified) return { node: current, promisified };
    promisified = true;
    current = parent;
  }
}

/** `client.parseSNSResponse(body, done)`, and what is made of the function before it is called. */
function signedSeam(context: FileContext, node: ts.Node): Seam | undefined {
  if (!ts.isPropertyAccessExpression(node) || !PARSE.test(node.name.text)) return undefined;
  const type = context.typeAround(node.expression);
  if (type?.kind !== 'client') return undefined;
  // The static function of amazon-pay-async has no client to fetch with.
  const base = { kind: 'signed' as const, receiver: isClass(context, node.expression) ? undefined : node.expression };
  const { parent } = node;
  if (ts.isCallExpression(parent) && parent.expression === node) {
    const [body, callback] = parent.arguments;
    const answers = callback !== undefined || type.style === 'promise' || node.name.text.endsWith('Async');
    return body === undefined || !answers || parent.arguments.length > 2
      ? undefined
      : { ...base, node: parent, body, callback };
  }
  const whole = outermost(node);
  return whole.promisified ? { ...base, node: whole.node, body: undefined, callback: undefined } : undefined;
}

const isJsonParse = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && node.arguments.length === 1 && node.expression.getText() === 'JSON.parse';

/** The envelope in `JSON.parse(envelope.Message)`, or the message that was taken out of it. */
function envelopeOf(context: FileContext, argument: ts.Expression): ts.Expression | undefined {
  const value = unwrap(argument);
  if (isAccess(value)) return accessedName(value) === 'Message' ? value.expression : undefined;
  if (!ts.isIdentifier(value)) return undefined;
  const declaration = context.checker.getSymbolAtLocation(value)?.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (ts.isBindingElement(declaration))
    return (declaration.propertyName ?? declaration.name).getText() === 'Message' ? value : undefined;
  const initial = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const isTaken =
    initial !== undefined && isAccess(unwrap(initial)) && accessedName(unwrap(initial) as Access) === 'Message';
  return isTaken ? value : undefined;
}

/** `const message = JSON.parse(body)` whose NotificationData is read: raw delivery. */
function isRawMessage(context: FileContext, node: ts.CallExpression): boolean {
  const { parent } = node;
  const declaration = ts.isAwaitExpression(parent) ? parent.parent : parent;
  if (isAccess(parent) && parent.expression === node) return accessedName(parent) === 'NotificationData';
  if (!ts.isVariableDeclaration(declaration)) return false;
  if (!ts.isIdentifier(declaration.name)) return SPEAKS_OF_NOTIFICATIONS.test(declaration.name.getText());
  const symbol = context.checker.getSymbolAtLocation(declaration.name);
  let found = false;
  walk(context.file.source, (each) => {
    found ||=
      isAccess(each) &&
      accessedName(each) === 'NotificationData' &&
      ts.isIdentifier(each.expression) &&
      context.checker.getSymbolAtLocation(each.expression) === symbol;
  });
  return found;
}

/** Where a parsed message goes: the variable that holds it, or the expression itself. */
function holders(context: FileContext, node: ts.Expression): ts.Node[] {
  let current: ts.Node = node;
  while (ts.isAsExpression(current.parent) || ts.isParenthesizedExpression(current.parent)) current = current.parent;
  const { parent } = current;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return [current];
  const symbol = context.checker.getSymbolAtLocation(parent.name);
  const uses: ts.Node[] = [];
  walk(context.file.source, (each) => {
    const isUse = ts.isIdentifier(each) && each !== parent.name;
    if (isUse && context.checker.getSymbolAtLocation(each) === symbol) uses.push(each);
  });
  return uses;
}

/** `service.handle(message)`, where that function reads NotificationData of its parameter, in whatever file it is. */
function isHandedToReader(context: FileContext, node: ts.CallExpression): boolean {
  return holders(context, node).some((value) => {
    const call = value.parent;
    if (!ts.isCallExpression(call)) return false;
    const reader = context.checker.getResolvedSignature(call)?.declaration;
    const parameter = reader?.parameters[call.arguments.indexOf(value as ts.Expression)];
    if (reader === undefined || parameter === undefined || !ts.isParameter(parameter)) return false;
    const read = ts.isIdentifier(parameter.name)
      ? new RegExp(`\\b${parameter.name.text}(?:\\.|\\[['"]|\\b[^;]*\\{[^}]*\\b)NotificationData\\b`)
      : SPEAKS_OF_NOTIFICATIONS;
    return read.test(reader.getText());
  });
}

function parsedSeams(context: FileContext): Seam[] {
  const { text } = context.file.unit;
  const speaks = SPEAKS_OF_NOTIFICATIONS.test(text);
  if (!/\bMessage\b/.test(text) && !speaks) return [];
  if (KNOWS_V2.test(text)) return [];
  const base = { kind: 'parsed' as const, receiver: undefined, callback: undefined };
  const found: Seam[] = [];
  const raw: Seam[] = [];
  walk(context.file.source, (node) => {
    if (!isJsonParse(node)) return;
    const [argument] = node.arguments;
    if (!speaks && !isHandedToReader(context, node)) return;
    const envelope = argument === undefined ? undefined : envelopeOf(context, argument);
    if (envelope !== undefined) found.push({ ...base, node, body: envelope });
    else if (argument !== undefined && isRawMessage(context, node)) raw.push({ ...base, node, body: argument });
  });
  return found.length > 0 ? found : raw;
}

/** Every place of a file where notifications enter. */
export function findSeams(context: FileContext): Seam[] {
  const found: Seam[] = [];
  walk(context.file.source, (node) => {
    const signed = signedSeam(context, node);
    if (signed !== undefined) found.push(signed);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && MIGRATED.test(node.expression.text))
      found.push({ node, kind: 'migrated', body: node.arguments[1], receiver: undefined, callback: undefined });
  });
  return [...found, ...parsedSeams(context)];
}
