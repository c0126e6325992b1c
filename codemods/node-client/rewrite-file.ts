import type { ts } from 'ts-morph';
import type { AnsweringMethods } from './answers/answering-methods';
import { reportTakenAsText } from './answers/report-taken-as-text';
import { rewriteDestructuring } from './calls/destructured-operations';
import type { EmittedAnswers } from './answers/emitted-answers';
import { rewriteExtendedClients } from './client/extended-client';
import type { FileUses } from './file-uses';
import { keepPromiseLibrary } from './calls/keep-promise-library';
import { keptCalls } from './calls/kept-calls';
import { settleAnswerNames, settleLegacyNames } from './answers/legacy-names';
import type { Answered } from './packages/packages-around';
import type { ClientMode } from './plan-clients';
import { reportComputedPrices } from './calls/report-computed-names';
import { reportCallbackFactories } from './calls/report-callback-factories';
import { reportContainers } from './answers/report-containers';
import { reportDeclinedReads } from './answers/report-declined-reads';
import { reportAskedBodies } from './values/report-asked-bodies';
import { reportErrorTexts } from './values/report-error-texts';
import { reportEscapes, reportSoftDeclineConditions } from './answers/report-escapes';
import { reportHandedByThen } from './answers/report-handed-by-then';
import { reportHandedFunctions } from './answers/report-handed-functions';
import { reportHandedOn } from './answers/report-handed-on';
import { reportIdLookups } from './answers/report-id-lookups';
import { reportIdsToLegacy } from './calls/report-ids-to-legacy';
import { reportNamedFields } from './answers/report-named-fields';
import { reportNamedPackages } from './packages/report-named-packages';
import { reportOtherCallers } from './answers/report-other-callers';
import { reportExhausted } from './values/report-exhausted';
import { reportNotificationWords } from './values/report-notification-words';
import { reportOwnCodes } from './values/report-own-codes';
import { reportOwnTypes } from './values/report-own-types';
import { reportReturned } from './answers/report-returned';
import { reportErrorStandIns } from './untyped/report-error-stand-ins';
import { reportSimulations } from './calls/report-simulations';
import { reportStandIns } from './untyped/report-stand-ins';
import { reportStateColumns } from './stored/report-state-columns';
import { reportStateTables } from './values/report-state-tables';
import { reportSharedIds } from './stored/report-shared-ids';
import { reportStoredValues } from './stored/report-stored-values';
import type { StoredStates } from './stored/stored-states';
import { reportToldWords } from './values/report-told-words';
import { reportUntypedCalls } from './untyped/report-untyped-calls';
import { reportUntypedErrorCodes } from './untyped/report-untyped-error-codes';
import { reportUntypedEscapes } from './untyped/report-untyped-escapes';
import { reportUntypedReads } from './untyped/report-untyped-reads';
import { reportUntypedTests } from './untyped/report-untyped-tests';
import { rewriteClientTypes } from './client/rewrite-client-types';
import { dropModuleAliases, rewriteClientUses } from './client/rewrite-client-uses';
import { isAlreadyBeside } from './client/find-construction';
import { rewriteConstruction } from './client/rewrite-construction';
import { rewriteErrorBodies } from './values/rewrite-error-bodies';
import { rewriteNamedTable } from './calls/rewrite-named-tables';
import { handleCall, handleReference, reportLeft, reportRemains } from './calls/rewrite-operations';
import { rewriteGets } from './answers/rewrite-promise-gets';
import { rewriteReads } from './answers/rewrite-results';
import { rewriteValues } from './values/rewrite-values';
import { settleOwnDeclarations } from './packages/settle-own-declarations';
import { reportBoundAmounts } from './answers/zero-amounts';
import { UntypedAnswers } from './untyped/untyped-answers';

