import { ts } from 'ts-morph';
import { isHelperFile } from '../emitted-helper/emitted-files';
import { operations } from '../../src/catalog';
import type { Codemod, CodemodInput, CodemodResult, PackageInfo } from '../codemod';
import { findSeams, rewriteNotifications } from '../ipn-handler';
import { analyse } from '../typed-program/analyse';
import { lostUnseen } from './collect-values';
import { staysForDrafts } from './consent-token';
import { legacyAliases } from '../typed-program/package-aliases';
import { CODEMOD, FileContext, walk } from './context';
import { decide, type Decision } from './decide';
import { asOperationCall, asOperationReference, type OperationCall, type OperationReference } from './find-operations';
import { asDestructuring, rewriteDestructuring, type Destructuring } from './destructured-operations';
import { findHelperFunctions } from './find-helper-functions';
import { findNamedOperations } from './find-named-operations';
import { findRemains } from './find-remains';
import { settleLegacyNames } from './legacy-names';
import { reportIdsToLegacy } from './report-ids-to-legacy';
import { reportNamedPackages } from './report-named-packages';
import { reportOwnModules } from './report-own-modules';
import { insertConfigurationKeys } from './insert-configuration-keys';
import { keptCalls, storedIds } from './kept-calls';
import { keepPromiseLibrary } from './keep-promise-library';
import { packageOf, placeHelpers } from './place-helpers';
import { planClients, type ClientMode } from './plan-clients';
import { reportEscapes, reportSoftDeclineConditions } from './report-escapes';
import { reportOwnTypes } from './report-own-types';
import { reportAliasNotes, reportAmountArithmetic, rewriteCall, rewriteReference } from './rewrite-call';
import { dropModuleAliases, rewriteClientUses } from './rewrite-client-uses';
import {
  asConstruction,
  currencyOf,
  isAlreadyBeside,
  rewriteConstruction,
  type Construction,
} from './rewrite-construction';
import { addLines, findImports, rewriteImports } from './rewrite-imports';
import { reportPublishedAnswers } from './report-published-answers';
import { reportStoredValues } from './report-stored-values';
import { reportStandIns } from './report-stand-ins';
import { reportUntypedCalls } from './report-untyped-calls';
import { reportUntypedReads } from './report-untyped-reads';
import type { Remain } from './remain';
import { reportErrorTexts } from './report-error-texts';
import { rewriteErrorBodies } from './rewrite-error-bodies';
import { settleOwnDeclarations } from './settle-own-declarations';
import { rewriteReads } from './rewrite-results';
import { rewriteValues } from './rewrite-values';

/** Everything of legacy Amazon Pay in one file, before anything is rewritten. */
interface FileUses {
  readonly context: FileContext;
  readonly packageInfo: PackageInfo;
  readonly constructions: readonly Construction[];
  readonly calls: readonly { readonly call: OperationCall; readonly decision: Decision }[];
  readonly references: readonly OperationReference[];
  readonly remains: readonly Remain[];
  readonly destructured: readonly Destructuring[];
}

/** The operation of a reference can be replaced by an adapter when its v2 call needs no decision about the place. */
const isAdaptable = (reference: OperationReference, input: CodemodInput): boolean => {
  const row = operations[reference.operation];
  if (row?.v2 == null || row.automation === 'manual' || staysForDrafts(input, row.name)) return false;
  return row.phase !== 'checkout' || input.strategy !== 'beside';
};

/** The answers of what is not rewritten are read as before; an operation that v2 lacks is listed with its reads. */
const staysLegacy = (name: string, readsDraft: boolean, input: CodemodInput): boolean => {
  const isCheckout = operations[name]?.phase === 'checkout' || readsDraft;
  return (
    name === 'CreateOrderReferenceForId' || (isCheckout && input.strategy === 'beside') || staysForDrafts(input, name)
  );
};

function collectUses(context: FileContext, named: readonly Remain[]): FileUses {
  const constructions: Construction[] = [];
  const destructured: Destructuring[] = [];
  const calls: { call: OperationCall; decision: Decision }[] = [];
  const references = new Map<ts.Node, OperationReference>();
  walk(context.file.source, (node) => {
    const destructuring = asDestructuring(context, node);
    if (destructuring !== undefined) destructured.push(destructuring);
    const construction = asConstruction(context, node);
    if (construction !== undefined) constructions.push(construction);
    if (ts.isCallExpression(node)) {
      const call = asOperationCall(context, node);
      if (call !== undefined) calls.push({ call, decision: decide(context, call) });
    }
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const reference = asOperationReference(context, node);
      if (reference !== undefined) references.set(reference.node, reference);
    }
  });
  const packageInfo = packageOf(context.input, context.file.unit.path);
  const seams = new Set(findSeams(context, [context]).map(({ node }) => node));
  // What reads notifications through the legacy client and is rewritten does not need it any more.
  const isRewritten = (node: ts.Node): boolean =>
    ts.findAncestor(node, (parent) => seams.has(parent as ts.Expression)) !== undefined &&
    /parseSNS/.test(node.getText());
  return {
    context,
    packageInfo,
    constructions,
    calls,
    references: [...references.values()],
    remains: [...findRemains(context).filter(({ node }) => !isRewritten(node)), ...named],
    destructured,
  };
}

