import { ts } from 'ts-morph';
import { answerAmounts, answerMarkers } from '../../../src/catalog';
import { accessedName, isAccess } from '../../rewriting/access';
import type { FindingDraft, SourceUnit } from '../../codemod';
import { listedInText } from '../listed-in-text';

const PARTS = answerMarkers.join('|');

/** Ways in which a database is asked for a part of a stored answer, by the word behind each. */
const IN_DATABASE = [
  // `raw->'CaptureStatus'->>'State'`
  String.raw`->>?\s*'(${PARTS})'`,
  // `body #>> '{CaptureStatus,State}'`
  String.raw`#>>?\s*'\{(?:\w+,)*(${PARTS})\b`,
  // `JSON_EXTRACT(body, '$.CaptureStatus.State')`
  String.raw`['"]\$\.(?:\w+\.)*(${PARTS})\b`,
];
const STORED_PATH = new RegExp(IN_DATABASE.join('|'));

/** The part of a stored answer that a query asks for. */
export function storedPathIn(text: string): string | undefined {
  const [, ...groups] = STORED_PATH.exec(text) ?? [];
  return groups.find((group) => group !== undefined);
}

const AMOUNT_PATH = new RegExp(String.raw`^(?:[\w[\].]+\.)?(?:${answerAmounts.join('|')})\.(?:Amount|CurrencyCode)$`);
/** Requests that are written by hand have fields of such names: `set('CaptureAmount.Amount', …)`. */
const READS = /^(?:get|path|prop|property|result|at|map|pluck|sumBy|meanBy|sortBy|orderBy|groupBy|keyBy)$/;

/** `get(row, 'raw.CaptureAmount.Amount')`, `{ title: 'Captured', value: 'CaptureAmount.Amount' }` */
export function amountPathIn(node: ts.StringLiteralLike): string | undefined {
  const { parent, text } = node;
  if (!AMOUNT_PATH.test(text)) return undefined;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node ? text : undefined;
  if (!ts.isCallExpression(parent)) return undefined;
  const { expression } = parent;
  const called = isAccess(expression) ? accessedName(expression) : expression.getText();
  return READS.test(called ?? '') ? text : undefined;
}

/** Lists what a file of SQL takes out of stored answers: those that are stored from now on are objects of v2. */
export function reportStoredPaths({ path, text }: SourceUnit): FindingDraft[] {
  if (!/\.(?:sql|ddl)$/i.test(path)) return [];
  return [...text.matchAll(new RegExp(STORED_PATH.source, 'g'))].map((match): FindingDraft => {
    const name = match.slice(1).find((group) => group !== undefined) ?? '';
    const start = match.index + match[0].indexOf(name);
    return listedInText(
      path,
      { start, end: start + name.length },
      {
        rule: 'node-client/result-read',
        legacy: { name },
        replacement: null,
        message: `This query reads ${name} of stored answers of legacy Amazon Pay; what is stored from now on are objects of v2, which have none: read both.`,
      },
    );
  });
}
