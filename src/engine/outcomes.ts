import type { FindingDraft } from '../../codemods/codemod';
import { createPatch, type Change } from './create-patch';
import type { Project, ProjectFile } from './discover';
import { maskSecrets } from './mask-secrets';
import type { FileOutcome } from './run';

export interface OutcomeInput {
  readonly project: Project;
  readonly files: readonly ProjectFile[];
  readonly changes: readonly Change[];
  readonly failures: ReadonlyMap<string, string>;
  readonly drafts: readonly FindingDraft[];
}

/** A built file that holds legacy code: reported, never edited. */
export function bundleFindings(project: Project): FindingDraft[] {
  return project.skipped.flatMap(({ path, reason, marker }): FindingDraft[] =>
    marker === undefined
      ? []
      : [
          {
            rule: 'bundle/legacy-copy',
            codemod: 'bundles',
            surface: 'bundle',
            automation: 'manual',
            confidence: 'medium',
            path,
            start: 0,
            end: 0,
            legacy: { name: marker.text },
            replacement: null,
            message: `The file holds ${marker.text} (line ${marker.line}) and is ${reason}.`,
            rewritten: false,
          },
        ],
  );
}

function describeUnchanged({ unit, marker }: ProjectFile, drafts: readonly FindingDraft[]): string {
  const own = drafts.filter(({ path }) => path === unit.path);
  if (own.some(({ rewritten, automation }) => rewritten && automation === 'automatic'))
    return 'can be migrated: run migrate';
  if (own.length > 0) return 'listed: it needs work by hand';
  if (marker === undefined) return 'no match: read because it belongs to a file with legacy code';
  const migrated = /amazon-pay-api-sdk-nodejs|amazon-pay-v2/.test(unit.text) ? 'already migrated: ' : 'no match: ';
  return `${migrated}it holds ${marker.text} on line ${marker.line}, and no rule of this version applies`;
}

/** Says what happened to every file that was read closer. */
export function describeFiles({ project, files, changes, failures, drafts }: OutcomeInput): FileOutcome[] {
  const changed = new Map(changes.map((change) => [change.path, change]));
  const outcomes = new Map<string, FileOutcome>();
  const set = (outcome: FileOutcome): void => void outcomes.set(outcome.path, outcome);
  for (const { path, reason } of project.skipped) set({ path, language: 'other', status: 'skipped', reason });
  for (const file of files.filter(({ marker }) => marker !== undefined)) {
    const { path, language } = file.unit;
    set({ path, language, status: 'unchanged', reason: describeUnchanged(file, drafts) });
  }
  for (const [path, change] of changed) {
    const diff = maskSecrets(createPatch([change]).toString('utf8'));
    const language = files.find(({ unit }) => unit.path === path)?.unit.language ?? 'javascript';
    set({ path, language, status: 'changed', reason: change.before === null ? 'new file' : 'changed', diff });
  }
  for (const [path, error] of failures) {
    const language = files.find(({ unit }) => unit.path === path)?.unit.language ?? 'other';
    set({ path, language, status: 'failed', reason: 'could not be processed', error });
  }
  return [...outcomes.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