/** A dynamic import, a re-export, or a hand-over of the whole module keeps the legacy package in the project. */
const keepsPackage = (uses: FileUses): boolean => findImports(uses.context).some(({ kind }) => kind === 're-export');

const leavesLegacy = (uses: FileUses): boolean =>
  uses.remains.length > 0 ||
  uses.destructured.some(({ kind }) => kind === 'left') ||
  uses.calls.some(({ call, decision }) => call.reach === 'direct' && decision.kind === 'leave') ||
  uses.references.some((reference) => !isAdaptable(reference, uses.context.input)) ||
  uses.constructions.some(({ node }) => isAlreadyBeside(node)) ||
  keepsPackage(uses);

function reportRemains(uses: FileUses): void {
  for (const remain of uses.remains) {
    const { node, ...place } = remain;
    uses.context.report(node, { ...place, automation: 'manual', rewritten: false });
  }
}

function handleCall(context: FileContext, call: OperationCall, decision: Decision, mode: ClientMode): void {
  const row = operations[call.operation];
  const confidence = call.byShape ? 'low' : 'high';
  const legacy = { name: context.text(call.node.expression), operation: call.operation };
  if (decision.kind === 'leave') {
    const message = `${call.operation} stays: ${decision.because}`;
    context.report(call.node, {
      rule: 'node-client/operation-call',
      automation: 'manual',
      confidence,
      legacy,
      replacement: null,
      message,
      guidance: decision.because,
      rewritten: false,
    });
    return;
  }
  const replacement = { name: decision.v2.sdkMethod, operation: decision.v2.http };
  const through = call.reach === 'alias' ? ' through a function that stands for it' : '';
  const lost = row === undefined || call.parameters === undefined ? [] : lostUnseen(context, row, call.parameters);
  const omitted =
    lost.length === 0 ? '' : ` Of what its parameters may hold, v2 has no place for ${lost.join(', ')}: left out.`;
  const message = `${call.operation} becomes ${decision.v2.sdkMethod}${through}.${omitted}`;
  context.report(call.node, {
    rule: 'node-client/operation-call',
    automation: decision.automation,
    confidence,
    legacy,
    replacement,
    message,
    ...(row === undefined ? {} : { guidance: row.guidance, docs: row.docs }),
    rewritten: true,
  });
  const saidElsewhere = call.reach === 'alias' && row?.automation === 'assisted';
  if (decision.todo !== undefined && !saidElsewhere)
    context.todo(call.node, 'node-client/operation-call', decision.todo);
  if (call.reach === 'direct') rewriteCall(context, call, decision, mode);
  else reportAliasNotes(context, call, decision);
  reportAmountArithmetic(context, call);
}

function handleReference(context: FileContext, reference: OperationReference, mode: ClientMode): void {
  const row = operations[reference.operation];
  const adaptable = row !== undefined && row.v2 !== null && isAdaptable(reference, context.input);
  context.report(reference.node, {
    rule: 'node-client/operation-reference',
    automation: adaptable ? row.automation : 'manual',
    confidence: reference.byShape ? 'low' : 'high',
    legacy: { name: context.text(reference.node), operation: reference.operation },
    replacement: adaptable && row.v2 !== null ? { name: row.v2.sdkMethod, operation: row.v2.http } : null,
    message: adaptable
      ? `${reference.operation} is handed on here; a function with the same parameters makes the v2 call.`
      : `${reference.operation} is handed on here and stays: ${row?.guidance ?? 'v2 has no such operation.'}`,
    rewritten: adaptable,
  });
  if (!adaptable || row.v2 === null) return;
  if (row.automation === 'assisted') context.todo(reference.node, 'node-client/operation-reference', row.guidance);
  rewriteReference(context, reference, row.v2, mode);
}

function rewriteFile(
  uses: FileUses,
  mode: ClientMode,
  answersInV2: boolean,
  stored: ReadonlyMap<string, string>,
): ts.PropertyAssignment[] {
  const { context } = uses;
  context.keepsLegacy = mode === 'beside';
  const keyPlaces = uses.constructions
    .filter(({ node }) => !isAlreadyBeside(node))
    .flatMap((construction) => rewriteConstruction(context, construction, mode) ?? []);
  uses.calls.forEach(({ call, decision }) => handleCall(context, call, decision, mode));
  uses.references.forEach((reference) => handleReference(context, reference, mode));
  for (const found of uses.destructured) {
    if (found.kind === 'operations') rewriteDestructuring(context, found.operations, mode);
    else reportLeft(context, found.node);
  }
  reportRemains(uses);
  rewriteValues(context);
  rewriteErrorBodies(context);
  reportErrorTexts(context);
  rewriteReads(context);
  reportEscapes(context);
  reportStoredValues(context);
  if (answersInV2) keepPromiseLibrary(context);
  if (answersInV2) {
    reportIdsToLegacy(context, keptCalls(context, uses), stored);
    reportUntypedReads(context);
    reportUntypedCalls(context);
    reportStandIns(context);
  }
  reportOwnTypes(
    context,
    uses.calls.map(({ call }) => call),
  );
  reportSoftDeclineConditions(context);
  settleOwnDeclarations(context, mode);
  if (mode === 'instead') {
    rewriteClientUses(context);
    dropModuleAliases(context);
    settleLegacyNames(context);
  }
  reportNamedPackages(context);
  return keyPlaces;
}

