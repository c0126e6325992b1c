import type { Codemod, CodemodInput, CodemodResult, FindingDraft } from '../codemod';
import { rules } from '../../src/catalog';

const MARK = /TODO\(amazon-pay-v2\) ([\w-]+\/[\w-]+): ([^\n]*?)\s*(?:\*\/|$)/gm;

/**
 * Lists the decisions that an earlier run left in the code as `TODO(amazon-pay-v2)`. Without it an audit after migrating
 * would call a place done that somebody still has to look at.
 */
function run(input: CodemodInput): CodemodResult {
  const findings = input.files.flatMap(({ path, text }): FindingDraft[] =>
    [...text.matchAll(MARK)].map((match) => {
      const [whole, rule = '', decision = ''] = match;
      return {
        rule,
        codemod: 'decisions',
        surface: rules[rule]?.surface ?? 'node-client',
        automation: 'assisted',
        confidence: 'high',
        path,
        start: match.index,
        end: match.index + whole.length,
        legacy: { name: 'TODO(amazon-pay-v2)' },
        replacement: null,
        message: `To decide: ${decision}`,
        guidance: `${decision} Delete the comment when it is settled.`,
        rewritten: false,
      };
    }),
  );
  return { edits: [], newFiles: [], findings, failures: [] };
}

export const codemod: Codemod = {
  name: 'decisions',
  description: 'Decisions that an earlier run left in the code are listed until their comment is gone.',
  surfaces: ['node-client'],
  run,
};
