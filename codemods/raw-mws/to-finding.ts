import type { ts } from 'ts-morph';
import type { FindingDraft, SourceUnit } from '../codemod';
import type { Place } from './describe-use';

/** A place of a hand-made request in a script, to be done by hand unless its rule says otherwise. */
export const toFinding = (unit: SourceUnit, source: ts.SourceFile, node: ts.Node, place: Place): FindingDraft => ({
  codemod: 'raw-mws',
  surface: 'raw-mws',
  automation: 'manual',
  confidence: 'high',
  path: unit.path,
  start: node.getStart(source),
  end: node.getEnd(),
  rewritten: false,
  ...place,
});
