import type { CodemodInput, FindingDraft } from '../../codemods/codemod';
import type { Selection } from './codemod-list';
import { findSyntaxErrors } from './check-syntax';
import { rewrite, type Rewritten } from './rewrite';

export interface Verified {
  /** Files whose change was refused, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
  /** What the rules still find in the rewritten texts. */
  readonly remaining: readonly FindingDraft[];
}

/** Proves a rewrite: it parses, the rules run again on it, and a second run changes nothing. */
export async function verify(rewritten: Rewritten, input: CodemodInput, selection: Selection): Promise<Verified> {
  const refused = new Map<string, string>();
  const touched = new Set([...rewritten.edits.keys(), ...rewritten.newFiles.map(({ path }) => path)]);
  const changed = rewritten.units.filter(({ path }) => touched.has(path));
  for (const { path, error } of await findSyntaxErrors(changed))
    refused.set(path, `the rewritten text does not parse: ${error}`);
  const again = await rewrite({ ...input, files: rewritten.units }, selection, true);
  for (const path of again.edits.keys()) {
    if (!refused.has(path)) refused.set(path, 'a second run would change the file again, so the first is not trusted');
  }
  return { refused, remaining: again.findings };
}
