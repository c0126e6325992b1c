import { type Node, parseTree } from 'jsonc-parser';
import { elements } from '../../../src/catalog';
import type { FindingDraft, SourceUnit } from '../../codemod';
import { listedInText } from '../listed-in-text';

/** The details of an answer: v2 has one object in their place. */
const DETAILS = Object.keys(elements).filter((name) => !name.startsWith('Draft') && name.endsWith('Details'));
const ANY_DETAILS = new RegExp(`"(?:${DETAILS.join('|')})"\\s*:`);

/** What v2 has at the first level instead: `chargeId, statusDetails, captureAmount`. */
function fieldsInV2(element: string, names: readonly string[]): string {
  const to = names.flatMap((name) => elements[element]?.fields[name]?.to ?? []);
  return [...new Set(to.filter((path) => path !== '').map((path) => path.split('.')[0]))].join(', ');
}

/** The value is an object with an id and a status of legacy. */
function describes(element: string, value: Node | undefined): string[] | undefined {
  if (value?.type !== 'object') return undefined;
  const names = (value.children ?? []).map(({ children: [key] = [] }) => String(key?.value));
  const isId = (name: string): boolean => /^Amazon\w+Id$/.test(name);
  const isAnswer = names.some(isId) && names.some((name) => elements[element]?.fields[name]?.element !== undefined);
  return isAnswer ? names : undefined;
}

/**
 * Lists answers of legacy that a JSON file holds, most often for tests: what reads them where v2 answers reads nothing, and a
 * test that mocks the client with them passes or fails for no reason of the code.
 */
export function reportAnswerFiles({ path, text, language }: SourceUnit): FindingDraft[] {
  if (language !== 'json' || !ANY_DETAILS.test(text)) return [];
  const findings: FindingDraft[] = [];
  const seen = new Set<string>();
  const visit = (node: Node): void => {
    for (const child of node.children ?? []) visit(child);
    if (node.type !== 'property') return;
    const [key, value] = node.children ?? [];
    const element = String(key?.value);
    const names = DETAILS.includes(element) && !seen.has(element) ? describes(element, value) : undefined;
    if (key === undefined || names === undefined) return;
    seen.add(element);
    findings.push(
      listedInText(
        path,
        { start: key.offset, end: key.offset + key.length },
        {
          rule: 'node-client/stand-in',
          legacy: { name: element },
          replacement: { name: elements[element]?.v2Object ?? '' },
          message: `${element} is in the form of a legacy answer; rewritten code reads the v2 object: ${fieldsInV2(element, names)}. Record an answer of v2, and keep this one for code that stays.`,
        },
      ),
    );
  };
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root !== undefined) visit(root);
  return findings;
}
