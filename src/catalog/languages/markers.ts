import { scriptFiles } from '../command-files';
import { otherTemplates } from './templates';
import { textOnlyLanguages } from './text-only';

/**
 * Texts by which a file of another language, or the list of its packages, is worth reading closer, besides those that count
 * everywhere (facts: other-languages.md section 11). In JavaScript some of them are words of other payment services.
 */
export const foreignMarkers: readonly string[] = [
  'PayWithAmazon',
  'pay_with_amazon',
  'paywithamazon',
  'AmazonPay\\',
  'AmazonPay::',
  'AmazonPay.',
  'AmazonPay;',
  'using AmazonPay',
  'Imports AmazonPay',
  'open AmazonPay',
  '"AmazonPay"',
  "'AmazonPay'",
  '"AmazonPay,',
  'nuget AmazonPay',
  'package AmazonPay',
  '-Package AmazonPay',
  'install AmazonPay',
  'add AmazonPay',
  'amazon_pay',
  'amazon-pay',
  'Amazon_Pay',
  'Amazon-Pay',
  'com.amazon.pay',
  'amazonservices',
  'login-and-pay-with-amazon',
  'amazon-mws-login-and-pay',
  'amazon_order_reference_id',
  'amazon_billing_agreement_id',
  'amazon_authorization_id',
  'amazon_capture_id',
  'amazon_refund_id',
  'OrderReferenceDetails',
  'onfirmOrderReference',
  'loseOrderReference',
  'ancelOrderReference',
  'OnBillingAgreement',
  'BillingAgreementDetails',
  'order_reference_details',
  'confirm_order_reference',
  'close_order_reference',
  'cancel_order_reference',
  'on_billing_agreement',
  'billing_agreement_details',
];

const CODE = String.raw`\.(?:php[3-8]?|phtml|inc|module|ctp|pyw?|rb|rake|ru|java|cs|go)$`;
/** Templates; pages of HTML are searched for what counts everywhere. */
const TEMPLATES = String.raw`\.(?:erb|rhtml|haml|slim|jspf?|tagf?|as[pc]x|asmx|ashx|master|cshtml|razor)$|${otherTemplates.source}`;
/** Lists of packages, by their endings and by their names. */
const LISTS = String.raw`\.(?:gemspec|gemfile|(?:cs|vb|fs)proj|props|targets|nuspec|gradle|gradle\.kts|sbt|toml)$`;
const NAMED_LISTS = [
  String.raw`composer\.(?:json|lock)`,
  String.raw`[\w.-]*(?:requirements|constraints)[\w.-]*\.(?:txt|in)|requirements\/[\w.-]+\.(?:txt|in)`,
  String.raw`setup\.cfg|tox\.ini|Pipfile(?:\.lock)?|(?:poetry|uv|pdm)\.lock|environment\.ya?ml`,
  String.raw`Gemfile(?:\.lock)?|gems\.locked`,
  String.raw`pom\.xml|ivy\.xml|build\.xml|\.classpath|gradle\.lockfile`,
  String.raw`packages\.config|packages\.lock\.json|paket\.dependencies`,
  String.raw`go\.mod|\.gitmodules`,
].join('|');
/** Code that is read by its text only. */
const TEXT_ONLY = textOnlyLanguages.map(({ files }) => files.source).join('|');

/** Files in which they are searched for. */
export const foreignFiles = new RegExp(
  `${CODE}|${TEMPLATES}|${LISTS}|(?:^|\\/)(?:${NAMED_LISTS})$|${scriptFiles.source}|${TEXT_ONLY}`,
  'i',
);

/** What a file of another language has in it before it is parsed: most candidates only name the address of v2's script. */
export const foreignEvidence = new RegExp(
  [...foreignMarkers, 'OffAmazonPayments', 'mws.amazonservices.', 'mws-eu.amazonservices.']
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .concat(
      'Amazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id',
      'MWSAuthToken',
      'mws_',
      'AmazonPayClient',
    )
    .join('|'),
);
