import { parseRegion, readCarrier } from '../carriers';
import type { Codemod, CodemodInput, CodemodResult, SourceUnit } from '../codemod';
import { isEmittedFile } from '../emitted-helper/emitted-files';
import { FileReport, NAME } from './context';
import { findFields, statementOf } from './find-fields';
import { findRequests } from './find-requests';
import { findText } from './find-text';
import { reportCompletion } from './report-completion';

/** Signs of the first contract that nothing else has. */
const SPEAKS =
  /\bwebCheckoutDetail\b|\bchargeAmountLimit\b|\bextractAmazonCheckoutSessionId\b|\bpay-api\.amazon\.(?:com|eu|jp)(?:\/(?:sandbox|live))?\/v1\b|v1\/(?:checkoutSessions|chargePermissions)\b/;
/** Signs of Checkout v2 in any version: names that are only likely elsewhere count in such a file. */
const SPEAKS_CHECKOUT =
  /amazon-pay-api-sdk|\bcheckoutSessionId\b|[cC]heckoutSession\b|\bchargePermissionId\b|ChargePermission\b|pay-api\.amazon\.|\bchargeId\b/;
const OLD_NAMES =
  /\b(?:webCheckoutDetail|paymentDetail|statusDetail|chargeAmountLimit|paymentPreferences|createCheckoutSession|body)\b|\bv1\b/;
const NO_CODE =
  /\.(?:md|markdown|txt|rst|adoc|log|csv|lock|json|ya?ml|map)$|(?:^|\/)(?:LICENSE|CHANGELOG|README)[^/]*$/i;
/** What the toolkit itself emits. */

const LIMIT =
  'limits.amountLimit is what may be charged in all, limits.amountBalance what is left; decide which is meant.';

function readFile(unit: SourceUnit): FileReport {
  const carrier = readCarrier(unit.path, unit.text);
  const regions = carrier.regions.flatMap((region) => parseRegion(unit.text, carrier, region) ?? []);
  const report = new FileReport(unit, carrier, regions);
  for (const { region, source } of regions) {
    const place = ({ start, end }: { start: number; end: number }) => ({
      start: region.start + start,
      end: region.start + end,
    });
    for (const use of findFields(source)) {
      const legacy = { name: use.name };
      const replacement = { name: use.to };
      const above = region.start + use.statement.getStart();
      if (use.text === undefined) {
        const message = `${use.name} may be the field that API version 2 calls ${use.to}; nothing next to it says so.`;
        report.leaveOpen(`${NAME}/unread`, place(use), above, { message, legacy, replacement, certain: false });
        continue;
      }
      const rule = `${NAME}/${use.rule}`;
      const message = `${use.name} is ${use.to} in API version 2.`;
      report.add(rule, place(use), { message, legacy, replacement, edit: use.text });
      if (use.rule === 'charge-amount-limit') report.decide(above, rule, LIMIT);
    }
    for (const use of findRequests(source)) {
      const replacement = { path: '/v2/', button: 'createCheckoutSessionConfig', 'response-body': 'response.data' }[
        use.rule
      ];
      const message = `${use.name} is of API version 1; in version 2 it is ${replacement}.`;
      const rule = `${NAME}/${use.rule}`;
      const said = { message, legacy: { name: use.name }, replacement: { name: replacement } };
      if (use.text !== undefined) report.add(rule, place(use), { ...said, edit: use.text });
      else report.leaveOpen(rule, place(use), region.start + statementOf(use.node).getStart(), said);
    }
  }
  for (const use of findText(
    unit.text,
    regions.map(({ region }) => region),
  )) {
    const message = `${use.name} of API version 1 stands where this version cannot rewrite it.`;
    report.add(`${NAME}/unread`, use, { message, legacy: { name: use.name }, replacement: null, certain: false });
  }
  return report;
}

function run(input: CodemodInput): CodemodResult {
  const units = input.files.filter(({ path }) => !NO_CODE.test(path) && !isEmittedFile(path));
  if (!units.some(({ text }) => SPEAKS.test(text))) return { edits: [], newFiles: [], findings: [], failures: [] };
  const reports = units
    .filter(({ text }) => SPEAKS.test(text) || (SPEAKS_CHECKOUT.test(text) && OLD_NAMES.test(text)))
    .map(readFile);
  reportCompletion(
    reports,
    units.map(({ text }) => text),
  );
  return {
    edits: reports.flatMap(({ edits }) => edits),
    newFiles: [],
    findings: reports.flatMap(({ findings }) => findings),
    failures: [],
  };
}

export const codemod: Codemod = {
  name: NAME,
  description:
    'Shops that adopted Checkout v2 early: the first contract (webCheckoutDetail, /v1/) becomes API version 2.',
  surfaces: ['api-v1-contract'],
  run,
};
