import { clientEvidence } from '../../src/catalog';
import type { CodemodInput, FindingDraft } from '../codemod';
import { idParameters } from '../node-client/calls/kept-calls';
import { packageOf } from '../node-client/packages/place-helpers';

/** The emitted helper is loaded: an earlier run rewrote calls here. */
const HELPER = /amazon-pay-v2['"]/;

/**
 * Says at each request that stays whose id may be one of v2: other calls of the same package answer in v2, and where the id
 * comes from is not seen.
 */
export function sayUnseenIds(input: CodemodInput, findings: readonly FindingDraft[]): FindingDraft[] {
  const rewritten = findings.filter((finding) => finding.rule === 'raw-mws/request' && finding.rewritten);
  const directory = (path: string): string => packageOf(input, path).directory;
  const answering = new Set([
    ...rewritten.map(({ path }) => directory(path)),
    ...input.files
      .filter(({ text }) => clientEvidence.test(text) || HELPER.test(text))
      .map(({ path }) => directory(path)),
  ]);
  return findings.map((finding) => {
    const ids = idParameters(finding.legacy.operation ?? '');
    if (finding.rule !== 'raw-mws/request' || finding.rewritten || ids.length === 0) return finding;
    if (!answering.has(directory(finding.path))) return finding;
    const sentence = `Other calls of this package answer in v2, and of their ids MWS knows none: make this request only for objects whose ${ids.join(' or ')} legacy gave.`;
    return { ...finding, message: `${finding.message} ${sentence}` };
  });
}
