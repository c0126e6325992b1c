import { Refusal } from '../refusal';
import { placeOf } from '../tree';
import type { ClientFile } from './client-file';
import { rewriteConstruction, type Construction } from './rewrite-construction';

/** Files among which legacy clients go from hand to hand, and why they stay what they are; nothing where they do not. */
export interface ClientGroup {
  readonly files: readonly ClientFile[];
  readonly constructions: ReadonlyMap<ClientFile, readonly Construction[]>;
  readonly blockers: readonly string[];
}

/** Puts files together that a client may go through, and makes each construction of a v2 client where nothing is against it. */
export function groupClients(files: readonly ClientFile[], against: readonly string[]): readonly ClientGroup[] {
  const byPath = new Map(files.map((one) => [one.file.source.path, one]));
  const left = new Set(files);
  const groups: ClientGroup[] = [];
  for (const first of files) {
    if (!left.has(first)) continue;
    const members = new Set([first]);
    for (const member of members) {
      left.delete(member);
      for (const path of member.links) {
        const other = byPath.get(path);
        if (other !== undefined) members.add(other);
      }
      for (const other of left) if (other.links.has(member.file.source.path)) members.add(other);
    }
    groups.push(judge([...members], against));
  }
  return groups;
}

function judge(files: readonly ClientFile[], against: readonly string[]): ClientGroup {
  const blockers = [...against, ...files.flatMap((one) => one.blockers)];
  const constructions = new Map<ClientFile, readonly Construction[]>();
  for (const one of files) {
    const made = one.names.filter(({ kind }) => kind === 'made');
    constructions.set(
      one,
      made.flatMap(({ node }) => {
        try {
          return rewriteConstruction(one.file, node);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          blockers.push(`${placeOf(one.file.source, node)} ${error.message}`);
          return [];
        }
      }),
    );
  }
  return { files, constructions, blockers };
}
