import type { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import type { FileContext, Place } from '../context';
import type { Held } from './untyped-answers';
import { tableOf } from '../values/value-tests';

/** The tables that the values are of that something is taken to hold. */
export const tablesOf = (held: Held | undefined): ValueTable[] =>
  held?.kind === 'values' ? [held.table, ...(held.others ?? [])].flatMap((name) => tableOf(name) ?? []) : [];

const byMethod = (held: Held, method: string): string =>
  held.kind === 'values' && held.others !== undefined
    ? `methods of this project that are called ${method} answer with one (${[held.table, ...held.others].join(', ')})`
    : `a method of this project that is called ${method} answers with one`;

/** Says why something is taken for a legacy answer. */
export const originOf = (held: Held | undefined): string =>
  held?.declared !== undefined
    ? `its type says ${held.declared}, into which something else than answers of rewritten calls may come`
    : held?.method !== undefined
      ? byMethod(held, held.method)
      : held?.event === undefined
        ? 'no type says which call it comes from'
        : `the event '${held.event}' hands on such an answer`;

/** Lists what is taken for a legacy answer by its shape, which the next run finds again, or by an event, which it does not. */
export function reportUntyped(
  context: FileContext,
  node: ts.Node,
  held: Held | undefined,
  place: Omit<Place, 'automation' | 'rewritten' | 'confidence'>,
): void {
  const isFoundAgain = held?.event === undefined && held?.method === undefined && held?.declared === undefined;
  if (isFoundAgain) context.report(node, { ...place, confidence: 'low', automation: 'manual', rewritten: false });
  else context.leaveOpen(node, { ...place, confidence: 'low' });
}
