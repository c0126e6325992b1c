import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import type { Surface } from '../../src/catalog/types';
import { type FileContext, unwrap, walk } from './context';
import { legacyReceiver } from './find-operations';

/** A use of the legacy client that stays, because v2 has nothing for it or another codemod is responsible. */
export interface Remain {
  readonly node: ts.Node;
  readonly rule: string;
  readonly surface: Surface;
  readonly legacy: { readonly name: string; readonly operation?: string };
  readonly replacement: { readonly name: string; readonly operation?: string } | null;
  readonly message: string;
}

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

const isAccess = (node: ts.Node): node is Access =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

const nameOf = (node: Access): string | undefined => {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
};

function parsesNotifications(node: ts.Node, name: string): Remain | undefined {
  if (!/^parseSNSResponse(?:Async)?$/.test(name)) return undefined;
  const message = `${name} passes a v2 notification through unchanged, the branches below match nothing, and 200 is answered: the payment is lost in silence. Fetch the state by GET instead.`;
  return {
    node,
    rule: 'ipn/parse-sns-response',
    surface: 'ipn',
    legacy: { name },
    replacement: { name: 'getCharge, getRefund, getChargePermission' },
    message,
  };
}

function onClient(context: FileContext, node: ts.Node, name: string): Remain | undefined {
  const ipn = parsesNotifications(node, name);
  if (ipn !== undefined) return ipn;
  const base = { node, surface: 'node-client' as const, replacement: null };
  switch (name) {
    case 'api':
    case 'auth':
      return {
        ...base,
        rule: 'node-client/login',
        legacy: { name: `client.${name}` },
        replacement: { name: 'getBuyer', operation: 'GET /v2/buyers/{buyerToken}' },
        message: `${context.text(node)}: the access token of Login with Amazon has no counterpart; where it identifies the buyer, getBuyer(buyerToken) does.`,
      };
    case 'reports':
      return {
        ...base,
        rule: 'node-client/reports',
        legacy: { name: 'client.reports' },
        replacement: { name: 'getReports' },
        message: `${context.text(node)} has v2 counterparts with other shapes (getReports, getReportDocument, createReport).`,
      };
    case 'notifications':
      return {
        ...base,
        rule: 'node-client/unknown-operation',
        legacy: { name: 'client.notifications' },
        replacement: { name: 'deliveryTrackers', operation: 'POST /v2/deliveryTrackers' },
        message: `${context.text(node)} becomes deliveryTrackers(payload), which rejects where the old one swallowed errors.`,
      };
    case 'callMwsMethod':
    case 'callApiMethod':
      return {
        ...base,
        rule: 'node-client/computed-operation',
        legacy: { name },
        message: `${name} takes the operation as a value; write the v2 call for each operation that reaches it.`,
      };
    case 'config':
    case 'debug':
      return {
        ...base,
        rule: 'node-client/unknown-operation',
        legacy: { name: `client.${name}` },
        message: `${context.text(node)} reads the inside of the old client, which the v2 client does not have.`,
      };
    default:
      return undefined;
  }
}

/** `client.authorize()`: no such method was ever there. */
function onWrongObject(context: FileContext, node: Access, name: string): Remain | undefined {
  if (operations[upperFirst(name)] === undefined) return undefined;
  if ((context.checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) === 0) return undefined;
  const message = `${context.text(node)} does not exist in the legacy client, whose operations are on client.offAmazonPayments; this code cannot have worked.`;
  return {
    node,
    rule: 'node-client/unknown-operation',
    surface: 'node-client',
    legacy: { name, operation: upperFirst(name) },
    replacement: null,
    message,
  };
}

function computed(context: FileContext, node: ts.ElementAccessExpression): Remain {
  const message = `${context.text(node)} calls an operation whose name is computed; it is listed, not guessed. Write one v2 call for each name it can have, before new orders come: their ids are those of v2, which MWS does not know.`;
  return {
    node,
    rule: 'node-client/computed-operation',
    surface: 'node-client',
    legacy: { name: context.text(node) },
    replacement: null,
    message,
  };
}

/** `pay.capture.apply(pay, args)`: what is in the list is not written here. */
function appliedOperation(context: FileContext, node: Access): Remain {
  const message = `${context.text(node)} calls an operation with a list of arguments that is made elsewhere; write the v2 call out.`;
  return {
    node,
    rule: 'node-client/computed-operation',
    surface: 'node-client',
    legacy: { name: context.text(node.expression) },
    replacement: null,
    message,
  };
}

const hasMember = (context: FileContext, object: ts.Expression, name: string): boolean =>
  [object, unwrap(object)].some((each) => context.checker.getTypeAtLocation(each).getProperty(name) !== undefined);

