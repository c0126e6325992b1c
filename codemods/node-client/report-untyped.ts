import type { ts } from 'ts-morph';
import type { FileContext, Place } from './context';
import type { Held } from './untyped-answers';

/** Says why something is taken for a legacy answer. */
export const originOf = (held: Held | undefined): string =>
  held?.method !== undefined
    ? `a method of this project that is called ${held.method} answers with one`
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
  if (held?.event === undefined && held?.method === undefined)
    context.report(node, { ...place, confidence: 'low', automation: 'manual', rewritten: false });
  else context.leaveOpen(node, { ...place, confidence: 'low' });
}
