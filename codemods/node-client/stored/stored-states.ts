import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import type { ValueTable } from '../../../src/catalog/types';
import { isAccess } from '../../rewriting/access';
import { awaited } from '../awaited';
import { type FileContext, unwrap, walk } from '../context';
import type { EmittedAnswers } from '../answers/emitted-answers';
import { storedIn } from '../calls/kept-calls';
import { writtenColumns } from './sql-columns';
import { UntypedAnswers } from '../untyped/untyped-answers';
import { ANSWERS_ELSEWHERE } from '../untyped/untyped-shapes';
import { tableOf } from '../values/value-tests';

const isState = (table: string): boolean => table !== 'errorCode' && table !== 'softDecline';

const stateTableOf = (context: FileContext, node: ts.Expression): ValueTable | undefined => {
  const type = context.typeOf(unwrap(node));
  return type?.kind === 'value' && isState(type.table) ? tableOf(type.table) : undefined;
};

/** A state that came as plain text, through the parameter of the function whose query writes it. */
const toldTableOf = (context: FileContext, node: ts.Expression): ValueTable | undefined => {
  const type = context.typeOf(unwrap(node));
  return type?.kind === 'told' && isState(type.table) ? tableOf(type.table) : undefined;
};

/** A file that may hold a state by its shape alone, in an answer of which no type tells. */
const mayHoldUntyped = ({ file }: FileContext): boolean =>
  /(?:Authorization|Capture|Refund|OrderReference|BillingAgreement)Status/.test(file.unit.text) &&
  !ANSWERS_ELSEWHERE.test(file.unit.text);

/** `const r = await mws('GetCaptureDetails', …)`: a request that is made by hand, whose answer stays one of legacy. */
export function isAskedByHand(context: FileContext, value: ts.Expression): boolean {
  let object = unwrap(value);
  while (isAccess(object)) object = unwrap(object.expression);
  const named = ts.isIdentifier(object) ? context.checker.getSymbolAtLocation(object)?.valueDeclaration : undefined;
  const declared =
    named !== undefined && ts.isBindingElement(named) ? ts.walkUpBindingElementsAndPatterns(named) : named;
  const asked = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  const call = awaited(asked ?? object);
  return (
    ts.isCallExpression(call) &&
    call.arguments.some((each) => ts.isStringLiteralLike(each) && operations[each.text] !== undefined)
  );
}

/** States of payments and of refunds may be kept under one name, in one file as well. */
const joined = (before: ValueTable | undefined, table: ValueTable): ValueTable => ({
  ...table,
  values: { ...before?.values, ...table.values },
});

/** `order.state = details.AuthorizationStatus.State` and `{ state: … }`: the names under which states are kept. */
function storedUnder(context: FileContext, emitted: EmittedAnswers): Map<string, ValueTable> {
  const names = new Map<string, ValueTable>();
  const answers = mayHoldUntyped(context) ? new UntypedAnswers(context, emitted) : undefined;
  walk(context.file.source, (node) => {
    const stored = storedIn(node);
    for (const { name, value } of stored === undefined ? writtenColumns(node) : [stored]) {
      const held = isAskedByHand(context, value) ? undefined : answers?.heldBy(value);
      const byShape = held?.kind === 'values' && isState(held.table) ? tableOf(held.table) : undefined;
      const told = stored === undefined ? toldTableOf(context, value) : undefined;
      const table = stateTableOf(context, value) ?? byShape ?? told;
      if (table !== undefined) names.set(name, joined(names.get(name), table));
    }
  });
  return names;
}

/** A name, the states that are kept under it, and the files that keep them. */
interface StoredState {
  readonly table: ValueTable;
  readonly paths: readonly string[];
}

export type StoredStates = ReadonlyMap<string, StoredState>;

/** The names under which code of these files keeps states of calls that are v2 from now on. */
export function storedStates(contexts: readonly FileContext[], emitted: EmittedAnswers): StoredStates {
  const names = new Map<string, StoredState>();
  for (const context of contexts)
    for (const [name, table] of storedUnder(context, emitted)) {
      const before = names.get(name);
      names.set(name, {
        table: joined(before?.table, table),
        paths: [...(before?.paths ?? []), context.file.unit.path],
      });
    }
  return names;
}

/** `'Open'` is a word of legacy that v2 does not have; `'Declined'` is one of both. */
export const isOnlyLegacy = ({ values }: ValueTable, word: string): boolean => {
  const mapping = values[word];
  return mapping !== undefined && !mapping.anyOf.includes(word);
};
