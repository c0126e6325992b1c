import type { ForeignLanguage } from './types';

const second = 'gem amazon_pay';
const first = 'gem pay_with_amazon';

/** Facts: other-languages.md sections 1, 4 and 9; names of the v2 methods are likely: its verbs in the case of Ruby. */
export const ruby: ForeignLanguage = {
  name: 'ruby',
  title: 'Ruby',
  files: /\.(?:rb|rake|ru)$/i,
  separator: '::',
  classes: [
    { name: /^AmazonPay::Client$/, role: 'client', sdk: second },
    { name: /^AmazonPay::IpnHandler$/, role: 'ipn-handler', sdk: second },
    { name: /^AmazonPay::Response$/, role: 'response', sdk: second },
    { name: /^AmazonPay::Login$/, role: 'login', sdk: second },
    { name: /^AmazonPay::IpnWasNotAuthenticError$/, role: 'part', sdk: second },
    { name: /^PayWithAmazon::Client$/, role: 'client', sdk: first },
    { name: /^PayWithAmazon::IpnHandler$/, role: 'ipn-handler', sdk: first },
    { name: /^PayWithAmazon::Response$/, role: 'response', sdk: first },
    { name: /^PayWithAmazon::Login$/, role: 'login', sdk: first },
    { name: /^PayWithAmazon(?:::|$)/, role: 'part', sdk: first },
  ],
  // The v2 client is a class of the top level.
  lookAlikes: /^AmazonPayClient$/,
  packages: [
    { name: 'amazon_pay', what: 'the legacy SDK', repository: 'amzn/amazon-pay-sdk-ruby' },
    { name: 'pay_with_amazon', what: 'the legacy SDK under its older name' },
  ],
  methodCase: 'snake',
  helpers: { charge: null, get_login_profile: null, modify_order_attributes: 'SetOrderAttributes' },
  v2: {
    dependency: 'amazon-pay-api-sdk-ruby',
    install: "gem 'amazon-pay-api-sdk-ruby', '~> 2.0'",
    client: 'AmazonPayClient',
    construction: `client = AmazonPayClient.new(
  public_key_id: ENV.fetch('AMAZON_PAY_PUBLIC_KEY_ID'),
  private_key: ENV.fetch('AMAZON_PAY_PRIVATE_KEY'),
  region: 'eu',
  sandbox: false
)`,
    calls: {
      createCharge: `response = client.create_charge(
  {
    chargePermissionId: charge_permission_id,
    chargeAmount: { amount: amount, currencyCode: currency_code },
    captureNow: false,
    canHandlePendingAuthorization: true
  },
  headers: { 'x-amz-pay-idempotency-key' => idempotency_key }
)`,
      getCharge: 'response = client.get_charge(charge_id)',
      captureCharge: `response = client.capture_charge(
  charge_id,
  { captureAmount: { amount: amount, currencyCode: currency_code } },
  headers: { 'x-amz-pay-idempotency-key' => idempotency_key }
)`,
      cancelCharge: 'response = client.cancel_charge(charge_id, { cancellationReason: reason })',
      createRefund: `response = client.create_refund(
  { chargeId: charge_id, refundAmount: { amount: amount, currencyCode: currency_code } },
  headers: { 'x-amz-pay-idempotency-key' => idempotency_key }
)`,
      getRefund: 'response = client.get_refund(refund_id)',
      getChargePermission: 'response = client.get_charge_permission(charge_permission_id)',
      updateChargePermission: `response = client.update_charge_permission(
  charge_permission_id,
  { merchantMetadata: { merchantReferenceId: order_number, noteToBuyer: note } }
)`,
      closeChargePermission: `response = client.close_charge_permission(
  charge_permission_id,
  { closureReason: reason, cancelPendingCharges: false }
)`,
      getCheckoutSession: 'response = client.get_checkout_session(checkout_session_id)',
      updateCheckoutSession: `response = client.update_checkout_session(
  checkout_session_id,
  {
    webCheckoutDetails: { checkoutResultReturnUrl: return_url },
    paymentDetails: {
      paymentIntent: 'Authorize',
      chargeAmount: { amount: amount, currencyCode: currency_code }
    }
  }
)`,
      completeCheckoutSession: `response = client.complete_checkout_session(
  checkout_session_id,
  { chargeAmount: { amount: amount, currencyCode: currency_code } }
)`,
      getBuyer: 'response = client.get_buyer(buyer_token)',
    },
    likely: [
      'create_charge',
      'get_charge',
      'capture_charge',
      'cancel_charge',
      'create_refund',
      'get_refund',
      'get_charge_permission',
      'update_charge_permission',
      'close_charge_permission',
      'get_checkout_session',
      'update_checkout_session',
      'complete_checkout_session',
      'get_buyer',
    ],
    docs: 'https://github.com/amzn/amazon-pay-api-sdk-ruby',
    traps:
      'The answer is a Net::HTTPResponse, nil after repeated failures: test response.code.to_i for 2xx, then JSON.parse(response.body). Release 1 of the gem and the legacy gem both load as amazon_pay, so they cannot be used side by side: take release 2.',
  },
  notifications:
    'The v2 SDK has no handler: verify the SNS signature (aws-sdk-sns, Aws::SNS::MessageVerifier), then GET the object that the message names.',
};
