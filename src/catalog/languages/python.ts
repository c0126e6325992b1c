import type { ForeignLanguage } from './types';

const second = 'amazon_pay for Python';
const first = 'pay_with_amazon for Python';

/** Facts: other-languages.md sections 1, 3 and 9.4; the older package and python-amazon-mws are likely. */
export const python: ForeignLanguage = {
  name: 'python',
  title: 'Python',
  files: /\.pyw?$/i,
  separator: '.',
  classes: [
    { name: /^amazon_pay\.client\.AmazonPayClient$/, role: 'client', sdk: second },
    { name: /^amazon_pay\.ipn_handler\.IpnHandler$/, role: 'ipn-handler', sdk: second },
    { name: /^amazon_pay\.payment_response\.\w+$/, role: 'response', sdk: second },
    { name: /^amazon_pay\.login_with_amazon\.LoginWithAmazon$/, role: 'login', sdk: second },
    {
      name: /^amazon_pay(?:\.(?:client|ipn_handler|payment_re\w+|login_with_amazon|ap_region|lwa_region)(?:\.\w+)*)?$/,
      role: 'part',
      sdk: second,
    },
    { name: /^pay_with_amazon\.client\.PayWithAmazonClient$/, role: 'client', sdk: first },
    { name: /^pay_with_amazon\.ipn_handler\.IpnHandler$/, role: 'ipn-handler', sdk: first },
    { name: /^pay_with_amazon(?:\.|$)/, role: 'part', sdk: first },
    { name: /^mws\.(?:\w+\.)*OffAmazonPayments$/, role: 'client', sdk: 'python-amazon-mws' },
  ],
  lookAlikes: /^AmazonPay(?:\.|$)/,
  packages: [
    {
      name: 'amazon_pay',
      what: 'the legacy SDK, which is no longer maintained',
      repository: 'amzn/amazon-pay-sdk-python',
    },
    { name: 'pay_with_amazon', what: 'the legacy SDK under its older name' },
  ],
  methodCase: 'snake',
  helpers: { charge: null, get_login_profile: null, get_payment_details: 'GetOrderReferenceDetails' },
  v2: null,
  withoutSdk:
    'Amazon has no v2 SDK for Python. Sign the requests yourself (RSASSA-PSS over a canonical request, with cryptography) and send them with requests; or let a service in a language with an SDK make the call. Review third-party packages before you trust them with payments.',
  notifications:
    'There is no handler: verify the SNS signature with the certificate of Amazon (cryptography), then GET the object that the message names.',
};
