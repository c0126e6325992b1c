import type { ts } from 'ts-morph';
import { operations, reportOperations } from '../../src/catalog';
import type { Codemod, CodemodInput, CodemodResult, FindingDraft, SourceUnit } from '../codemod';
import { parseScript } from '../typed-program/parse-script';
import { isOwnScript } from './own-script';
import { describeUse, type Place } from './describe-use';
import { blankComments, namesPaymentReport, namesReportRequest, speaksMws, speaksReports } from './evidence';
import { analyseClients } from '../node-client/analyse-clients';
import { Project } from './project';
import { RequestFinder } from './find-request-calls';
import { type ExecutorCall, ExecutorCalls } from './executor-calls';
import { findExecutors } from './find-executors';
import { findActions, findRequestCalls, type Vocabulary } from './find-requests';
import { findResponseReads } from './find-response-reads';
import { findSigning } from './find-signing';
import { readsOfClient } from './reads-of-client';
import { readExecutor } from './read-executor';
import type { RequestCall, Stays } from './request-call';
import { rewriteRequests } from './rewrite-requests';
import { settleListed } from './settle-listed';
import { listAddresses } from './list-addresses';
import { sayUnseenIds } from './say-unseen-ids';
import { toFinding } from './to-finding';

/** An answer can be read in another file than the one that asks; it must at least name an element of Amazon Pay. */
const READS =
  /Amazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id|(?:Authorize|Capture|Refund|OrderReference\w*|BillingAgreement\w*|Details)(?:Response|Result)\b/;

/** Where requests are sent through a function, any other file may name an operation, or take an answer apart. */
const MENTIONS = new RegExp(
  `Action\\b|Amazon\\w+Id|(?:Authorization|Capture|Refund|OrderReference|BillingAgreement)Status|${Object.keys(operations).join('|')}`,
);

/** What requests are looked for: those of MWS Reports only where the project names a report of Amazon Pay. */
const vocabularyOf = (files: readonly SourceUnit[]): Vocabulary =>
  files.some(({ text }) => namesPaymentReport(text)) ? { ...operations, ...reportOperations } : operations;

function listFile(
  unit: SourceUnit,
  source: ts.SourceFile,
  executors: ExecutorCalls,
  speaks: boolean,
  names: Vocabulary,
  isOfClient: (read: ts.Node) => boolean,
): FindingDraft[] {
  const findings: FindingDraft[] = [];
  const add = (node: ts.Node, place: Place): void => {
    findings.push(toFinding(unit, source, node, place));
  };
  const own = speaks ? findExecutors(unit.path, source) : [];
  for (const { node, name } of own) {
    const message = `${name} sends any MWS operation; delete it once each of its calls is a v2 call.`;
    add(node, { rule: 'raw-mws/executor', legacy: { name }, replacement: null, message });
  }
  const calls = executors.in(unit.path, source, speaks);
  for (const use of findActions(source, speaks, calls, names)) {
    const isParameter =
      use.operation === undefined &&
      !calls.some(({ node }) => node === use.node) &&
      own.some(({ node }) => contains(node, use.node));
    if (!isParameter) add(use.node, describeUse(use, source));
  }
  for (const { node, name, replacement } of findResponseReads(source)) {
    if (isOfClient(node)) continue;
    const message =
      replacement === null
        ? `${name} is read from an MWS answer.`
        : `${name} is read from an MWS answer; in v2 it is ${replacement}.`;
    add(node, {
      rule: 'raw-mws/response-read',
      legacy: { name },
      replacement: replacement === null ? null : { name: replacement },
      message,
    });
  }
  for (const node of speaks ? findSigning(source) : []) {
    add(node, {
      rule: 'raw-mws/signing',
      legacy: { name: 'signature version 2' },
      replacement: { name: 'WebStoreClient' },
      message: 'An MWS request is signed here; the v2 SDK signs by itself.',
    });
  }
  return findings;
}

const contains = (outer: ts.Node, inner: ts.Node): boolean => outer.pos <= inner.pos && inner.end <= outer.end;

const NOTHING: CodemodResult = { edits: [], newFiles: [], findings: [], failures: [] };

