import { browserEvidence, UNRELATED_TO_LEGACY } from '../../src/catalog';
import type { Codemod, CodemodInput, CodemodResult, Edit, FindingDraft, SourceUnit } from '../codemod';
import { isEmittedFile } from '../emitted-helper/emitted-files';
import { definesEmitted } from './emitted-functions';
import { findText } from './find-text';
import { holdBack } from './move-together';
import { NAME, Page } from './page';
import { reportElements } from './report-elements';
import { reportStrings } from './report-strings';
import { reportTokens } from './report-tokens';
import { finishScript } from './finish-script';
import { staysWhole } from './stays-whole';
import { readProject, type Project } from './project';
import { closeGaps } from './remove-statement';
import { reportLibraries } from './report-libraries';
import { rewriteAliases } from './rewrite-aliases';
import { rewriteDeclarations } from './rewrite-declarations';
import { removeCookies } from './rewrite-login';
import { rewriteReadyFunctions } from './rewrite-ready';
import { rewriteUses } from './rewrite-uses';

const PROSE =
  /\.(?:md|markdown|txt|rst|adoc|log|csv|lock|map|patch|diff|orig|rej|snap)$|(?:^|\/)(?:LICENSE|CHANGELOG|README|package(?:-lock)?\.json)[^/]*$/i;
/** Names by which a file of a project with Widgets.js is worth parsing. */
const NAMES =
  /OffAmazonPayments|offAmazonPayments\/|onAmazon(?:Login|Payments)Ready|initConfirmationFlow|\bamazon\b[\s\S]{0,40}\bLogin\b|amazon_Login_accessToken|amazon-pay-react|Widgets\.(?:AddressBook|Wallet|Consent)|data-ap-widget-type|payments:widget|payments-amazon\.com/;

/** Most pages with the host of Widgets.js only load v2 from it; a policy, or another word of Amazon, is worth a look. */
function isPage({ text }: SourceUnit): boolean {
  if (!NAMES.test(text)) return false;
  const rest = text.replace(UNRELATED_TO_LEGACY, '');
  return rest === text || /amazon/i.test(rest) || NAMES.test(rest);
}

/** Functions that an earlier run put into a page: nothing else tells of the checkout that it was part of. */
const isRewritten = ({ text }: SourceUnit): boolean => definesEmitted(text);

const isOfPayments = ({ legacy, rule }: FindingDraft): boolean =>
  /^OffAmazonPayments|^onAmazonPaymentsReady|^initConfirmationFlow|^Widgets\.js|^data-ap|^amazon-pay-react|[Ww]indow\.OffAmazonPayments/.test(
    legacy.operation ?? '',
  ) || rule === 'browser/express-button';

function readPage(page: Page, project: Project): void {
  reportElements(page);
  for (const script of page.scripts) {
    if (script.isEditable) rewriteReadyFunctions(script, project);
    rewriteUses(script, project);
    rewriteAliases(script);
    reportLibraries(script);
    removeCookies(script, project);
    reportStrings(script);
    if (page.findings.length > 0 || isRewritten(page.unit)) reportTokens(script);
    rewriteDeclarations(script);
    finishScript(script, project);
  }
  findText(page);
}

const editsOf = (page: Page): Edit[] =>
  closeGaps(page.unit.text, [...page.edits, ...page.scripts.flatMap(({ rewriter }) => rewriter.edits())]);

function run(input: CodemodInput): CodemodResult {
  const units = input.files.filter(({ path }) => !PROSE.test(path) && !isEmittedFile(path));
  if (!units.some((unit) => browserEvidence.test(unit.text) || isRewritten(unit)))
    return { edits: [], newFiles: [], findings: [], failures: [] };
  const pages = units
    .filter((unit) => isPage(unit) || isRewritten(unit))
    .map((unit) => new Page(unit, input.strategy === 'beside'));
  const scripts = pages.flatMap((page) => page.scripts);
  const project = readProject(units, scripts);
  for (const page of pages) readPage(page, project);
  const readAgain = ({ unit }: Page, reason: string): Page => {
    const again = new Page(unit, true, reason);
    readPage(again, project);
    return again;
  };
  const broken = pages.filter((page) => !staysWhole(page.unit, editsOf(page)));
  const whole = pages.map((page) => (broken.includes(page) ? readAgain(page, 'its scripts would not parse') : page));
  const held = input.strategy === 'beside' ? new Map<Page, string>() : holdBack(whole, input.packages);
  const done = whole.map((page) => {
    const reason = held.get(page);
    return reason === undefined ? page : readAgain(page, reason);
  });
  // amazon.Login alone is the login of a site, and a policy names hosts that v2 has as well.
  if (!done.some(({ unit, findings }) => isRewritten(unit) || findings.some(isOfPayments)))
    return { edits: [], newFiles: [], findings: [], failures: [] };
  return {
    edits: done.flatMap(editsOf),
    newFiles: [],
    findings: done.flatMap(({ findings }) => findings),
    failures: broken.map(({ unit }) => ({
      path: unit.path,
      error: 'its scripts would not parse after rewriting, so nothing in it was rewritten',
    })),
  };
}

export const codemod: Codemod = {
  name: NAME,
  description: 'Pages with Widgets.js: the button, the widgets and the confirmation flow move to checkout.js.',
  surfaces: ['browser'],
  run,
};
