import type { ts } from 'ts-morph';
import type { AnsweringMethods } from './answering-methods';
import { rewriteDestructuring } from './destructured-operations';
import type { EmittedAnswers } from './emitted-answers';
import { rewriteExtendedClients } from './extended-client';
import type { FileUses } from './file-uses';
import { keepPromiseLibrary } from './keep-promise-library';
import { keptCalls } from './kept-calls';
import { settleAnswerNames, settleLegacyNames } from './legacy-names';
import type { Answered } from './packages-around';
import type { ClientMode } from './plan-clients';
import { reportComputedPrices } from './report-computed-names';
import { reportContainers } from './report-containers';
import { reportDeclinedReads } from './report-declined-reads';
import { reportErrorTexts } from './report-error-texts';
import { reportEscapes, reportSoftDeclineConditions } from './report-escapes';
import { reportHandedByThen } from './report-handed-by-then';
import { reportHandedOn } from './report-handed-on';
import { reportIdsToLegacy } from './report-ids-to-legacy';
import { reportNamedPackages } from './report-named-packages';
import { reportOtherCallers } from './report-other-callers';
import { reportNotificationWords } from './report-notification-words';
import { reportOwnTypes } from './report-own-types';
import { reportReturned } from './report-returned';
import { reportErrorStandIns } from './report-error-stand-ins';
import { reportSimulations } from './report-simulations';
import { reportStandIns } from './report-stand-ins';
import { reportStateColumns } from './report-state-columns';
import { reportStateTables } from './report-state-tables';
import { reportSharedIds } from './report-shared-ids';
import { reportStoredValues } from './report-stored-values';
import type { StoredStates } from './stored-states';
import { reportToldWords } from './report-told-words';
import { reportUntypedCalls } from './report-untyped-calls';
import { reportUntypedErrorCodes } from './report-untyped-error-codes';
import { reportUntypedEscapes } from './report-untyped-escapes';
import { reportUntypedReads } from './report-untyped-reads';
import { reportUntypedTests } from './report-untyped-tests';
import { rewriteClientTypes } from './rewrite-client-types';
import { dropModuleAliases, rewriteClientUses } from './rewrite-client-uses';
import { isAlreadyBeside } from './find-construction';
import { rewriteConstruction } from './rewrite-construction';
import { rewriteErrorBodies } from './rewrite-error-bodies';
import { rewriteNamedTable } from './rewrite-named-tables';
import { handleCall, handleReference, reportLeft, reportRemains } from './rewrite-operations';
import { rewriteGets } from './rewrite-promise-gets';
import { rewriteReads } from './rewrite-results';
import { rewriteValues } from './rewrite-values';
import { settleOwnDeclarations } from './settle-own-declarations';
import { UntypedAnswers } from './untyped-answers';

/** What of the answers of rewritten calls goes from file to file. */
export interface ProjectAnswers {
  /** Names under which the project keeps ids of v2, each with the ids of legacy. */
  readonly stored: ReadonlyMap<string, ReadonlySet<string>>;
  readonly emitted: EmittedAnswers;
  readonly methods: AnsweringMethods;
  readonly states: StoredStates;
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
  rewriteValues(context);
  rewriteErrorBodies(context);
  reportErrorTexts(context);
  rewriteReads(context);
  reportDeclinedReads(context);
  rewriteGets(context);
  reportEscapes(context);
  reportContainers(context);
  reportHandedByThen(context);
  reportReturned(context);
  reportStoredValues(context, states);
  reportSharedIds(context, stored);
  reportNotificationWords(context, states);
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