const parse = ({ path, text }: SourceUnit): ts.SourceFile => parseScript(path, text);

/** Calls by operation and parameters, where what sends them is in a package. Those of a legacy client have their own rules. */
function listCalls(scripts: readonly { readonly unit: SourceUnit }[], names: Vocabulary): FindingDraft[] {
  return scripts
    .filter(({ unit }) => !/offAmazonPayments|callMwsMethod/.test(unit.text))
    .flatMap(({ unit }) => {
      const source = parse(unit);
      return findRequestCalls(source, names).map((use) => toFinding(unit, source, use.node, describeUse(use, source)));
    });
}

function listAndRewrite(input: CodemodInput): CodemodResult {
  const names = vocabularyOf(input.files);
  const ofReports = names !== operations;
  const scripts = input.files
    .filter(({ path }) => isOwnScript(path))
    .map((unit) => ({ unit, code: blankComments(unit.text) }))
    .map(({ unit, code }) => {
      const speaks = speaksMws(code) || (ofReports && speaksReports(code));
      return { unit, speaks, reads: READS.test(code) || (ofReports && namesReportRequest(code)) };
    });
  if (!scripts.some(({ speaks }) => speaks))
    return {
      ...NOTHING,
      findings: sayUnseenIds(
        input,
        listCalls(
          scripts.filter(({ reads }) => reads),
          names,
        ),
      ),
    };
  const found = scripts.filter(({ speaks }) => speaks).flatMap(({ unit }) => findExecutors(unit.path, parse(unit)));
  const project = new Project(analyseClients(input), input);
  const executors = new ExecutorCalls(project, found);
  const parsed = scripts
    .filter(
      ({ unit, speaks, reads }) =>
        speaks || reads || (found.length > 0 && (MENTIONS.test(unit.text) || executors.mentioned(unit.text))),
    )
    .map((script) => ({ ...script, source: parse(script.unit) }));
  const listed = parsed.flatMap(({ unit, source, speaks }) =>
    listFile(unit, source, executors, speaks, names, readsOfClient(project, unit.path)),
  );
  const finder = new RequestFinder(project);
  const requests = [
    ...parsed.flatMap(({ unit, source }) => executorRequests(project, executors.in(unit.path, source, false), unit)),
    ...project.contexts.flatMap((context) => finder.find(context)),
  ];
  const rewritten = rewriteRequests(input, requests);
  const findings = [...settleListed(listed, rewritten, input.files), ...rewritten.findings];
  return {
    edits: rewritten.edits,
    newFiles: rewritten.newFiles,
    findings: sayUnseenIds(input, findings),
    failures: [],
  };
}

/** Calls of executors with the operation written out. */
function executorRequests(
  project: Project,
  calls: readonly ExecutorCall[],
  { path }: SourceUnit,
): (RequestCall | Stays)[] {
  return calls.flatMap(({ node, operation, executor }): (RequestCall | Stays)[] => {
    if (executor === undefined || operation === undefined) return [];
    const place = { path, start: node.getStart(), end: node.getEnd() };
    const analysed = project.functionAt(executor.path, executor.node.getStart(), executor.node.getEnd());
    const { name } = executor;
    const read = analysed === undefined ? undefined : readExecutor({ node: analysed, name }, project.finder);
    if (read === undefined) return [];
    if (typeof read === 'string') return [{ ...place, reason: read }];
    if (!executor.promises || node.arguments.length !== 2)
      return [{ ...place, reason: `${name} does not answer with a promise to an action and its parameters alone` }];
    return [{ ...place, operation, executor: read, argument: 1 }];
  });
}

function run(input: CodemodInput): CodemodResult {
  const result = listAndRewrite(input);
  return { ...result, findings: [...result.findings, ...listAddresses(input, result.findings)] };
}

/** Lists hand-made requests to MWS OffAmazonPayments, and rewrites those of which everything is known. */
export const codemod: Codemod = {
  name: 'raw-mws',
  description:
    'Hand-made MWS requests are listed with the v2 call that takes their place, and rewritten where all is known.',
  surfaces: ['raw-mws'],
  run,
};
