import type { ts } from 'ts-morph';
import type { FileContext, OpenSaid, Place } from '../node-client/context';

/** Reports a place of a notification handler. */
export function reportHandler(context: FileContext, node: ts.Node, place: Omit<Place, 'surface'>): void {
  context.report(node, { ...place, surface: 'ipn' });
}

type OpenPlace = Omit<Place, 'surface' | 'automation' | 'rewritten'> & OpenSaid;

/** Reports what somebody has to finish: with a comment in code that this run rewrites, listed in code that it leaves. */
export function reportOpen(
  context: FileContext,
  node: ts.Node,
  isRewritten: boolean,
  { decision, above = node, ...place }: OpenPlace,
): void {
  const { rule, message } = place;
  const start = context.rewriter.start(node);
  // Two messages are read below one early answer.
  if (context.findings.some((each) => each.rule === rule && each.start === start && each.message === message)) return;
  if (isRewritten) context.leaveOpen(node, { ...place, surface: 'ipn' }, { decision, above });
  else if (!context.isSaid(above, rule, decision ?? message))
    reportHandler(context, node, { ...place, automation: 'manual', rewritten: false });
}

/**
 * What is known of the handlers of a package. legacy: at least one goes on believing its messages. rewritten: all fetch, by
 * this run. migrated: all fetch, since an earlier run, which left its decisions in the code.
 */
export type HandlerState = 'legacy' | 'rewritten' | 'migrated';
