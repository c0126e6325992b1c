import type { ts } from 'ts-morph';
import { asRead } from '../node-client/answers/answer-read';
import { walk } from '../node-client/context';
import type { Project } from './project';

/**
 * Tells the reads of a file that are of answers of a legacy client: `client.capture(…)` of a package that makes requests by hand
 * as well. They have rules of their own.
 *
 * @returns asks for a node of the file as the merchant wrote it
 */
export function readsOfClient(project: Project, path: string): (read: ts.Node) => boolean {
  let ends: ReadonlySet<number> | undefined;
  return (read) => (ends ??= endsOfReads(project, path)).has(read.getEnd());
}

/** Most files read no answer at all, and are not looked through. */
function endsOfReads(project: Project, path: string): ReadonlySet<number> {
  const context = project.contexts.find(({ file }) => file.unit.path === path);
  const ends = new Set<number>();
  if (context !== undefined)
    walk(context.file.source, (node) => {
      if (asRead(context, node) !== undefined) ends.add(context.rewriter.end(node));
    });
  return ends;
}
