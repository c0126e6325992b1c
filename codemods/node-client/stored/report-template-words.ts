import {
  answerRead,
  DISTINCTIVE_ERROR,
  elements,
  errorCodes,
  legacyReasonWords,
  legacyStateWords,
  operations,
} from '../../../src/catalog';
import type { FindingDraft, SourceUnit } from '../../codemod';
import type { FileContext } from '../context';
import { listedInText } from '../listed-in-text';
import { templatesRenderedBy } from './rendered-templates';
import { areOfOthers, inV2, nameLegacyAmazon, nameOfPayments } from '../values/state-words';
import { findTemplateStatements, type TemplateStatement } from './template-statements';

const TEMPLATE = /\.(?:pug|jade|ejs|eta|hbs|handlebars|mustache|njk|nunjucks|liquid|html?|vue)$/i;

/** Reasons of declined payments that nobody but Amazon gives. */
const DECLINES: ReadonlySet<string> = new Set(['InvalidPaymentMethod', 'AmazonRejected']);
const OPERATION = /OrderReference|BillingAgreement/;

const TESTS =
  /[!=]==?|[([|,]\s*(?:eq|ne|neq|is|isnt|equals?|not_?eq|compare|contains|includes|if_?eq\w*)\b|\{\{#(?:is|isnt|eq|ne|equals?|compare|if_?eq\w*|ifCond|unless_?eq\w*)\b|\.(?:includes|indexOf|has)\(|\b(?:not\s+)?in\s*[[(]|\bcontains\b/i;
const WORD = /(['"`])([A-Z]\w+)\1/g;
/** `{ Open: 'green', Declined: 'red' }[payment.state]` */
const KEY = /[{,]\s*([A-Z]\w+)\s*:/g;
const SUBJECT = /(?<![\w$@.])[\w$@.?[\]]*?(?:state|status|reason(?:_?code)?)\b(?!\s*[(:])/i;

/** What a statement is about, and the words it knows. */
interface Tested {
  readonly subject: string;
  readonly words: readonly string[];
}

function testedIn({ text, chosenBy }: TemplateStatement): Tested | undefined {
  const quoted = [...text.matchAll(WORD)].map(([, , word = '']) => word);
  const keys = /\}\s*\)?\s*\[/.test(text) ? [...text.matchAll(KEY)].map(([, word = '']) => word) : [];
  const isTest = chosenBy !== undefined || keys.length > 0 || TESTS.test(text);
  const words = [...new Set([...quoted, ...keys])];
  return isTest && words.length > 0 ? { subject: chosenBy ?? SUBJECT.exec(text)?.[0] ?? '', words } : undefined;
}

/** Words of legacy Amazon Pay alone, whatever they are compared with. */
function distinctiveAmong(words: readonly string[]): string[] {
  return words.filter(
    (word) =>
      DECLINES.has(word) ||
      (OPERATION.test(word) && Object.hasOwn(operations, word)) ||
      (DISTINCTIVE_ERROR.test(word) && errorCodes[word]?.v2.includes(word) === false) ||
      (word.length > 'AmazonClosed'.length && legacyReasonWords.get(word)?.has(word) === false),
  );
}

/** Who is known to fill the template with what. */
type Filled = 'by legacy' | 'beside legacy' | undefined;

function statesAmong({ subject, words }: Tested, where: string, filled: Filled): readonly string[] {
  const states = words.filter((word) => legacyStateWords.has(word) || legacyReasonWords.has(word));
  if (!/state|status|reason/i.test(subject) || areOfOthers(where)) return [];
  if (filled === 'by legacy' || nameLegacyAmazon(where)) return states;
  if (filled === 'beside legacy' && nameOfPayments(subject)) return states;
  // An authorization is the one thing that is open or declined.
  const isAuthorization = /authori[sz]ation/i.test(subject) && /^(?:Open|Declined|Suspended)$/.test(words[0] ?? '');
  return isAuthorization ? states : [];
}

const said = (words: readonly string[]): string =>
  words
    .map((word) => {
      const now =
        inV2([word]) || (errorCodes[word] === undefined ? '' : `${word} → ${errorCodes[word].v2.join(' or ')}`);
      return now !== '' ? now : OPERATION.test(word) ? `${word} is called no more` : `${word} stays`;
    })
    .join(', ');

function findingAt(path: string, { text, start }: TemplateStatement, words: readonly string[]): FindingDraft {
  const at = start + text.search(/\S/);
  return listedInText(
    path,
    { start: at, end: start + text.trimEnd().length },
    {
      rule: 'node-client/state-comparison',
      legacy: { name: words.join(', ') },
      replacement: { name: 'statusDetails' },
      message: `This template tests for ${words.join(', ')} of legacy Amazon Pay; what the page is given by rewritten calls has words of v2 (${said(words)}), and what was stored before those of legacy: test for both.${words.some((word) => word === 'Declined' || DECLINES.has(word)) ? ' A new charge that is declined is an error in v2, so that this page may never see it.' : ''}`,
    },
  );
}

/** `details.Buyer`, `details?.Destination`: of templates of anything else they would say nothing. */
const MEMBER = /(?<=[\w\])]\??\.)[A-Z]\w+\b/g;
const FIELDS: ReadonlySet<string> = new Set(Object.values(elements).flatMap(({ fields }) => Object.keys(fields)));

/** Where a statement reads an answer, and what of it. */
function readIn(
  text: string,
  filled: Filled,
): { readonly at: number; readonly length: number; readonly names: string[] } | null {
  const found = answerRead.exec(text);
  if (found !== null) return { at: found.index, length: found[0].length, names: /^\w+/.exec(found[0]) ?? [] };
  const members = filled === 'by legacy' ? [...text.matchAll(MEMBER)].filter(([name]) => FIELDS.has(name)) : [];
  const [first] = members;
  return first === undefined
    ? null
    : { at: first.index, length: first[0].length, names: [...new Set(members.map(([name]) => name))] };
}

/** `{{refund.RefundAmount.Amount}}`: what the page is given has no such field any more, and it shows nothing. */
function readAt(path: string, { text, start }: TemplateStatement, filled: Filled): FindingDraft[] {
  const found = readIn(text, filled);
  if (found === null) return [];
  const name = found.names.join(', ');
  return [
    listedInText(
      path,
      { start: start + found.at, end: start + found.at + found.length },
      {
        rule: 'node-client/result-read',
        legacy: { name },
        replacement: null,
        message: `This template shows ${name} of a legacy answer; what the page is given by rewritten calls has no such field, and shows nothing.`,
      },
    ),
  ];
}

/** The files that load one of these: a route that shows what a module of payments answers. */
function loadersOf(contexts: readonly FileContext[], paths: ReadonlySet<string>): FileContext[] {
  const names = [...paths].map((path) => path.replace(/(?:\/index)?\.\w+$/, '').replace(/^.*\//, ''));
  const loads = new RegExp(
    `(?:\\bfrom|\\bimport|\\brequire|\\()\\s*\\(?\\s*['"][./~@][^'"\\n]*\\b(?:${names.join('|')})(?:\\.\\w+)?['"]`,
  );
  return names.length === 0 ? [] : contexts.filter(({ file }) => loads.test(file.unit.text));
}

/**
 * Lists tests for words of legacy in templates: nothing but the name of a template connects it with the code that fills it, so
 * a page goes on waiting for `Open` when every payment is `Authorized`.
 *
 * @param templates those of packages whose calls answer in v2 from now on
 * @param answering the files of these calls
 */
export function reportTemplateWords(
  templates: readonly SourceUnit[],
  contexts: readonly FileContext[],
  answering: readonly FileContext[],
): FindingDraft[] {
  const own = templates.filter(({ path }) => TEMPLATE.test(path));
  if (own.length === 0) return [];
  const byLegacy = templatesRenderedBy(answering, own);
  const paths = new Set(answering.map(({ file }) => file.unit.path));
  const besideLegacy = templatesRenderedBy(loadersOf(contexts, paths), own);
  return own.flatMap((unit) => {
    const { path, text } = unit;
    const filled = byLegacy.has(path) ? 'by legacy' : besideLegacy.has(path) ? 'beside legacy' : undefined;
    return findTemplateStatements(path, text).flatMap((statement) => {
      const read = readAt(path, statement, filled);
      const tested = testedIn(statement);
      if (tested === undefined) return read;
      const where = `${tested.subject} ${statement.text}`;
      const words = [...new Set([...distinctiveAmong(tested.words), ...statesAmong(tested, where, filled)])];
      return words.length === 0 ? read : [findingAt(path, statement, words)];
    });
  });
}
