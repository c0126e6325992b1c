import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import { findActions } from '../../raw-mws/find-requests';
import { type FileContext, walk } from '../context';
import type { Decision } from './decide';
import type { OperationCall } from './find-operations';
import type { Remain } from '../remain';
import { columnOf } from '../stored/sql-columns';

/** A call that stays legacy, with what it is given. */
export interface KeptCall {
  readonly node: ts.Node;
  /** How it is named in a sentence: its operation, or the code that computes it. */
  readonly name: string;
  readonly given: readonly ts.Expression[];
}

/** `client.callMwsMethod('Capture', …)`, `pay[name](…)`, `pay.capture.apply(pay, …)`: the call around what remains. */
function callAround(node: ts.Node): ts.CallExpression | undefined {
  if (ts.isCallExpression(node)) return node;
  for (let current = node; ; current = current.parent) {
    const { parent } = current;
    if (ts.isCallExpression(parent)) return parent.expression === current ? parent : undefined;
    const goesOn =
      ts.isParenthesizedExpression(parent) ||
      ts.isAsExpression(parent) ||
      (ts.isPropertyAccessExpression(parent) && /^(?:call|apply)$/.test(parent.name.text));
    if (!goesOn) return undefined;
  }
}

const STAYS = /^node-client\/(?:operation-call|computed-operation)$/;

function ofRemain(context: FileContext, { node, rule, legacy }: Remain): KeptCall[] {
  const call = STAYS.test(rule) ? callAround(node) : undefined;
  if (call === undefined) return [];
  return [{ node, name: legacy.operation ?? context.text(node), given: call.arguments.filter(isData) }];
}

const isData = (node: ts.Expression): boolean => !ts.isFunctionLike(node);

/** `{ Action: 'GetAuthorizationDetails', … }`, `post('GetAuthorizationDetails', { … })`: requests that are signed by hand. */
export function requestsByHand(context: FileContext): KeptCall[] {
  const { source, unit } = context.file;
  if (!/\bAction\b|\bAmazon\w+Id\b/.test(unit.text)) return [];
  return findActions(source, true, [], operations).flatMap(({ node, operation }): KeptCall[] => {
    if (operation === undefined) return [];
    const name = `the hand-made request ${operation}`;
    if (ts.isCallExpression(node)) return [{ node, name, given: node.arguments.filter(isData) }];
    const isIn = ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.parent);
    return isIn ? [{ node, name, given: [node.parent as ts.ObjectLiteralExpression] }] : [];
  });
}

/** What of one file still goes to MWS after the migration. */
export interface Kept {
  readonly calls: readonly { readonly call: OperationCall; readonly decision: Decision }[];
  readonly remains: readonly Remain[];
}

/** Every call of a file that stays legacy and may be given an id. */
export function keptCalls(context: FileContext, { calls, remains }: Kept): KeptCall[] {
  const left = calls
    .filter(({ decision }) => decision.kind === 'leave')
    .map(({ call }): KeptCall => {
      const given = call.parameters === undefined ? [] : [call.parameters];
      return { node: call.node, name: call.operation, given };
    });
  const known = [...left, ...remains.flatMap((remain) => ofRemain(context, remain))];
  const isKnown = ({ given }: KeptCall): boolean =>
    known.some((call) => given.some((each) => call.given.includes(each)));
  return [...known, ...requestsByHand(context).filter((call) => !isKnown(call))];
}

/** The parameters of an operation that hold an id of Amazon. */
export const idParameters = (operation: string): string[] =>
  Object.keys(operations[operation]?.request ?? {}).filter((name) => /^Amazon\w+Id$/.test(name));

/** The names under which code of these files keeps ids of calls that are v2 from now on, with what they are the ids of. */
export function storedIds(contexts: readonly FileContext[]): Map<string, ReadonlySet<string>> {
  const names = new Map<string, ReadonlySet<string>>();
  for (const context of contexts)
    walk(context.file.source, (node) => {
      const stored = storedIn(node);
      if (stored === undefined || TOO_COMMON.test(stored.name) || /^Amazon\w+Id$/.test(stored.name)) return;
      const type = context.typeOf(stored.value);
      if (type?.kind === 'id') names.set(stored.name, new Set([...(names.get(stored.name) ?? []), type.name]));
    });
  return names;
}

/** Under such a name anything may be kept. */
const TOO_COMMON = /^(?:_?id|key|value|name|ref|reference|data|result)$/i;

/** `order.captureId = …`, `{ captureId: … }`, `{ captureId }`, `query('UPDATE orders SET capture_id = $1', [captureId])` */
export function storedIn(node: ts.Node): { readonly name: string; readonly value: ts.Expression } | undefined {
  if (ts.isPropertyAssignment(node) && (ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name)))
    // `{ $set: { 'payment.captureState': … } }`
    return { name: node.name.text.replace(/^.*\./, ''), value: node.initializer };
  if (ts.isShorthandPropertyAssignment(node)) return { name: node.name.text, value: node.name };
  const column = ts.isExpression(node) ? columnOf(node) : undefined;
  if (column !== undefined) return { name: column, value: node as ts.Expression };
  const isAssigned =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left);
  return isAssigned ? { name: (node.left as ts.PropertyAccessExpression).name.text, value: node.right } : undefined;
}
