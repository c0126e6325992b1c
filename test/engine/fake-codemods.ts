import type { Codemod, CodemodInput, CodemodResult, Edit, FindingDraft } from '../../codemods/codemod';
import type { Surface } from '../../src/catalog/types';
import type { CodemodEntry } from '../../src/engine/codemod-list';
import { runEngine, type EngineOptions, type EngineOutcome } from '../../src/engine/engine';

export const emptyResult: CodemodResult = { edits: [], newFiles: [], findings: [], failures: [] };

/** A finding of the rule that most tests do not care about. */
export function draft(changes: Partial<FindingDraft> & Pick<FindingDraft, 'path' | 'start' | 'end'>): FindingDraft {
  return {
    rule: 'node-client/operation-call',
    codemod: 'fake',
    surface: 'node-client',
    automation: 'automatic',
    confidence: 'high',
    legacy: { name: 'offAmazonPayments.capture', operation: 'Capture' },
    replacement: { name: 'captureCharge' },
    message: 'Capture becomes captureCharge.',
    rewritten: true,
    ...changes,
  };
}

export function entry(
  name: string,
  run: (input: CodemodInput) => Partial<CodemodResult>,
  options: { readonly reads?: CodemodEntry['reads']; readonly surfaces?: readonly Surface[] } = {},
): CodemodEntry {
  const { reads = 'found', surfaces = ['node-client'] } = options;
  const codemod: Codemod = { name, description: name, surfaces, run: (input) => ({ ...emptyResult, ...run(input) }) };
  return { name, surfaces, reads, load: () => Promise.resolve(codemod) };
}

/** Replaces every `from` by `to` in the scripts, with a finding each. */
export function replacing(name: string, from: string, to: string): CodemodEntry {
  return entry(name, ({ files }) => {
    const edits: Edit[] = [];
    const findings: FindingDraft[] = [];
    for (const { path, text } of files.filter((file) => /\.[cm]?[jt]s$/.test(file.path))) {
      for (let start = text.indexOf(from); start !== -1; start = text.indexOf(from, start + from.length)) {
        const end = start + from.length;
        edits.push({ path, start, end, text: to });
        findings.push(draft({ codemod: name, path, start, end }));
      }
    }
    return { edits, findings };
  });
}

export function run(
  root: string,
  codemods: readonly CodemodEntry[],
  options: Partial<EngineOptions> = {},
): Promise<EngineOutcome> {
  return runEngine({
    root,
    command: 'migrate',
    strategy: 'instead',
    only: [],
    skip: [],
    include: [],
    toolVersion: '1.2.3',
    codemods,
    ...options,
  });
}
