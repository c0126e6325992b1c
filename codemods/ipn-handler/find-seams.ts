import { ts } from 'ts-morph';
import { type FileContext, unwrap, walk } from '../node-client/context';
import { type Access, accessedName, isAccess } from '../rewriting/access';
import { evidenceOf } from './evidence';

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
  /** The message itself is parsed, without an envelope around it. */
  readonly isRaw?: boolean;
  /** Why it is not rewritten, whatever could wait for it. */
  readonly because?: string;
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
export const KNOWS_V2 = /NotificationVersion/i;

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

function outermostFunction(node: ts.Node): ts.Node | undefined {
  let found: ts.Node | undefined;
  for (let current = node.parent; current !== undefined; current = current.parent)
    if (ts.isFunctionLike(current)) found = current;
  return found;
}

/** Two topics come through one place, or nothing tells which one does: a GET for every message would break the other. */
const SHARED = (field: string): string =>
  `Messages of other topics come here too (${field} is read of them), so not every one can be fetched. Tell them apart by TopicArn first, and fetch the object where it is a notification.`;
const UNCERTAIN =
  'Nothing here tells whether these messages are notifications of Amazon Pay. If they are, fetch the object here.';

function parsedSeams(context: FileContext, all: readonly FileContext[], hasOthers: boolean): Seam[] {
  const { text } = context.file.unit;
  const speaks = SPEAKS_OF_NOTIFICATIONS.test(text);
  if (!/\bMessage\b/.test(text) && !speaks) return [];
  if (KNOWS_V2.test(text)) return [];
  const base = { kind: 'parsed' as const, receiver: undefined, callback: undefined };
  const found: Seam[] = [];
  const uncertain: Seam[] = [];
  const raw: Seam[] = [];
  walk(context.file.source, (node) => {
    if (!isJsonParse(node)) return;
    const [argument] = node.arguments;
    if (argument === undefined) return;
    const envelope = envelopeOf(context, argument);
    if (envelope === undefined) {
      if (speaks && isRawMessage(context, node)) raw.push({ ...base, node, body: argument, isRaw: true });
      return;
    }
    const { isNotification, isOther } = evidenceOf(context, node, all);
    const seam = { ...base, node, body: envelope };
    if (isNotification) found.push(isOther === undefined ? seam : { ...seam, because: SHARED(isOther) });
    else if (isOther === undefined && speaks) uncertain.push(seam);
  });
  const isOnly = !hasOthers && found.length === 0 && uncertain.length === 1;
  const others = isOnly ? uncertain : uncertain.map((seam) => ({ ...seam, because: UNCERTAIN }));
  const envelopes = [...found, ...others];
  // `message = JSON.parse(body)`, and again of its Message: one place, not two.
  const handlers = new Set(envelopes.map(({ node }) => outermostFunction(node)));
  return [...envelopes, ...raw.filter(({ node }) => !handlers.has(outermostFunction(node)))];
}

/** Every place of a file where notifications enter. */
export function findSeams(context: FileContext, all: readonly FileContext[]): Seam[] {
  const found: Seam[] = [];
  walk(context.file.source, (node) => {
    const signed = signedSeam(context, node);
    if (signed !== undefined) found.push(signed);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && MIGRATED.test(node.expression.text))
      found.push({ node, kind: 'migrated', body: node.arguments[1], receiver: undefined, callback: undefined });
  });
  return [...found, ...parsedSeams(context, all, found.length > 0)];
}
