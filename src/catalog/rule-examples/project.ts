import { besideClient, plainManifest, type RuleExamples } from './rule-example';

const refund = `const client = require('./amazon-pay');

exports.refund = (order, done) => {
  client.offAmazonPayments.getRefundDetails({ AmazonRefundId: order.refundId }, (err, result) => {
    if (err) return done(err);
    done(null, result.RefundDetails.RefundStatus.State);
  });
};
`;

export const projectExamples: RuleExamples = {
  'dependency/legacy-client': {
    file: 'package.json',
    beside: { ...besideClient, 'refund.js': refund },
    before: plainManifest,
    writtenBy: 'migrate',
    after: `{
  "name": "shop",
  "private": true,
  "dependencies": {
    "@amazonpay/amazon-pay-api-sdk-nodejs": "^2.3.4",
    "express": "^4.18.0"
  }
}
`,
  },
  'dependency/v2-sdk': {
    file: 'package.json',
    beside: { ...besideClient, 'refund.js': refund },
    before: plainManifest,
    writtenBy: 'migrate',
    after: `{
  "name": "shop",
  "private": true,
  "dependencies": {
    "@amazonpay/amazon-pay-api-sdk-nodejs": "^2.3.4",
    "express": "^4.18.0"
  }
}
`,
    byHand: 'The lock file is your package manager’s: run npm install (or yarn, pnpm, bun) once after migrating.',
  },
  'dependency/install-command': {
    file: 'Dockerfile',
    before: `FROM node:20
WORKDIR /shop
COPY server.js .
RUN npm install express amazon-payments@0.2
`,
    writtenBy: 'hand',
    after: `FROM node:20
WORKDIR /shop
COPY server.js .
RUN npm install express @amazonpay/amazon-pay-api-sdk-nodejs@^2.3.4
`,
  },
  'dependency/named-package': {
    file: 'webpack.config.js',
    before: `module.exports = {
  target: 'node',
  entry: './server.js',
  externals: { express: 'commonjs express', 'amazon-payments': 'commonjs amazon-payments' },
};
`,
    writtenBy: 'hand',
    after: `module.exports = {
  target: 'node',
  entry: './server.js',
  externals: {
    express: 'commonjs express',
    '@amazonpay/amazon-pay-api-sdk-nodejs': 'commonjs @amazonpay/amazon-pay-api-sdk-nodejs',
  },
};
`,
  },
  'dependency/only-for-legacy': {
    file: 'package.json',
    beside: {
      'mws.js': `const crypto = require('crypto');
const { parseString } = require('xml2js');

const PATH = '/OffAmazonPayments/2013-01-01';

exports.getRefund = (id, send, done) => {
  const text = 'AWSAccessKeyId=K&Action=GetRefundDetails&AmazonRefundId=' + id + '&SignatureVersion=2';
  const signature = crypto.createHmac('sha256', process.env.MWS_SECRET_KEY).update('POST\\nmws.amazonservices.com\\n' + PATH + '\\n' + text).digest('base64');
  send('https://mws.amazonservices.com' + PATH, text + '&Signature=' + encodeURIComponent(signature), (err, xml) => (err ? done(err) : parseString(xml, done)));
};
`,
    },
    before: `{
  "name": "shop",
  "private": true,
  "dependencies": {
    "express": "^4.18.0",
    "xml2js": "^0.6.2"
  }
}
`,
    writtenBy: 'hand',
    after: `{
  "name": "shop",
  "private": true,
  "dependencies": {
    "express": "^4.18.0"
  }
}
`,
    byHand: 'Only when no file that loads it is left: the message names the ones that were found.',
  },
  'configuration/legacy-key': {
    file: '.env.example',
    before: `AMAZON_SELLER_ID=A1EXAMPLE
MWS_ACCESS_KEY=
MWS_SECRET_KEY=
AMAZON_CLIENT_ID=amzn1.application-oa2-client.example
`,
    writtenBy: 'hand',
    after: `AMAZON_PAY_MERCHANT_ID=A1EXAMPLE
AMAZON_PAY_STORE_ID=amzn1.application-oa2-client.example
AMAZON_PAY_PUBLIC_KEY_ID=
AMAZON_PAY_PRIVATE_KEY=
AMAZON_PAY_REGION=eu
AMAZON_PAY_SANDBOX=false
`,
    beside: besideClient,
    byHand:
      'Until the cutover both sets stand side by side: the old ones are needed as long as anything legacy runs, and for a rollback. The seller id becomes the merchant id, the client id becomes the store id; the values stay.',
  },
  'configuration/endpoint': {
    file: 'settings.ini',
    before: `[amazon]
endpoint = https://mws-eu.amazonservices.com/OffAmazonPayments_Sandbox/2013-01-01
`,
    writtenBy: 'hand',
    after: `[amazon]
region = eu
sandbox = true
`,
  },
  'configuration/new-credentials': {
    file: '.env.example',
    beside: { ...besideClient, 'refund.js': refund },
    before: `AMAZON_SELLER_ID=A1EXAMPLE
MWS_ACCESS_KEY=
MWS_SECRET_KEY=
`,
    writtenBy: 'hand',
    after: `AMAZON_SELLER_ID=A1EXAMPLE
MWS_ACCESS_KEY=
MWS_SECRET_KEY=
AMAZON_PAY_PUBLIC_KEY_ID=
AMAZON_PAY_PRIVATE_KEY=
`,
    byHand:
      'AMAZON_PAY_PRIVATE_KEY is the PEM itself, not the path of a file. Keep it where your other secrets are, never in the repository.',
  },
  'unclaimed/legacy-code': {
    file: 'lib/capture.tcl',
    before: `package require http

set parameters [sign [list Action Capture AmazonAuthorizationId $id]]
set answer [http::geturl https://mws.amazonservices.com/OffAmazonPayments/2013-01-01 -query $parameters]
`,
    writtenBy: 'hand',
    after: `package require http

# The Charge id: the 21st character, A, becomes C. Anything else is refused.
if {![regexp {^([PS]\\d{2}-\\d{7}-\\d{7})-A(\\d{6})$} $id -> order number]} { error "No authorization id: $id" }
set path /v2/charges/$order-C$number/capture
set headers [signedHeaders POST $path $body [idempotencyKey Capture $reference]]
set answer [http::geturl https://pay-api.amazon.com$path -method POST -headers $headers -query $body]
`,
    byHand:
      'Where Amazon has a v2 SDK for the language (PHP, Java, .NET), take it: it signs. Elsewhere every request is signed with RSASSA-PSS, which is more work than the call itself.',
  },
  'bundle/legacy-copy': {
    file: 'public/pay.min.js',
    before: `!function(e){e.onAmazonPaymentsReady=function(){OffAmazonPayments.Button("pay","A1EXAMPLE",{type:"PwA",authorization:function(){amazon.Login.authorize({scope:"profile payments:widget"},"/checkout")}})}}(window);
`,
    writtenBy: 'hand',
    after: `!function(e){e.fetch("/amazon-pay/button").then(function(n){return n.json()}).then(function(n){amazon.Pay.renderButton("#pay",{merchantId:"A1EXAMPLE",publicKeyId:n.publicKeyId,ledgerCurrency:n.ledgerCurrency,sandbox:n.sandbox,productType:"PayAndShip",placement:"Cart",createCheckoutSessionConfig:n.createCheckoutSessionConfig})})}(window);
`,
    byHand: 'Migrate the sources, then build. Nothing is ever edited in a built file.',
  },
};
