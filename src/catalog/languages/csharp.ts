import type { ForeignLanguage } from './types';

const third = 'NuGet AmazonPay';
const second = 'PayWithAmazon.dll';
const first = 'OffAmazonPaymentsService.dll';

/** Facts: other-languages.md sections 1, 6 and 9; the two older generations are likely. */
export const csharp: ForeignLanguage = {
  name: 'csharp',
  title: 'C#',
  files: /\.cs$/i,
  separator: '.',
  classes: [
    { name: /^AmazonPay\.I?Client$/, role: 'client', sdk: third },
    { name: /^AmazonPay\.IpnHandler$/, role: 'ipn-handler', sdk: third },
    { name: /^AmazonPay\.Responses\.\w+$/, role: 'response', sdk: third },
    {
      name: /^AmazonPay\.(?:CommonRequests|StandardPaymentRequests|RecurringPaymentRequests|ProviderCreditRequests|Types)\.\w+$|^AmazonPay\.Regions$/,
      role: 'part',
      sdk: third,
    },
    { name: /^PayWithAmazon\.I?Client$/, role: 'client', sdk: second },
    { name: /^PayWithAmazon\.IpnHandler$/, role: 'ipn-handler', sdk: second },
    { name: /^PayWithAmazon\.Responses\.\w+$/, role: 'response', sdk: second },
    { name: /^PayWithAmazon\./, role: 'part', sdk: second },
    { name: /^OffAmazonPaymentsService\.I?OffAmazonPaymentsService(?:Client)?$/, role: 'client', sdk: first },
    { name: /^OffAmazonPaymentsService\.Model\.\w+(?:Response|Result)$/, role: 'response', sdk: first },
    { name: /^OffAmazonPaymentsService\./, role: 'part', sdk: first },
  ],
  lookAlikes: /^Amazon\.Pay\.API(?:\.|$)/,
  // The two older ones were handed around as assemblies; whether a registry had them is not known.
  packages: [
    {
      name: 'AmazonPay',
      what: 'the legacy SDK',
      repository: 'amzn/amazon-pay-sdk-csharp',
      file: 'AmazonPay\\.dll',
    },
    { name: 'PayWithAmazon', what: 'the legacy SDK under its older name', file: 'PayWithAmazon\\.dll' },
    { name: 'OffAmazonPaymentsService', what: 'the first legacy SDK', file: 'OffAmazonPaymentsService\\.dll' },
  ],
  methodCase: 'pascal',
  helpers: { Charge: null, GetUserInfo: null, GetPaymentDetails: 'GetOrderReferenceDetails' },
  v2: {
    dependency: 'Amazon.Pay.API.SDK',
    install: 'dotnet add package Amazon.Pay.API.SDK',
    client: 'Amazon.Pay.API.WebStore.WebStoreClient',
    // The SDK has an Environment of its own; its constructor without one is for keys whose id says it.
    construction: `// The id of the public key begins with LIVE- or SANDBOX-; for an older key, put Environment.Live or
// Environment.Sandbox after the region, both of Amazon.Pay.API.Types.
var client = new WebStoreClient(new ApiConfiguration(
    Region.Europe,
    System.Environment.GetEnvironmentVariable("AMAZON_PAY_PUBLIC_KEY_ID"),
    System.Environment.GetEnvironmentVariable("AMAZON_PAY_PRIVATE_KEY")));`,
    calls: {
      createCharge: `var request = new CreateChargeRequest(chargePermissionId, amount, Currency.EUR)
{
    CaptureNow = false,
    CanHandlePendingAuthorization = true,
};
var headers = new Dictionary<string, string> { { "x-amz-pay-idempotency-key", idempotencyKey } };
var charge = client.CreateCharge(request, headers);`,
      getCharge: 'var charge = client.GetCharge(chargeId);',
      captureCharge: `var headers = new Dictionary<string, string> { { "x-amz-pay-idempotency-key", idempotencyKey } };
var charge = client.CaptureCharge(chargeId, new CaptureChargeRequest(amount, Currency.EUR), headers);`,
      cancelCharge: 'var charge = client.CancelCharge(chargeId, new CancelChargeRequest(reason));',
      createRefund: `var headers = new Dictionary<string, string> { { "x-amz-pay-idempotency-key", idempotencyKey } };
var refund = client.CreateRefund(new CreateRefundRequest(chargeId, amount, Currency.EUR), headers);`,
      getRefund: 'var refund = client.GetRefund(refundId);',
      getChargePermission: 'var permission = client.GetChargePermission(chargePermissionId);',
      updateChargePermission: `var request = new UpdateChargePermissionRequest();
request.MerchantMetadata.MerchantReferenceId = orderNumber;
var permission = client.UpdateChargePermission(chargePermissionId, request);`,
      closeChargePermission: `var request = new CloseChargePermissionRequest(reason) { CancelPendingCharges = false };
var permission = client.CloseChargePermission(chargePermissionId, request);`,
      getCheckoutSession: 'var session = client.GetCheckoutSession(checkoutSessionId);',
      updateCheckoutSession: `var request = new UpdateCheckoutSessionRequest();
request.WebCheckoutDetails.CheckoutResultReturnUrl = returnUrl;
request.PaymentDetails.PaymentIntent = PaymentIntent.Authorize;
request.PaymentDetails.ChargeAmount.Amount = amount;
request.PaymentDetails.ChargeAmount.CurrencyCode = Currency.EUR;
var session = client.UpdateCheckoutSession(checkoutSessionId, request);`,
      completeCheckoutSession:
        'var session = client.CompleteCheckoutSession(checkoutSessionId, new CompleteCheckoutSessionRequest(amount, Currency.EUR));',
      getBuyer: 'var buyer = client.GetBuyer(buyerToken);',
    },
    likely: [
      'UpdateChargePermissionRequest',
      'MerchantMetadata.MerchantReferenceId',
      'UpdateCheckoutSessionRequest',
      'WebCheckoutDetails.CheckoutResultReturnUrl',
      'PaymentDetails.PaymentIntent',
      'PaymentDetails.ChargeAmount',
      'CompleteCheckoutSessionRequest',
    ],
    docs: 'https://github.com/amzn/amazon-pay-api-sdk-dotnet',
    traps:
      'The SDK adds an idempotency key of its own to a POST without one, a new one each time: pass your own, or a repeated call charges twice. Read charge.Success before charge.StatusDetails.State.',
  },
  notifications:
    'The v2 SDK has no IpnHandler: verify the SNS signature (AWSSDK.SimpleNotificationService, Message.IsMessageSignatureValid), then GET the object that the message names.',
};
