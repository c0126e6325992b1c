import { ts } from 'ts-morph';
import { clientMembers, operations } from '../../src/catalog';
import type { Surface } from '../../src/catalog/types';
import type { FileContext } from './context';

/** A use of the legacy client that stays, because v2 has nothing for it or another codemod is responsible. */
export interface Remain {
  readonly node: ts.Node;
  readonly rule: string;
  readonly surface: Surface;
  readonly legacy: { readonly name: string; readonly operation?: string };
  readonly replacement: { readonly name: string; readonly operation?: string } | null;
  readonly message: string;
  readonly guidance?: string;
  /** Told by its shape alone. */
  readonly confidence?: 'low';
}

/** A use that v2 has nothing for. */
export const noneInV2 = (node: ts.Node, rule: string, legacy: Remain['legacy'], message: string): Remain => ({
  node,
  rule,
  surface: 'node-client',
  legacy,
  replacement: null,
  message,
});

/** The reader of notifications that comes with the client. */
export function parsesNotifications(node: ts.Node, name: string): Remain | undefined {
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

/** `client.callMwsMethod('Authorize', …)` says which operation it calls. */
function namedOperation({ parent }: ts.Node): { readonly operation?: string } {
  const [name] = ts.isCallExpression(parent) ? parent.arguments : [];
  const isNamed = name !== undefined && ts.isStringLiteralLike(name) && operations[name.text] !== undefined;
  return isNamed ? { operation: name.text } : {};
}

/** A member of the client besides its operations; undefined when it is none of those that are known. */
export function memberOfClient(context: FileContext, node: ts.Node, name: string): Remain | undefined {
  const member = Object.hasOwn(clientMembers, name) ? clientMembers[name] : undefined;
  if (member === undefined) return parsesNotifications(node, name);
  const { rule, legacy, replacement, because } = member;
  return {
    node,
    rule,
    surface: 'node-client',
    legacy: { name: legacy, ...namedOperation(node) },
    replacement,
    message: `${context.text(node)} ${because}`,
  };
}
