import type { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';

/** Why a request is not rewritten: a place where it is not known what becomes of its answer. */
export interface Doubt {
  readonly reason: string;
}

/** How much of the code a sentence quotes. */
const QUOTED = 60;

/** Names the place by file and line. */
export function doubt(context: FileContext, node: ts.Node, why: string): Doubt {
  const text = context.text(node);
  const quoted = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  const line = context.file.unit.text.slice(0, context.rewriter.start(node)).split('\n').length;
  return { reason: `${quoted} ${why} (${context.file.unit.path}:${line})` };
}
