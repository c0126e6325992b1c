import type { ts } from 'ts-morph';
import type { FileContext, Place } from '../node-client/context';

/** Reports a place of a notification handler. */
export function reportHandler(context: FileContext, node: ts.Node, place: Omit<Place, 'surface'>): void {
  context.report(node, { ...place, surface: 'ipn' });
}

interface OpenPlace extends Omit<Place, 'surface' | 'automation' | 'rewritten'> {
  /** What the comment says, when it is not the message. */
  readonly decision?: string;
  /** The place whose statement the comment stands above, when it is not the reported one. */
  readonly above?: ts.Node;
}

/**
 * Reports what somebody has to finish. In code that this run rewrites a comment keeps it on the list: what gave it away may
 * leave with the rewrite, and the next audit would call the file done.
 */
export function reportOpen(
  context: FileContext,
  node: ts.Node,
  isRewritten: boolean,
  { decision, above = node, ...place }: OpenPlace,
): void {
  const { rule, message } = place;
  const said = decision ?? message;
  // The comment of an earlier run is listed itself.
  if (context.commentAbove(above).includes(`TODO(amazon-pay-v2) ${rule}: ${said}`)) return;
  const start = context.rewriter.start(node);
  // Two messages are read below one early answer.
  if (context.findings.some((each) => each.rule === rule && each.start === start && each.message === message)) return;
  reportHandler(context, node, { ...place, automation: isRewritten ? 'assisted' : 'manual', rewritten: isRewritten });
  if (isRewritten) context.todo(above, rule, said);
}

/**
 * What is known of the handlers of a package. legacy: at least one goes on believing its messages. rewritten: all fetch, by
 * this run. migrated: all fetch, since an earlier run, which left its decisions in the code.
 */
export type HandlerState = 'legacy' | 'rewritten' | 'migrated';
