import type { Codemod, CodemodInput, CodemodResult, FindingDraft } from '../codemod';
import { rewriteNotifications } from '../ipn-handler';
import { legacyAliases } from '../typed-program/package-aliases';
import { CODEMOD } from './context';
import { AnsweringMethods } from './answers/answering-methods';
import { dropUnusedPromisify } from './packages/drop-unused-promisify';
import { EmittedAnswers } from './answers/emitted-answers';
import { answersInV2, collectUses, isUsed, leavesLegacy, operationsOf } from './file-uses';
import { findNamedOperations } from './calls/find-named-operations';
import { insertConfigurationKeys } from './client/insert-configuration-keys';
import { storedIds } from './calls/kept-calls';
import { answeredIn, packagesAround } from './packages/packages-around';
import { placeHelpers } from './packages/place-helpers';
import { planClients } from './plan-clients';
import { reportIdPatterns } from './stored/report-id-patterns';
import { reportOwnModules } from './packages/report-own-modules';
import { reportSchemaValues } from './stored/report-schema-values';
import { reportStoredPaths } from './stored/stored-paths';
import { reportShortColumns } from './stored/report-short-columns';
import { reportTemplateWords } from './stored/report-template-words';
import { reportTranslations } from './stored/report-translations';
import { reportPublishedAnswers } from './packages/report-published-answers';
import { currencyOf } from './client/find-construction';
import { keepsOwnCodes } from './values/report-own-codes';
import { reportTestsBehind } from './values/report-tests-behind';
import { statesInReach } from './stored/states-in-reach';
import { storedStates } from './stored/stored-states';
import { rewriteFile } from './rewrite-file';
import { addLines, rewriteImports } from './packages/rewrite-imports';
import { placeNamedTables } from './calls/rewrite-named-tables';
import { analyseNamed } from './calls/type-named-tables';
import { sharedPrices } from './answers/shared-prices';
import { declinableAnswers } from './answers/v2-type';
import { reportAnswerFiles } from './untyped/report-answer-files';

/** Mentions that make a file worth typing; everything else is left to the other codemods. */
const MARKERS =
  /offAmazonPayments|amazon-payments|amazon-pay-async|['"]amazonpay['"]|parseSNSResponse|NotificationData|fetch(?:Signed)?Notification|amazon-pay-v2|<(?:\w+:)?(?:Amazon\w+Id|(?:Capture|Refund|Authorization)Notification)\b/;

function run(input: CodemodInput): CodemodResult {
  if (legacyAliases(input.packages, input.files).size === 0 && !input.files.some(({ text }) => MARKERS.test(text)))
    return { edits: [], newFiles: [], findings: reportIdPatterns(input), failures: [] };
  const { contexts, tables } = analyseNamed(input);
  const named = findNamedOperations(contexts);
  const all = contexts.map((context) =>
    collectUses(context, named.get(context) ?? [], placeNamedTables(context, tables)),
  );
  const currency = currencyOf(all.flatMap(({ constructions }) => constructions));
  const declinable = declinableAnswers(all.flatMap(operationsOf));
  const prices = sharedPrices(contexts);
  const ownCodes = keepsOwnCodes(input.files);
  for (const { context } of all) {
    context.sharedPrices = prices;
    context.hasOwnCodes = ownCodes;
    context.configuredCurrency = currency;
    context.declinable = declinable;
  }
  const modeOf = planClients(
    all.filter(isUsed).map((uses) => ({
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
  const answering = packagesAround(
    all.filter(answersInV2).map(({ packageInfo }) => packageInfo),
    input.packages,
  );
  const answered = answeredIn(input, all, answering);
  const emitted = new EmittedAnswers(contexts);
  const answers = {
    stored: storedIds(contexts),
    emitted,
    methods: new AnsweringMethods(contexts),
    states: statesInReach(input, storedStates(contexts, emitted)),
  };
  const keyPlaces = all.flatMap((uses) => {
    const { directory } = uses.packageInfo;
    return rewriteFile(uses, modeOf(directory), answered(uses.context.file.unit.path), answers);
  });
  reportTestsBehind(contexts);
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
  for (const { context } of all) dropUnusedPromisify(context);
  const told = all.flatMap(({ context }) => context.findings);
  const isTold = (path: string, start: number): boolean =>
    told.some(
      (each) => each.path === path && each.rule.endsWith('state-comparison') && each.start <= start && start < each.end,
    );
  const around = input.files.filter(({ path }) => answered(path) !== 'nowhere');
  const edits = [...all.flatMap(({ context }) => context.rewriter.edits()), ...placed.edits];
  const edited = new Set([...edits, ...placed.newFiles].map(({ path }) => path));
  // What reads the same in v2 is no place that waits for anybody, in a file where nothing else changes either.
  const isSettled = ({ automation, rewritten, rewrittenIn, path }: FindingDraft): boolean =>
    automation === 'automatic' && rewritten && !edited.has(rewrittenIn ?? path);
  return {
    edits,
    newFiles: placed.newFiles,
    findings: [
      ...told.filter((each) => !isSettled(each)),
      ...reportOwnModules(input),
      ...reportIdPatterns(input),
      ...around.flatMap((unit) => [
        ...reportTranslations(unit),
        ...reportAnswerFiles(unit),
        ...reportSchemaValues(unit).filter(({ path, start }) => !isTold(path, start)),
        ...reportStoredPaths(unit),
        ...reportShortColumns(unit),
      ]),
      ...reportTemplateWords(
        around,
        contexts,
        all.filter(answersInV2).map(({ context }) => context),
      ),
    ],
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
