import { readLegacy } from '../../../codemods/scaffold/legacy/read-legacy';
import { languageOf } from '../run-codemod';
import { scaffold } from './scaffold-project';

/** What the scaffold takes from the legacy code, and what it says where nothing tells. */
const read = (files: Readonly<Record<string, string>>) =>
  readLegacy(Object.entries(files).map(([path, text]) => ({ path, text, language: languageOf(path) })));

const AUTHORIZE = "client.authorize({ AmazonOrderReferenceId: id, AuthorizationReferenceId: 'a'";

test.each<[name: string, text: string, intent: string, because: RegExp | undefined]>([
  ['nothing', '', 'Authorize', undefined],
  ['an authorization alone', `${AUTHORIZE} });`, 'Authorize', /^pay\.js:1 authorizes, and nothing there captures$/],
  [
    'CaptureNow',
    `pay();\n${AUTHORIZE}, CaptureNow: true });`,
    'AuthorizeWithCapture',
    /^pay\.js:2 says CaptureNow true$/,
  ],
  ['CaptureNow as text', `${AUTHORIZE}, "CaptureNow": "true" });`, 'AuthorizeWithCapture', /CaptureNow true/],
  [
    'CaptureNow of PHP',
    "$p = ['authorization_reference_id' => 1, 'capture_now' => true];",
    'AuthorizeWithCapture',
    /true/,
  ],
  ['CaptureNow of Java', 'request.setCaptureNow(true);', 'AuthorizeWithCapture', /CaptureNow true/],
  ['CaptureNow: false', `${AUTHORIZE}, CaptureNow: false });`, 'Authorize', /CaptureNow false/],
  [
    'both',
    `${AUTHORIZE}, CaptureNow: false });\nrenew({ CaptureNow: true });`,
    'Authorize',
    /^pay\.js:2 says CaptureNow true, but pay\.js:1 says CaptureNow false: decide/,
  ],
  [
    'a capture right after it',
    `function pay(order) {\n  ${AUTHORIZE} }, function (error, answer) {\n    if (error) {\n      fail();\n    }\n    client.capture({ CaptureReferenceId: 'c' });\n  });\n}`,
    'AuthorizeWithCapture',
    /^pay\.js:6 captures right after the authorization$/,
  ],
  [
    'a capture in another function',
    `function pay(order) {\n  ${AUTHORIZE} });\n}\nfunction ship(order) {\n  client.capture({ CaptureReferenceId: 'c' });\n}`,
    'Authorize',
    /nothing there captures/,
  ],
  [
    'a capture in another route',
    `app.post('/pay', (req) => {\n  ${AUTHORIZE} });\n});\napp.post('/ship', (req) => {\n  client.capture({ CaptureReferenceId: 'c' });\n});`,
    'Authorize',
    /nothing there captures/,
  ],
])('the intent of %s', (_, text, intent, because) => {
  const { paymentIntent } = read({ 'pay.js': text });
  expect(paymentIntent.value).toBe(intent);
  if (because === undefined) expect(paymentIntent.because).toBeUndefined();
  else expect(paymentIntent.because).toMatch(because);
});

const WIDGET = "new OffAmazonPayments.Widgets.Wallet({ sellerId: 'A1' }).bind('w');";

test.each<
  [name: string, files: Record<string, string>, pages: Record<string, [value: string, because: RegExp | undefined]>]
>([
  [
    'nothing',
    { 'views/checkout.ejs': `<script>${WIDGET}</script>` },
    { cart: ['/cart', undefined], review: ['/checkout/review', undefined], thankYou: ['/thank-you', undefined] },
  ],
  [
    'static files',
    {
      'public/pay/checkout.html': `<script>${WIDGET}</script>`,
      'public/basket.html': '<script>OffAmazonPayments.Button()</script>',
      'public/thanks.html': '',
    },
    {
      cart: ['/basket.html', /^public\/basket\.html answers it$/],
      review: ['/pay/checkout.html', /^public\/pay\/checkout\.html answers it$/],
      thankYou: ['/thanks.html', /^public\/thanks\.html/],
    },
  ],
  [
    'routes that show templates',
    {
      'views/checkout.ejs': `<script>${WIDGET}</script>`,
      'server.js':
        "app.get('/api/cart', cart);\napp.get('/shopping-cart', (req, res) => res.render('cart'));\napp.get('/pay', (req, res) => {\n  res.render('checkout');\n});\napp.get('/order/complete', done);\napp.get('/success', done);\n",
    },
    {
      cart: ['/shopping-cart', /^server\.js:2 answers it$/],
      review: ['/pay', /^server\.js:3 answers it$/],
      thankYou: ['/order/complete', /^server\.js:6 answers it; so do \/success \(server\.js:7\)$/],
    },
  ],
  [
    'pages of Next',
    { 'src/app/(shop)/checkout/page.tsx': WIDGET, 'src/app/cart/page.tsx': '', 'pages/order/[id].jsx': '' },
    { review: ['/checkout', /page\.tsx/], cart: ['/cart', /cart\/page\.tsx/] },
  ],
  [
    'pages of Nuxt',
    { 'pages/checkout/index.vue': `<script>${WIDGET}</script>` },
    { review: ['/checkout', /index\.vue/] },
  ],
  ['a test', { 'test/cart.spec.js': "page.route('/cart');" }, { cart: ['/cart', undefined] }],
])('the pages of %s', (_, files, expected) => {
  const { pages } = read(files);
  for (const [name, [value, because]] of Object.entries(expected)) {
    const guess = pages[name as keyof typeof pages];
    expect([name, guess.value]).toEqual([name, value]);
    if (because === undefined) expect(guess.because).toBeUndefined();
    else expect(guess.because).toMatch(because);
  }
});

it('says in the code from what, and leaves open only what nothing says', async () => {
  const { files, findings } = await scaffold({
    'package.json': '{ "dependencies": { "express": "^4.18.0" } }',
    'server.js': `const express = require('express');\nconst app = express();\napp.get('/cart', show);\n${AUTHORIZE}, CaptureNow: true });\n`,
  });
  const orders = files.get('amazon-pay/orders.js') ?? '';
  expect(orders).toContain("  // server.js:3 answers it.\n  cartPage: '/cart',");
  expect(orders).toMatch(
    /TODO\(amazon-pay-v2\) scaffold\/pages: name the page on which the buyer agrees.*\n {2}reviewPage/,
  );
  expect(orders).toMatch(
    /scaffold\/payment-intent: .*server\.js:4 says CaptureNow true\.\n {2}paymentIntent: 'AuthorizeWithCapture'/,
  );
  expect(findings.filter(({ rule }) => rule === 'scaffold/pages')).toHaveLength(2);
});
