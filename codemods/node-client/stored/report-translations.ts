import { type Node, parseTree } from 'jsonc-parser';
import type { FindingDraft, SourceUnit } from '../../codemod';
import { listedInText } from '../listed-in-text';
import { areLegacyStates, inV2, legacyReasonsAmong } from '../values/state-words';

const SETTINGS = /(?:^|\/)(?:package|tsconfig|jsconfig|composer)[^/]*\.json$/;

/**
 * Lists the states and reasons of legacy Amazon Pay among the keys of a JSON file, most often one of translations: those of v2
 * have no text there, and the page shows the key or nothing.
 */
export function reportTranslations({ path, text, language }: SourceUnit): FindingDraft[] {
  if (language !== 'json' || SETTINGS.test(path)) return [];
  const findings: FindingDraft[] = [];
  const visit = (node: Node, parents: readonly string[]): void => {
    if (node.type === 'array') for (const child of node.children ?? []) visit(child, parents);
    if (node.type !== 'object') return;
    const members = (node.children ?? []).map(({ children: [key, value] = [] }) => ({
      key: String(key?.value),
      value,
    }));
    const keys = members.map(({ key }) => key);
    const where = [path, ...parents].join(' ');
    const reasons = legacyReasonsAmong(keys, where);
    if (areLegacyStates(keys, where)) findings.push(findingAt(path, node, 'state', keys));
    else if (reasons.length > 0) findings.push(findingAt(path, node, 'reason', reasons));
    for (const { key, value } of members) if (value !== undefined) visit(value, [...parents, key]);
  };
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root !== undefined) visit(root, []);
  return findings;
}

const FIELDS = { state: 'statusDetails.state', reason: 'statusDetails.reasonCode' } as const;

const findingAt = (
  path: string,
  { offset, length }: Node,
  kind: 'state' | 'reason',
  keys: readonly string[],
): FindingDraft =>
  listedInText(
    path,
    { start: offset, end: offset + length },
    {
      rule: 'node-client/state-comparison',
      legacy: { name: keys.join(', ') },
      replacement: { name: FIELDS[kind] },
      message: `The keys are ${kind}s of legacy Amazon Pay; objects of v2 have others (${inV2(keys)}): add them, and keep those of legacy for what is stored.`,
    },
  );
