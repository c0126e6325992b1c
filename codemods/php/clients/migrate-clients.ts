import type { Edit, FindingDraft } from '../../codemod';
import type { Rewritten } from '../describe-calls';
import { keepApart, overlaps } from '../keep-apart';
import type { PhpFile, Project } from '../project';
import { rewriteFile } from '../rewrite-file';
import { literalOf, type PhpNode } from '../tree';
import { Notes, type ClientFile } from './client-file';
import { clientNames } from './client-names';
import { describeKept, describeMigrated, describeNames, typeNamesOf } from './describe-clients';
import { groupClients, type ClientGroup } from './group-clients';
import { rewriteClients } from './rewrite-clients';
import { rewriteImports } from './rewrite-imports';
import { lookAtGlobals } from './look-at-globals';
import { lookWhereClientsComeFrom } from './where-clients-come-from';
import { lookWhereClientsGo } from './where-clients-go';

/** The calls of all files, and what becomes of the clients that they are made on. */
export interface MigratedClients {
  readonly files: readonly Rewritten[];
  readonly edits: readonly Edit[];
  readonly findings: readonly FindingDraft[];
  /** Files that change together. */
  readonly together: readonly (readonly string[])[];
  /** Imports that are taken out. */
  readonly removed: ReadonlySet<PhpNode>;
}

/**
 * Makes clients those of v2 where all that uses them is rewritten; the others stay beside the v2 client of each call.
 *
 * @param found the calls, rewritten as those of a client that stays
 * @param against what is against it in every file
 */
export function migrateClients(
  project: Project,
  found: readonly Rewritten[],
  against: readonly string[],
): MigratedClients {
  const groups = groupClients(
    found.flatMap((one) => lookAtFile(project, one, found) ?? []),
    against,
  );
  const isMigrated = ({ blockers, constructions }: ClientGroup): boolean =>
    blockers.length === 0 && [...constructions.values()].some(({ length }) => length > 0);
  const migrated = groups.filter(isMigrated);
  const inV2 = new Set(migrated.flatMap(({ files }) => files.map(({ file }) => file)));
  const files = keepApart(
    found.map((one) => (inV2.has(one.file) ? { file: one.file, outcomes: rewriteFile(project, one.file, true) } : one)),
  );
  const edits: Edit[] = [];
  const findings = groups.flatMap((group) => (isMigrated(group) ? describeMigrated(group) : describeKept(group)));
  const removed = new Set<PhpNode>();
  for (const { file } of files) {
    const group = migrated.find((one) => one.files.some((member) => member.file === file));
    const member = group?.files.find((one) => one.file === file);
    const calls = editsIn(files, file);
    const own = member === undefined ? [] : rewriteClients(member, group?.constructions.get(member) ?? []);
    const clients = own.filter((edit) => !calls.some((call) => overlaps(call, edit)));
    if (calls.length + clients.length === 0) continue;
    const imports = rewriteImports(file, [...calls, ...clients], member !== undefined);
    edits.push(...clients, ...imports.edits);
    findings.push(...describeNames(file, member === undefined ? [] : typeNamesOf(member), imports));
    for (const one of imports.removed) removed.add(one);
  }
  const together = migrated.map((group) => group.files.map(({ file }) => file.source.path));
  return { files, edits, findings, together, removed };
}

const editsIn = (files: readonly Rewritten[], { source }: PhpFile): readonly Edit[] =>
  files.flatMap(({ outcomes }) =>
    outcomes.flatMap((one) => (one.isRewritten ? one.edits.filter(({ path }) => path === source.path) : [])),
  );

/** What a file does with clients; undefined where it has none. */
function lookAtFile(
  project: Project,
  { file, outcomes }: Rewritten,
  all: readonly Rewritten[],
): ClientFile | undefined {
  const names = clientNames(file);
  const calls = new Set(outcomes.flatMap((one) => (one.isRewritten ? [one.call] : [])));
  const edits = editsIn(all, file);
  const notes = new Notes(file);
  for (const { node, kind } of names) if (kind === 'other') notes.block(node, 'names its class for something else');
  const isRewritten = (node: PhpNode): boolean =>
    calls.has(node) || edits.some(({ start, end }) => start === node.start && end === node.end);
  lookWhereClientsGo(project, notes, isRewritten);
  lookWhereClientsComeFrom(project, notes);
  lookAtGlobals(project, notes);
  lookAround(
    notes,
    edits,
    names.flatMap(({ node, kind }) => (kind === 'made' ? [node] : [])),
  );
  const { blockers, links, currencies } = notes;
  const isConcerned = names.length > 0 || links.size > 0 || blockers.length > 0 || calls.size > 0;
  return isConcerned ? { file, names, blockers, links, currencies } : undefined;
}

/** What the code around clients says of them. */
function lookAround(notes: Notes, edits: readonly Edit[], made: readonly PhpNode[]): void {
  const { source, types } = notes.file;
  if (!types.names.isOne) notes.block(source.root, 'has more than one namespace');
  const text = source
    .all('string', 'encapsed_string', 'heredoc', 'nowdoc')
    .find((node) => NAMED.test(source.textOf(node)));
  if (text !== undefined) notes.block(text, 'names its class in a text');
  const isInside = (node: PhpNode): boolean => edits.some(({ start, end }) => start <= node.start && node.end <= end);
  for (const node of [...made, ...notes.currencies]) {
    const key = node.parent?.kind === 'array_element_initializer' ? literalOf(source, node.parent.parts[0]) : undefined;
    if (isInside(node) && key?.toLowerCase() !== 'currency_code')
      notes.block(node, 'is used within a call that changes');
  }
}

/** The class of the legacy client by its name: in a text, or in the settings of what makes objects. */
export const NAMED = /\b(?:AmazonPay|PayWithAmazon)\\{1,4}Client\b/;
