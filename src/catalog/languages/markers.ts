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
  'Include="AmazonPay"',
  'id="AmazonPay"',
  'amazon_pay',
  'amazon-pay',
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

/** Files in which they are searched for. */
export const foreignFiles =
  /\.(?:php[3-8]?|phtml|inc|module|ctp|pyw?|rb|rake|ru|gemspec|java|cs|go|csproj|gradle|gradle\.kts|toml)$|(?:^|\/)(?:composer\.(?:json|lock)|[\w.-]*requirements[\w.-]*\.txt|requirements\/[\w.-]+\.txt|setup\.cfg|Pipfile(?:\.lock)?|Gemfile(?:\.lock)?|pom\.xml|packages\.config|Directory\.Packages\.props|go\.mod)$/i;

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
