import type { ForeignLanguage } from './types';

const third = 'com.amazon.pay:amazon-pay-java-sdk';
const second = 'com.amazon.payments.paywithamazon';
const first = 'com.amazonservices.mws.offamazonpayments';

/** Facts: other-languages.md sections 1, 5 and 9; the two older generations are likely. */
export const java: ForeignLanguage = {
  name: 'java',
  title: 'Java',
  files: /\.java$/i,
  separator: '.',
  classes: [
    { name: /^com\.amazon\.pay\.(?:Client|impl\.PayClient)$/, role: 'client', sdk: third },
    {
      name: /^com\.amazon\.pay\.impl\.ipn\.NotificationFactory(?:\.parseNotification)?$/,
      role: 'ipn-handler',
      sdk: third,
    },
    { name: /^com\.amazon\.pay\.response\.ipn\.model\./, role: 'part', sdk: third },
    { name: /^com\.amazon\.pay\.response\.parser\.\w+ResponseData$/, role: 'response', sdk: third },
    {
      name: /^com\.amazon\.pay\.(?:Config$|impl\.|request\.|response\.|types\.|exceptions\.)/,
      role: 'part',
      sdk: third,
    },
    { name: /^com\.amazon\.payments\.paywithamazon\.(?:Client|impl\.PayClient)$/, role: 'client', sdk: second },
    { name: /^com\.amazon\.payments\.paywithamazon\./, role: 'part', sdk: second },
    {
      name: /^com\.amazonservices\.mws\.offamazonpayments\.OffAmazonPaymentsService(?:Client)?$/,
      role: 'client',
      sdk: first,
    },
    {
      name: /^com\.amazonservices\.mws\.offamazonpaymentsipn\.\w*(?:NotificationsParser|Notifications?Client)$/,
      role: 'ipn-handler',
      sdk: first,
    },
    { name: /^com\.amazonservices\.mws\.offamazonpayments(?:ipn)?\./, role: 'part', sdk: first },
  ],
  lookAlikes: /^(?:com\.amazon\.pay\.api|software\.amazon\.pay)(?:\.|$)/,
  packages: [
    {
      name: 'com.amazon.pay:amazon-pay-java-sdk',
      what: 'the legacy SDK',
      repository: 'amzn/amazon-pay-sdk-java',
      file: 'amazon-pay-(?:java-sdk-)?\\d[\\w.-]*\\.jar',
    },
  ],
  methodCase: 'camel',
  helpers: { charge: null, getUserInfo: null, getPaymentDetails: 'GetOrderReferenceDetails' },
  v2: {
    dependency: 'software.amazon.pay:amazon-pay-api-sdk-java',
    install: 'Maven or Gradle: software.amazon.pay:amazon-pay-api-sdk-java:2.6.7',
    client: 'com.amazon.pay.api.WebstoreClient',
    construction: `PayConfiguration configuration = new PayConfiguration()
    .setPublicKeyId(System.getenv("AMAZON_PAY_PUBLIC_KEY_ID"))
    .setPrivateKey(System.getenv("AMAZON_PAY_PRIVATE_KEY"))
    .setRegion(Region.EU)
    .setEnvironment(Environment.LIVE);
WebstoreClient client = new WebstoreClient(configuration);`,
    calls: {
      createCharge: `JSONObject payload = new JSONObject()
    .put("chargePermissionId", chargePermissionId)
    .put("chargeAmount", new JSONObject().put("amount", amount).put("currencyCode", currencyCode))
    .put("captureNow", false)
    .put("canHandlePendingAuthorization", true);
AmazonPayResponse result = client.createCharge(payload, Map.of("x-amz-pay-idempotency-key", idempotencyKey));`,
      getCharge: 'AmazonPayResponse result = client.getCharge(chargeId);',
      captureCharge: `JSONObject payload = new JSONObject()
    .put("captureAmount", new JSONObject().put("amount", amount).put("currencyCode", currencyCode));
AmazonPayResponse result = client.captureCharge(chargeId, payload, Map.of("x-amz-pay-idempotency-key", idempotencyKey));`,
      cancelCharge:
        'AmazonPayResponse result = client.cancelCharge(chargeId, new JSONObject().put("cancellationReason", reason));',
      createRefund: `JSONObject payload = new JSONObject()
    .put("chargeId", chargeId)
    .put("refundAmount", new JSONObject().put("amount", amount).put("currencyCode", currencyCode));
AmazonPayResponse result = client.createRefund(payload, Map.of("x-amz-pay-idempotency-key", idempotencyKey));`,
      getRefund: 'AmazonPayResponse result = client.getRefund(refundId);',
      getChargePermission: 'AmazonPayResponse result = client.getChargePermission(chargePermissionId);',
      updateChargePermission: `JSONObject payload = new JSONObject()
    .put("merchantMetadata", new JSONObject().put("merchantReferenceId", orderNumber).put("noteToBuyer", note));
AmazonPayResponse result = client.updateChargePermission(chargePermissionId, payload);`,
      closeChargePermission: `JSONObject payload = new JSONObject().put("closureReason", reason).put("cancelPendingCharges", false);
AmazonPayResponse result = client.closeChargePermission(chargePermissionId, payload);`,
      getCheckoutSession: 'AmazonPayResponse result = client.getCheckoutSession(checkoutSessionId);',
      updateCheckoutSession: `JSONObject payload = new JSONObject()
    .put("webCheckoutDetails", new JSONObject().put("checkoutResultReturnUrl", returnUrl))
    .put("paymentDetails", new JSONObject()
        .put("paymentIntent", "Authorize")
        .put("chargeAmount", new JSONObject().put("amount", amount).put("currencyCode", currencyCode)));
AmazonPayResponse result = client.updateCheckoutSession(checkoutSessionId, payload);`,
      completeCheckoutSession: `JSONObject payload = new JSONObject()
    .put("chargeAmount", new JSONObject().put("amount", amount).put("currencyCode", currencyCode));
AmazonPayResponse result = client.completeCheckoutSession(checkoutSessionId, payload);`,
      getBuyer: 'AmazonPayResponse result = client.getBuyer(buyerToken);',
    },
    docs: 'https://github.com/amzn/amazon-pay-api-sdk-java',
    traps:
      'An error of the API is no exception any more: every catch of AmazonServiceException becomes a test of result.isSuccess(), and result.getResponse().getString("reasonCode") says why.',
  },
  notifications:
    'The v2 SDK has no NotificationFactory: verify the SNS signature (AWS SDK, SnsMessageManager), then GET the object that the message names.',
};
