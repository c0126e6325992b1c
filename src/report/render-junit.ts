import type { FileOutcome } from '../engine/run';
import { isInTheWay } from './cutover/judge-cutover';
import type { Step } from './cutover/step';
import { titleOf } from './find-rule';
import { formatCount } from './format-figures';
import { listPlaces, type Place } from './list-places';
import { showControlCharacters, toOneLine, toWellFormed } from './plain-text';
import type { Report } from './report';

const CUTOVER = 'cutover';

/** One test: a place, or a file that could not be processed. */
interface TestCase {
  readonly file: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failure' | 'skipped' | 'error';
  readonly kind: string;
  readonly message: string;
  readonly details: string;
}

/**
 * The run as tests of JUnit, a suite for each file. An open place fails, a migrated or fixed one passes. Under a baseline
 * only new places fail, and remaining ones are skipped: a build must not break on what was known. A file that could not be
 * processed is an error. It keeps to the strict schema that Ant goes by, which all other readers understand.
 */
export function renderJunit(report: Report): string {
  const { run } = report;
  const cases = [
    ...listPlaces(report).map(describePlace),
    ...run.files.filter(({ status }) => status === 'failed').map(describeFailure),
    ...(report.cutover?.steps.map(describeStep) ?? []),
  ];
  const suites = new Map<string, TestCase[]>();
  for (const each of cases) {
    const suite = suites.get(each.file);
    if (suite === undefined) suites.set(each.file, [each]);
    else suite.push(each);
  }
  if (suites.size === 0) suites.set(run.root, [nothingFound(report)]);
  // Seconds, without fraction or zone: the pattern of the schema.
  const startedAt = run.startedAt.slice(0, 19);
  const rendered = [...suites].map(([file, tests], index) =>
    renderSuite(file, tests, { id: index, startedAt, output: file === CUTOVER ? reservationsOf(report) : '' }),
  );
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...rendered, '</testsuites>', ''].join('\n');
}

const outcomes = {
  open: 'failure',
  new: 'failure',
  remaining: 'skipped',
  migrated: 'passed',
  fixed: 'passed',
} as const satisfies Record<Place['standing'], TestCase['outcome']>;

function describePlace({ finding, standing }: Place): TestCase {
  const { file, range, rule, automation, message, guidance, docs, before } = finding;
  return {
    file,
    // The fingerprint keeps tests apart and lets a server follow one of them while its line moves.
    name: `${rule}: ${toOneLine(message, 200)} [${finding.fingerprint}]`,
    outcome: outcomes[standing],
    kind: `${automation} ${rule}`,
    message: `${file}:${range.start.line}: ${toOneLine(message)}`,
    details: [`${file}:${range.start.line}:${range.start.column}  ${titleOf(rule)}`, before, guidance, docs].join(
      '\n\n',
    ),
  };
}

function describeFailure({ path, reason, error }: FileOutcome): TestCase {
  const message = toOneLine(error ?? reason);
  return { file: path, name: 'is processed', outcome: 'error', kind: 'file', message, details: error ?? reason };
}

/** What the switch waits for fails; what can wait until afterwards is skipped. */
function describeStep(step: Step): TestCase {
  const { id, name, found, wanted, advice, isMet, part } = step;
  const outcome = isMet ? 'passed' : isInTheWay(step) ? 'failure' : 'skipped';
  const message = `${name}: ${found}, wanted: ${wanted}`;
  return {
    file: CUTOVER,
    name: `${name} [${id}]`,
    outcome,
    kind: part,
    message: toOneLine(message),
    details: advice,
  };
}

/** An empty report is an error to many servers. */
function nothingFound({ run }: Report): TestCase {
  const name = `no legacy Amazon Pay in ${formatCount(run.summary.files.scanned, 'file')}`;
  return { file: run.root, name, outcome: 'passed', kind: '', message: '', details: '' };
}

/** A test either passes or fails: what is known beside that stands in the output of the suite. */
const reservationsOf = ({ cutover }: Report): string => cutover?.reservations.join('\n') ?? '';

interface Suite {
  readonly id: number;
  readonly startedAt: string;
  readonly output: string;
}

function renderSuite(file: string, tests: readonly TestCase[], { id, startedAt, output }: Suite): string {
  const count = (outcome: TestCase['outcome']): number => tests.filter((test) => test.outcome === outcome).length;
  const counts =
    `tests="${tests.length}" failures="${count('failure')}" errors="${count('error')}" ` +
    `skipped="${count('skipped')}" time="0"`;
  return [
    `  <testsuite id="${id}" package="amazon-pay-migrate" name="${toXml(file)}" hostname="localhost" timestamp="${startedAt}" ${counts}>`,
    '    <properties/>',
    ...tests.map(renderCase),
    output === '' ? '    <system-out/>' : `    <system-out>${toXml(output)}</system-out>`,
    '    <system-err/>',
    '  </testsuite>',
  ].join('\n');
}

function renderCase({ file, name, outcome, kind, message, details }: TestCase): string {
  const start = `    <testcase classname="${toXml(file)}" name="${toXml(name)}" time="0"`;
  if (outcome === 'passed') return `${start}/>`;
  if (outcome === 'skipped') return `${start}><skipped/></testcase>`;
  return `${start}><${outcome} type="${toXml(kind)}" message="${toXml(message)}">${toXml(details)}</${outcome}></testcase>`;
}

/** Text for an attribute or an element. What XML cannot hold at all, even escaped, is shown as a replacement character. */
function toXml(text: string): string {
  return toWellFormed(showControlCharacters(text))
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"'\t\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
