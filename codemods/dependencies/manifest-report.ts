import type { FindingDraft } from '../codemod';
import type { Usage } from './compute-usage';
import { SDK_PACKAGE } from './known-packages';
import type { DependencyEntry, Manifest } from './read-manifest';

/** One package.json, what its sources use, and where its findings go. */
export interface ManifestReport {
  readonly manifest: Manifest;
  readonly usage: Usage;
  readonly findings: FindingDraft[];
  /** What to run once package.json has changed. */
  readonly install: string;
  readonly hasNoSdkAbove: boolean;
}

type Place = Pick<
  FindingDraft,
  'rule' | 'automation' | 'confidence' | 'legacy' | 'replacement' | 'message' | 'rewritten'
> &
  Partial<Pick<FindingDraft, 'guidance'>>;

/** Adds a finding about a place in this package.json. */
export const addFinding = (
  { manifest, findings }: ManifestReport,
  range: { readonly start: number; readonly end: number },
  place: Place,
): void => {
  findings.push({
    codemod: 'dependencies',
    surface: 'dependency',
    path: manifest.path,
    start: range.start,
    end: range.end,
    ...place,
  });
};

/** The whole entry for a plain range; only the name where the specifier may hold an address with a token. */
export const rangeOf = ({ start, end, nameEnd, specifier }: DependencyEntry): { start: number; end: number } => ({
  start,
  end: /[:/@]/.test(specifier) ? nameEnd : end,
});

const SHOWN_FILES = 3;

/** The first few of the files that matter. */
export const listFiles = (files: readonly string[]): string =>
  files.length <= SHOWN_FILES
    ? files.join(', ')
    : `${files.slice(0, SHOWN_FILES).join(', ')} and ${files.length - SHOWN_FILES} more`;

export const REPLACEMENT = { name: SDK_PACKAGE } as const;
