import { basename, dirname, extname } from 'node:path';
import type { Change } from '../engine/engine';

export interface Chooser {
  /** Shows what would change in one file. */
  show(change: Change): void;
  /** Asks, and answers with what was typed; null at the end of input. */
  ask(question: string): Promise<string | null>;
  /** Says something that is not a question. */
  tell(message: string): void;
}

/**
 * Asks about every file and answers with the paths that were declined. New files are not asked about when a changed file
 * loads them: they come along with it. Other new files of one folder are one question. Manifests come last, because whether
 * a dependency can go depends on the answers before.
 */
export async function chooseChanges(changes: readonly Change[], chooser: Chooser): Promise<string[]> {
  const edited = changes.filter((change) => !isHelper(change, changes));
  const groups = groupNewFiles(edited);
  const isManifestAlone = ([change]: Group): boolean => isManifest(change);
  const ordered = [...groups.filter((group) => !isManifestAlone(group)), ...groups.filter(isManifestAlone)];
  const accepted = new Set<Group>();
  let rest: 'ask' | 'accept' | 'refuse' | 'ended' = 'ask';
  for (const [index, group] of ordered.entries()) {
    // What was accepted before q needs its manifest.
    const isManifestOfAccepted = isManifestAlone(group) && isAboveOne(group, accepted);
    if (rest === 'ask' || (rest === 'refuse' && isManifestOfAccepted)) {
      for (const change of group) chooser.show(change);
      if (isManifestAlone(group) && accepted.size < index) {
        chooser.tell('You refused files: what they load must stay in this manifest.');
      }
      const answer = await askUntilUnderstood(describe(group), index + 1, ordered.length, chooser);
      if (answer === 'yes') accepted.add(group);
      if (answer === 'all') rest = 'accept';
      if (answer === 'quit') rest = 'refuse';
      if (answer === 'ended') rest = 'ended';
    }
    if (rest === 'accept') accepted.add(group);
  }
  return ordered.filter((group) => !accepted.has(group)).flatMap((group) => group.map(({ path }) => path));
}

/** What one answer decides about. */
type Group = readonly [Change, ...Change[]];

function groupNewFiles(changes: readonly Change[]): Group[] {
  const groups = new Map<string, Group>();
  for (const change of changes) {
    const key = change.before === null ? `${dirname(change.path)}/` : change.path;
    const group = groups.get(key);
    groups.set(key, group === undefined ? [change] : [...group, change]);
  }
  return [...groups.values()];
}

function describe([first, ...others]: Group): string {
  if (others.length === 0) return `Change ${first.path}?`;
  return `Write ${others.length + 1} new files in ${dirname(first.path)}/?`;
}

function isAboveOne([manifest]: Group, accepted: ReadonlySet<Group>): boolean {
  const folder = dirname(manifest.path);
  return [...accepted].some((group) => group.some(({ path }) => folder === '.' || path.startsWith(`${folder}/`)));
}

type Answer = 'yes' | 'no' | 'all' | 'quit' | 'ended';

const answers: Readonly<Record<string, Answer>> = { y: 'yes', n: 'no', a: 'all', q: 'quit' };

async function askUntilUnderstood(what: string, number: number, total: number, chooser: Chooser): Promise<Answer> {
  for (;;) {
    const typed = await chooser.ask(`(${number}/${total}) ${what} [y,n,a,q,?] `);
    // The end of input is not a yes.
    if (typed === null) return 'ended';
    const answer = answers[typed.trim().toLowerCase().slice(0, 1)];
    if (answer !== undefined) return answer;
    chooser.tell('y: this file   n: not this file   a: this and all that follow   q: neither this nor any that follow');
  }
}

function isManifest(change: Change): boolean {
  return basename(change.path) === 'package.json';
}

function isHelper(change: Change, changes: readonly Change[]): boolean {
  return change.before === null && isLoadedBy(change, changes);
}

function isLoadedBy(file: Change, loaders: readonly Change[]): boolean {
  const name = basename(file.path, extname(file.path));
  return loaders.some((loader) => loader !== file && loader.before !== null && loader.after.includes(name));
}
