import type { LanguageName } from './types';

/**
 * How a copy of a legacy SDK in the merchant's own tree is told from classes that only look like it: by several of its files
 * in one folder, each of which declares what the file of this name does (facts: other-languages.md sections 1 to 7; the two
 * older generations of Java, C# and Python are likely).
 */
export interface SdkCopy {
  readonly language: LanguageName;
  readonly sdk: string;
  /** Files of the SDK: the folder in which the copy lies, then the rest. */
  readonly files: RegExp;
  /** What each of them has in it. */
  readonly declares: RegExp;
  /** The class that makes it what it is, and the file that has it. */
  readonly client: { readonly file: RegExp; readonly declares: RegExp };
  /** Other files that are its heart, of which there are so many. */
  readonly core: readonly RegExp[];
  readonly needs: number;
}

const below = (rest: string): RegExp => new RegExp(`^((?:.*/)?)(${rest})$`);

const phpFiles = below(
  String.raw`(?:Client|ClientInterface|HttpCurl|HttpCurlInterface|IpnHandler|IpnHandlerInterface|Regions|ResponseParser|ResponseInterface|Psr/Log/\w+)\.php`,
);
const phpHeart = {
  files: phpFiles,
  client: { file: /^Client\.php$/, declares: /^\s*class\s+Client\b/m },
  core: [/^ClientInterface\./, /^HttpCurl\./, /^IpnHandler\./, /^ResponseParser\./, /^Regions\./],
  needs: 3,
} as const;

const rubyHeart = (folder: string, module: string): Omit<SdkCopy, 'language' | 'sdk'> => ({
  files: below(String.raw`${folder}/(?:client|client_helper|ipn_handler|login|request|response|version)\.rb`),
  declares: new RegExp(`^\\s*module ${module}\\b`, 'm'),
  client: { file: /\/client\.rb$/, declares: /^\s*class Client\b/m },
  core: [/\/ipn_handler\./, /\/login\./, /\/request\./, /\/response\./],
  needs: 3,
});

const javaHeart = (root: string): Omit<SdkCopy, 'language' | 'sdk'> => ({
  files: below(
    String.raw`${root}/(?:Client|Config|impl/Pay(?:Client|Config|ConfigLoaderFactory)|(?:impl/ipn|response|types|exceptions)/.*|request/(?:\w+/)*[A-Z]\w*Request)\.java`,
  ),
  declares: new RegExp(`^\\s*package ${root.replace(/\//g, '\\.')}(?!\\.api\\b)[.\\w]*;`, 'm'),
  client: { file: /\/impl\/PayClient\.java$/, declares: /\bclass PayClient\b/ },
  core: [/\/Client\.java$/, /\/Config\.java$/, /\/impl\/PayConfig\.java$/],
  needs: 2,
});

const CSHARP_PARTS =
  '(?:CommonRequests|StandardPaymentRequests|RecurringPaymentRequests|ProviderCreditRequests|Responses)';

export const sdkCopies: readonly SdkCopy[] = [
  {
    language: 'php',
    sdk: 'amzn/amazon-pay-sdk-php',
    declares: /^\s*namespace\s+AmazonPay(?:\\Psr\\Log)?\s*[;{]/m,
    ...phpHeart,
  },
  {
    language: 'php',
    sdk: 'amzn/login-and-pay-with-amazon-sdk-php 2',
    declares: /^\s*namespace\s+PayWithAmazon(?:\\Psr\\Log)?\s*[;{]/m,
    ...phpHeart,
  },
  {
    language: 'php',
    sdk: 'OffAmazonPaymentsService for PHP',
    files: below(String.raw`OffAmazonPayments(?:Service|Notifications)/[\w/]+\.php`),
    declares: /^\s*(?:abstract\s+|final\s+)?(?:class|interface)\s+OffAmazonPayments(?:Service|Notifications)_\w+/m,
    client: { file: /^OffAmazonPaymentsService\/Client\./, declares: /\bclass\s+OffAmazonPaymentsService_Client\b/ },
    core: [
      /^OffAmazonPaymentsService\/Interface\./,
      /^OffAmazonPaymentsService\/Exception\./,
      /^OffAmazonPaymentsService\/Model\./,
      /^OffAmazonPaymentsService\/Model\/(?:Capture|Authorize|Refund)Request\./,
    ],
    needs: 3,
  },
  {
    language: 'python',
    sdk: 'amazon_pay for Python',
    files: below(
      String.raw`amazon_pay/(?:__init__|version|client|ipn_handler|payment_request|payment_response|login_with_amazon|ap_region|lwa_region)\.py`,
    ),
    // Some of them declare no class.
    declares: /(?:)/,
    client: { file: /\/client\.py$/, declares: /^class AmazonPayClient\b/m },
    core: [
      /\/ipn_handler\./,
      /\/payment_request\./,
      /\/payment_response\./,
      /\/login_with_amazon\./,
      /\/ap_region\./,
      /\/lwa_region\./,
    ],
    needs: 3,
  },
  { language: 'ruby', sdk: 'gem amazon_pay', ...rubyHeart('amazon_pay', 'AmazonPay') },
  { language: 'ruby', sdk: 'gem pay_with_amazon', ...rubyHeart('pay_with_amazon', 'PayWithAmazon') },
  { language: 'java', sdk: 'com.amazon.pay:amazon-pay-java-sdk', ...javaHeart('com/amazon/pay') },
  {
    language: 'java',
    sdk: 'com.amazon.payments.paywithamazon',
    ...javaHeart('com/amazon/payments/paywithamazon'),
  },
  {
    language: 'java',
    sdk: 'com.amazonservices.mws.offamazonpayments',
    files: below(String.raw`com/amazonservices/mws/offamazonpayments(?:ipn)?/(?:\w+/)*\w+\.java`),
    declares: /^\s*package com\.amazonservices\.mws\.offamazonpayments(?:ipn)?[.\w]*;/m,
    client: { file: /\/OffAmazonPaymentsServiceClient\./, declares: /\bclass OffAmazonPaymentsServiceClient\b/ },
    core: [/\/OffAmazonPaymentsService\./, /\/OffAmazonPaymentsServiceConfig\./, /\/model\/CaptureRequest\./],
    needs: 2,
  },
  {
    language: 'csharp',
    sdk: 'NuGet AmazonPay',
    files: below(String.raw`(?:I?Client|IpnHandler|Regions|${CSHARP_PARTS}/\w+)\.cs`),
    declares: new RegExp(`^\\s*namespace\\s+AmazonPay(?:\\.${CSHARP_PARTS})?\\s*[;{]?\\s*$`, 'm'),
    client: { file: /^Client\.cs$/, declares: /\bclass Client\b/ },
    core: [
      /^IpnHandler\./,
      /^CommonRequests\/Configuration\./,
      /^StandardPaymentRequests\/(?:Capture|Authorize|Refund)Request\./,
      /^Responses\/(?:Capture|Authorize|Refund)Response\./,
    ],
    needs: 3,
  },
  {
    language: 'go',
    sdk: 'github.com/qor/amazon-pay-sdk-go',
    files: below(String.raw`github\.com/qor/amazon-pay-sdk-go/\w+\.go`),
    declares: /^package amazonpay\b/m,
    client: { file: /\.go$/, declares: /^type AmazonPay struct\b/m },
    core: [],
    needs: 0,
  },
];
