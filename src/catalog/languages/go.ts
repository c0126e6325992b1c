import type { ForeignLanguage } from './types';

const sdk = 'github.com/qor/amazon-pay-sdk-go';

/** Facts: other-languages.md sections 1, 7 and 9.4. There never was an official SDK. */
export const go: ForeignLanguage = {
  name: 'go',
  title: 'Go',
  files: /\.go$/i,
  separator: '.',
  classes: [
    { name: /^github\.com\/qor\/amazon-pay-sdk-go\.(?:AmazonPay|New)$/, role: 'client', sdk },
    { name: /^github\.com\/qor\/amazon-pay-sdk-go\.(?:VerifyIPNRequest|IPN)$/, role: 'ipn-handler', sdk },
    { name: /^github\.com\/qor\/amazon-pay-sdk-go(?:\.\w+)?$/, role: 'part', sdk },
  ],
  lookAlikes: /^github\.com\/(?:gotokatsuya|rokuosan)\//,
  packages: [{ name: sdk, what: 'a client of legacy MWS', repository: 'qor/amazon-pay-sdk-go' }],
  methodCase: 'pascal',
  helpers: { GetProfile: null, Post: null, VerifyIPNRequest: null },
  v2: null,
  withoutSdk:
    'Amazon has no v2 SDK for Go. Sign the requests yourself (crypto/rsa SignPSS over a canonical request) and send them with net/http. Review third-party modules before you trust them with payments: one seen makes a new idempotency key for each call, another retries with the same signed headers.',
  notifications:
    'There is no handler: verify the SNS signature with the certificate of Amazon (crypto/x509), then GET the object that the message names.',
};