/** What of the answers of rewritten calls goes from file to file. */
export interface ProjectAnswers {
  /** Names under which the project keeps ids of v2, each with the ids of legacy. */
  readonly stored: ReadonlyMap<string, ReadonlySet<string>>;
  readonly emitted: EmittedAnswers;
  readonly methods: AnsweringMethods;
  /** The names under which the project keeps states, as far as a file can come upon them. */
  readonly states: (path: string) => StoredStates;
}

/** `amazonOrderReferenceId`, `amazon_capture_id` */
const NAMES_LEGACY_ID = /amazon_?(?:order_?reference|billing_?agreement|authorization|capture|refund)_?id/i;

/**
 * Rewrites one file and lists what is left in it. The order counts: the first replacement of a node stands, and what is
 * listed looks at what was replaced.
 *
 * @param answered who hands it objects of v2
 * @returns the places in its configuration where keys of v2 belong
 */
export function rewriteFile(
  uses: FileUses,
  mode: ClientMode,
  answered: Answered,
  { stored, emitted, methods, states }: ProjectAnswers,
): ts.PropertyAssignment[] {
  const { context } = uses;
  context.keepsLegacy = mode === 'beside';
  const keyPlaces = uses.constructions
    .filter(({ node }) => !isAlreadyBeside(node))
    .flatMap((construction) => rewriteConstruction(context, construction, mode) ?? []);
  if (mode === 'instead') rewriteExtendedClients(context);
  uses.calls.forEach(({ call, decision }) => handleCall(context, call, decision, mode));
  uses.references.forEach((reference) => handleReference(context, reference, mode));
  for (const table of uses.tables) rewriteNamedTable(context, table, mode);
  for (const found of uses.destructured) {
    if (found.kind === 'operations') rewriteDestructuring(context, found.operations, mode);
    else reportLeft(context, found.node);
  }
  reportRemains(uses);
  reportCallbackFactories(uses);
  reportOwnCodes(context);
  rewriteValues(context);
  rewriteErrorBodies(context);
  reportErrorTexts(context);
  reportAskedBodies(context);
  rewriteReads(context);
  reportDeclinedReads(context);
  reportBoundAmounts(context);
  rewriteGets(context);
  reportEscapes(context);
  reportTakenAsText(context);
  reportNamedFields(context);
  reportExhausted(context);
  reportContainers(context);
  reportHandedByThen(context);
  reportHandedFunctions(context);
  reportReturned(context);
  reportIdLookups(context);
  const kept = states(context.file.unit.path);
  reportStoredValues(context, kept);
  reportSharedIds(context, stored);
  reportNotificationWords(context, kept);
  reportToldWords(context);
  if (answered === 'here') {
    keepPromiseLibrary(context);
    reportIdsToLegacy(context, keptCalls(context, uses), stored);
    reportOtherCallers(context);
    const answers = new UntypedAnswers(context, emitted, methods);
    reportUntypedErrorCodes(context);
    reportUntypedReads(context, answers);
    reportUntypedTests(context, answers);
    reportUntypedEscapes(context, answers);
    reportUntypedCalls(context);
    reportComputedPrices(context);
    reportStandIns(context);
    reportErrorStandIns(context);
    reportSimulations(context);
  }
  if (answered === 'elsewhere') reportHandedOn(context);
  reportOwnTypes(
    context,
    uses.calls.map(({ call }) => call),
  );
  reportSoftDeclineConditions(context);
  settleOwnDeclarations(context, mode);
  // What a page gets from the server has no call of its own, and names what it is about.
  if (answered !== 'nowhere' || NAMES_LEGACY_ID.test(context.file.unit.text)) reportStateTables(context);
  if (answered !== 'nowhere') reportStateColumns(context);
  if (mode === 'instead') {
    rewriteClientUses(context);
    dropModuleAliases(context);
    settleLegacyNames(context);
  } else {
    rewriteClientTypes(context);
    settleAnswerNames(context);
  }
  reportNamedPackages(context);
  return keyPlaces;
}
