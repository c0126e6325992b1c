import type { ForeignLanguage } from './types';

/** What code has in it that uses the second or third generation, or that receives notifications by the first. */
export const phpEvidence = /\b(?:AmazonPay|PayWithAmazon)\\|\bOffAmazonPaymentsNotifications_Client\b/i;

const third = 'amzn/amazon-pay-sdk-php';
const second = 'amzn/login-and-pay-with-amazon-sdk-php 2';
const first = 'OffAmazonPaymentsService for PHP';

/** Facts: other-languages.md sections 1, 2 and 9. */
export const php: ForeignLanguage = {
  name: 'php',
  title: 'PHP',
  files: /\.(?:php[3-8]?|phtml|inc|module|ctp)$/i,
  separator: '\\',
  classes: [
    { name: /^AmazonPay\\Client(?:Interface)?$/, role: 'client', sdk: third },
    { name: /^AmazonPay\\IpnHandler(?:Interface)?$/, role: 'ipn-handler', sdk: third },
    { name: /^AmazonPay\\Response(?:Parser|Interface)$/, role: 'response', sdk: third },
    { name: /^AmazonPay\\(?:HttpCurl(?:Interface)?|Regions|Signature)$/, role: 'part', sdk: third },
    { name: /^PayWithAmazon\\Client(?:Interface)?$/, role: 'client', sdk: second },
    { name: /^PayWithAmazon\\IpnHandler(?:Interface)?$/, role: 'ipn-handler', sdk: second },
    { name: /^PayWithAmazon\\Response(?:Parser|Interface)$/, role: 'response', sdk: second },
    { name: /^PayWithAmazon\\/, role: 'part', sdk: second },
    { name: /^OffAmazonPaymentsService_(?:Client|Interface)$/, role: 'client', sdk: first },
    { name: /^OffAmazonPaymentsService_Model_\w+(?:Response|Result)$/, role: 'response', sdk: first },
    { name: /^OffAmazonPaymentsNotifications_(?:Client|Interface)$/, role: 'ipn-handler', sdk: first },
    { name: /^OffAmazonPayments(?:Service|Notifications)_/, role: 'part', sdk: first },
  ],
  lookAlikes: /^Amazon\\Pay\\API(?:\\|$)/,
  packages: [
    { name: 'amzn/amazon-pay-sdk-php', what: 'the legacy SDK', repository: 'amzn/amazon-pay-sdk-php' },
    {
      name: 'amzn/login-and-pay-with-amazon-sdk-php',
      what: 'the legacy SDK under its older name',
      repository: 'amzn/login-and-pay-with-amazon-sdk-php',
    },
    { name: 'jsuggs/amazon-mws-login-and-pay', what: 'a copy of the first legacy SDK' },
    { name: 'blubolt/login-and-pay-with-amazon-sdk-php', what: 'a copy of the first legacy SDK' },
  ],
  methodCase: 'camel',
  helpers: { charge: null, getUserInfo: null },
  v2: {
    dependency: 'amzn/amazon-pay-api-sdk-php',
    install: 'composer require amzn/amazon-pay-api-sdk-php:^2',
    client: 'Amazon\\Pay\\API\\Client',
    construction: `$client = new \\Amazon\\Pay\\API\\Client([
    'public_key_id' => getenv('AMAZON_PAY_PUBLIC_KEY_ID'),
    'private_key' => getenv('AMAZON_PAY_PRIVATE_KEY'),
    'region' => 'eu',
    'sandbox' => false,
]);`,
    calls: {
      createCharge: `$result = $client->createCharge([
    'chargePermissionId' => $chargePermissionId,
    'chargeAmount' => ['amount' => $amount, 'currencyCode' => $currencyCode],
    'captureNow' => false,
    'canHandlePendingAuthorization' => true,
], ['x-amz-pay-idempotency-key' => $idempotencyKey]);`,
      getCharge: '$result = $client->getCharge($chargeId);',
      captureCharge: `$result = $client->captureCharge($chargeId, [
    'captureAmount' => ['amount' => $amount, 'currencyCode' => $currencyCode],
], ['x-amz-pay-idempotency-key' => $idempotencyKey]);`,
      cancelCharge: "$result = $client->cancelCharge($chargeId, ['cancellationReason' => $reason]);",
      createRefund: `$result = $client->createRefund([
    'chargeId' => $chargeId,
    'refundAmount' => ['amount' => $amount, 'currencyCode' => $currencyCode],
], ['x-amz-pay-idempotency-key' => $idempotencyKey]);`,
      getRefund: '$result = $client->getRefund($refundId);',
      getChargePermission: '$result = $client->getChargePermission($chargePermissionId);',
      updateChargePermission: `$result = $client->updateChargePermission($chargePermissionId, [
    'merchantMetadata' => ['merchantReferenceId' => $orderNumber, 'noteToBuyer' => $note],
]);`,
      closeChargePermission: `$result = $client->closeChargePermission($chargePermissionId, [
    'closureReason' => $reason,
    'cancelPendingCharges' => false,
]);`,
      getCheckoutSession: '$result = $client->getCheckoutSession($checkoutSessionId);',
      updateCheckoutSession: `$result = $client->updateCheckoutSession($checkoutSessionId, [
    'webCheckoutDetails' => ['checkoutResultReturnUrl' => $returnUrl],
    'paymentDetails' => [
        'paymentIntent' => 'Authorize',
        'chargeAmount' => ['amount' => $amount, 'currencyCode' => $currencyCode],
    ],
    'merchantMetadata' => ['merchantReferenceId' => $orderNumber],
]);`,
      completeCheckoutSession: `$result = $client->completeCheckoutSession($checkoutSessionId, [
    'chargeAmount' => ['amount' => $amount, 'currencyCode' => $currencyCode],
]);`,
      getBuyer: '$result = $client->getBuyer($buyerToken);',
    },
    docs: 'https://github.com/amzn/amazon-pay-api-sdk-php',
    traps:
      "The answer is an array: test $result['status'] (an integer) for 2xx, then json_decode($result['response'], true). A decline is often no 2xx.",
  },
  notifications:
    'The v2 SDK has no handler: verify the SNS signature with a validator (aws/aws-php-sns-message-validator), then GET the object that the message names.',
};