function reportLeft(context: FileContext, node: ts.Node): void {
  context.report(node, {
    rule: 'node-client/computed-operation',
    automation: 'manual',
    legacy: { name: context.text(node) },
    replacement: null,
    message: 'Operations are taken off the client in a way that cannot be rewritten; call them on the client.',
    rewritten: false,
  });
}

/** Calls of this file answer with v2 objects, from now on or since an earlier run. */
const answersInV2 = ({ calls, references, destructured, context }: FileUses): boolean =>
  calls.length + references.length + destructured.length > 0 || loadsCalls(context.file.source);

/** A handler of notifications that an earlier run rewrote reads its objects in the words of legacy, and calls nothing else. */
function loadsCalls(source: ts.SourceFile): boolean {
  const loaded = findHelperFunctions(source);
  if (loaded === null) return true;
  const isHandler = loaded.has('fetchNotificationAsXml');
  return [...loaded].some((name) => !(isHandler && OF_HANDLERS.has(name)));
}

const OF_HANDLERS: ReadonlySet<string> = new Set(['fetchNotificationAsXml', 'withRetry']);

/** Mentions that make a file worth typing; everything else is left to the other codemods. */
const MARKERS =
  /offAmazonPayments|amazon-payments|amazon-pay-async|['"]amazonpay['"]|parseSNSResponse|NotificationData|fetch(?:Signed)?Notification|amazon-pay-v2|<(?:\w+:)?(?:Amazon\w+Id|(?:Capture|Refund|Authorization)Notification)\b/;

function run(input: CodemodInput): CodemodResult {
  if (legacyAliases(input.packages, input.files).size === 0 && !input.files.some(({ text }) => MARKERS.test(text)))
    return { edits: [], newFiles: [], findings: [], failures: [] };
  const { checker, files } = analyse(input.files, input, undefined, (name, readsDraft) =>
    staysLegacy(name, readsDraft, input),
  );
  const contexts = files
    .filter(({ unit }) => !isHelperFile(unit.path))
    .map((file) => new FileContext(file, checker, input));
  const named = findNamedOperations(contexts);
  const all = contexts.map((context) => collectUses(context, named.get(context) ?? []));
  const currency = currencyOf(all.flatMap(({ constructions }) => constructions));
  for (const { context } of all) context.configuredCurrency = currency;
  const modeOf = planClients(
    all
      .filter(
        (uses) =>
          uses.constructions.length +
            uses.calls.length +
            uses.references.length +
            uses.remains.length +
            uses.destructured.length >
          0,
      )
      .map((uses) => ({
        packageDirectory: uses.packageInfo.directory,
        constructs: uses.constructions.length > 0,
        remains: leavesLegacy(uses),
      })),
  );
  for (const directory of new Set(all.map(({ packageInfo }) => packageInfo.directory))) {
    const own = all.filter(({ packageInfo }) => packageInfo.directory === directory);
    rewriteNotifications(
      own.map(({ context }) => context),
      modeOf(directory),
    );
  }
  const answering = new Set(all.filter(answersInV2).map(({ packageInfo }) => packageInfo.directory));
  const stored = storedIds(contexts);
  const keyPlaces = all.flatMap((uses) => {
    const { directory } = uses.packageInfo;
    return rewriteFile(uses, modeOf(directory), answering.has(directory), stored);
  });
  for (const info of new Set(all.map(({ packageInfo }) => packageInfo))) {
    const own = all.filter(({ packageInfo }) => packageInfo === info);
    reportPublishedAnswers(
      info,
      own.map(({ context }) => context),
    );
  }
  insertConfigurationKeys(
    all.map(({ context }) => context),
    keyPlaces,
  );
  for (const uses of all)
    uses.context.pendingLines.push(...rewriteImports(uses.context, modeOf(uses.packageInfo.directory)));
  const placed = placeHelpers(all, input);
  for (const { context } of all) addLines(context, context.trailingLines);
  return {
    edits: [...all.flatMap(({ context }) => context.rewriter.edits()), ...placed.edits],
    newFiles: placed.newFiles,
    findings: [...all.flatMap(({ context }) => context.findings), ...reportOwnModules(input)],
    failures: [],
  };
}

/** Rewrites code that uses a legacy Node client to the v2 SDK. */
export const codemod: Codemod = {
  name: CODEMOD,
  description: 'Calls of the legacy Node clients become calls of the v2 SDK.',
  surfaces: ['node-client', 'ipn'],
  run,
};