/** `client.offAmazonPayments.somethingElse`: the client never had it. */
function onOperations(context: FileContext, node: Access, name: string): Remain | undefined {
  return name === 'checkoutV2' || hasMember(context, node.expression, name)
    ? undefined
    : unknownOperation(context, node, name);
}

function unknownOperation(context: FileContext, node: Access, name: string): Remain {
  const message = `${context.text(node)} is no operation of the legacy client; look at what this was meant to call.`;
  return {
    node,
    rule: 'node-client/unknown-operation',
    surface: 'node-client',
    legacy: { name },
    replacement: null,
    message,
  };
}

function takenApart(context: FileContext, node: ts.Node): Remain {
  const message = `${context.text(node)} takes the legacy client apart, and the v2 client has none of these members; the legacy client stays for this. Call the operations on the client itself.`;
  return {
    node,
    rule: 'node-client/computed-operation',
    surface: 'node-client',
    legacy: { name: context.text(node) },
    replacement: null,
    message,
  };
}

/** `const { offAmazonPayments, api } = client`: only a pattern for nothing but the operations is rewritten. */
function inPattern(context: FileContext, pattern: ts.ObjectBindingPattern): Remain[] {
  const keys = pattern.elements.map(({ dotDotDotToken, propertyName, name }) =>
    dotDotDotToken === undefined ? (propertyName ?? name).getText() : undefined,
  );
  const others = pattern.elements.filter((_, index) => !/^(?:offAmazonPayments|checkoutV2)$/.test(keys[index] ?? ''));
  if (pattern.elements.length === 0 || (others.length === 0 && keys.length === 1)) return [];
  const named = others.map((element) => onClient(context, element, (element.propertyName ?? element.name).getText()));
  const known = named.flatMap((remain) => remain ?? []);
  return known.length > 0 && known.length === others.length ? known : [...known, takenApart(context, pattern)];
}

/** `({ offAmazonPayments, config }, id) => …`: the client is told by its members alone, or by the unmistakable name. */
function takesUnnamedClient(context: FileContext, pattern: ts.ObjectBindingPattern): boolean {
  const isClient = context.checker.getTypeAtLocation(pattern).getProperty(' client') !== undefined;
  return pattern.elements.some(
    (element) =>
      (element.propertyName ?? element.name).getText() === 'offAmazonPayments' &&
      (isClient || (context.checker.getTypeAtLocation(element).flags & ts.TypeFlags.Any) !== 0),
  );
}

/** `({ offAmazonPayments } = client)`: an assignment cannot be given another name for the client. */
const isAssignedApart = (context: FileContext, node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
  ts.isObjectLiteralExpression(node.left) &&
  context.typeAround(node.right)?.kind === 'client';

/** Finds every use of a legacy client that no rewrite covers. */
export function findRemains(context: FileContext): Remain[] {
  const found: Remain[] = [];
  walk(context.file.source, (node) => {
    if (ts.isPropertyAccessExpression(node) && /^parseSNSResponse(?:Async)?$/.test(node.name.text)) {
      const remain = parsesNotifications(node, node.name.text);
      if (remain !== undefined) found.push(remain);
      return;
    }
    if (ts.isObjectBindingPattern(node)) {
      if (context.typeOf(node)?.kind === 'client') found.push(...inPattern(context, node));
      else if (takesUnnamedClient(context, node)) found.push(takenApart(context, node));
    }
    if (isAssignedApart(context, node)) found.push(takenApart(context, node.left));
    if (!isAccess(node)) return;
    const applied = nameOf(node) === 'apply' ? legacyReceiver(context, node.expression) : undefined;
    if (applied !== undefined) found.push(appliedOperation(context, node));
    const type = context.typeAround(node.expression);
    const name = nameOf(node);
    if (type?.kind === 'offAmazonPayments' && name === undefined)
      found.push(computed(context, node as ts.ElementAccessExpression));
    if (type?.kind === 'client' && type.style === 'flat' && name === undefined)
      found.push(computed(context, node as ts.ElementAccessExpression));
    const unknown =
      type?.kind === 'offAmazonPayments' && name !== undefined ? onOperations(context, node, name) : undefined;
    if (unknown !== undefined) found.push(unknown);
    const onFlat = type?.kind === 'client' && type.style === 'flat' && name !== undefined;
    if (onFlat && name !== 'checkoutV2' && !hasMember(context, node.expression, name))
      found.push(unknownOperation(context, node, name));
    if (type?.kind !== 'client' || name === undefined) return;
    const remain = onClient(context, node, name) ?? onWrongObject(context, node, name);
    if (remain !== undefined) found.push(remain);
  });
  return found;
}
