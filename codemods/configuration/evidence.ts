import type { CodemodInput, PackageInfo, SourceUnit } from '../codemod';

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|coffee|html?|twig|tpl|phtml|php|ejs|hbs|pug|jsp|erb|cshtml)$/i;

const CLIENT =
  /\.offAmazonPayments\b|(?:\brequire\s*\(\s*|\bfrom\s+|\bimport\s*\(?\s*)['"](?:amazon-payments|@madisonreed\/amazon-payments|amazon-pay-async|amazonpay)['"]/;
const NOTIFICATION = /\bNotificationData\b/;
const BROWSER = /OffAmazonPayments\.(?:Button|Widgets|initConfirmationFlow)|payments-amazon\.com\/OffAmazonPayments\//;
const VERSION = /['"]2013-01-01['"]|\/2013-01-01\b/;
const PARAMETER =
  /\bAmazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id\b|\bOrderReferenceDetails\b|\bOffAmazonPayments/;

/** Requests signed by hand: the host or the version alone also belong to a marketplace seller or to other AWS services. */
const isRawMws = (text: string): boolean =>
  (VERSION.test(text) || /mws[\w-]{0,20}\.amazonservices\./.test(text)) && PARAMETER.test(text);

const isCode = ({ path }: SourceUnit): boolean => CODE.test(path);

/** Legacy code that runs on a server and needs credentials. */
export const hasLegacyServerCode = (unit: SourceUnit): boolean =>
  isCode(unit) &&
  /\.[cm]?[jt]sx?$|\.(?:vue|svelte|coffee)$/i.test(unit.path) &&
  (CLIENT.test(unit.text) || NOTIFICATION.test(unit.text) || isRawMws(unit.text));

/** Legacy Amazon Pay of any kind: what makes a name such as `MWS_ACCESS_KEY` one of Amazon Pay and not of a marketplace seller. */
export const hasLegacyCode = (unit: SourceUnit): boolean =>
  isCode(unit) && (CLIENT.test(unit.text) || BROWSER.test(unit.text) || isRawMws(unit.text));

/** The folder of the package that a file belongs to; '' when there is none. */
export const directoryOf = (packages: readonly PackageInfo[], path: string): string =>
  packages.find(({ directory }) => directory === '' || path.startsWith(`${directory}/`))?.directory ?? '';

/** Answers, for a configuration file, whether its package or one below holds legacy Amazon Pay. */
export function findEvidence(input: CodemodInput): (path: string) => boolean {
  const legacyFiles = input.files.filter(hasLegacyCode).map(({ path }) => path);
  const known = new Map<string, boolean>();
  return (path) => {
    const directory = directoryOf(input.packages, path);
    const answer =
      known.get(directory) ?? legacyFiles.some((file) => directory === '' || file.startsWith(`${directory}/`));
    known.set(directory, answer);
    return answer;
  };
}
