import type { FindingDraft } from '../codemod';
import type { FileNames, Span } from './names';

/** A place of legacy code, before it is told in the words of a report. */
export interface Place
  extends
    Pick<FindingDraft, 'rule' | 'legacy' | 'replacement' | 'message' | 'confidence'>,
    Partial<Pick<FindingDraft, 'guidance' | 'docs' | 'effortMinutes'>> {
  readonly file: FileNames;
  readonly node: Span;
}

export const toFinding = ({ file, node, ...place }: Place): FindingDraft => ({
  codemod: 'other-languages',
  surface: 'other-language',
  automation: 'manual',
  path: file.unit.path,
  start: node.start,
  end: node.end,
  rewritten: false,
  ...place,
});
