import type { FindingDraft } from '../../codemods/codemod';
import { findCopies } from '../../codemods/other-languages/find-copies';
import { foreignLanguageOf } from '../catalog/languages';
import type { Discovery } from './discover';
import type { LoadedFile } from './loaded-file';

/** Copies of legacy SDKs of other languages in the merchant's tree: their code is Amazon's, so it is listed as a whole. */
export interface Vendored {
  readonly drafts: readonly FindingDraft[];
  /** The files at which they are listed. */
  readonly clients: readonly LoadedFile[];
  /** All their files, which no codemod is given. */
  readonly files: readonly { readonly path: string; readonly reason: string }[];
}

/** Finds copies of legacy SDKs among the files of a project. */
export function findVendored({ candidates, paths }: Pick<Discovery, 'candidates' | 'paths'>): Vendored {
  const foreign = candidates.filter(({ path }) => foreignLanguageOf(path) !== undefined);
  const copies = foreign.length === 0 ? [] : findCopies(foreign, paths);
  const drafts = copies.map(({ finding }) => finding);
  const clients = new Set(drafts.map(({ path }) => path));
  return {
    drafts,
    clients: candidates.filter(({ path }) => clients.has(path)),
    files: copies.flatMap(({ paths, finding }) =>
      paths.map((path) => ({ path, reason: `part of a copy of ${finding.legacy.name}, which is listed as a whole` })),
    ),
  };
}
