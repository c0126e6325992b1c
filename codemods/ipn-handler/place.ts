import type { ts } from 'ts-morph';
import type { FileContext, Place } from '../node-client/context';

/** Reports a place of a notification handler. */
export function reportHandler(context: FileContext, node: ts.Node, place: Omit<Place, 'surface'>): void {
  context.report(node, { ...place, surface: 'ipn' });
}

/**
 * What is known of the handlers of a package. legacy: at least one goes on believing its messages. rewritten: all fetch, by
 * this run. migrated: all fetch, since an earlier run, which left its decisions in the code.
 */
export type HandlerState = 'legacy' | 'rewritten' | 'migrated';
