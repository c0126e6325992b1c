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
  /** The legacy client that parsed. */
  readonly receiver: ts.Expression | undefined;
  readonly callback: ts.Expression | undefined;
}

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
  const base = { kind: 'signed' as const, receiver: node.expression };
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
  const isTaken =
    declaration !== undefined &&
    ts.isBindingElement(declaration) &&
    (declaration.propertyName ?? declaration.name).getText() === 'Message';
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

function parsedSeams(context: FileContext): Seam[] {
  const { text } = context.file.unit;
  if (!SPEAKS_OF_NOTIFICATIONS.test(text) || KNOWS_V2.test(text)) return [];
  const base = { kind: 'parsed' as const, receiver: undefined, callback: undefined };
  const found: Seam[] = [];
  const raw: Seam[] = [];
  walk(context.file.source, (node) => {
    if (!isJsonParse(node)) return;
    const [argument] = node.arguments;
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
