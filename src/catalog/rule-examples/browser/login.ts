import type { RuleExamples } from '../rule-example';
import { besidePage } from './beside';

export const loginExamples: RuleExamples = {
  'browser/login-setup': {
    file: 'cart.html',
    before: `<script>
  window.onAmazonLoginReady = function () {
    amazon.Login.setClientId('amzn1.application-oa2-client.example');
    amazon.Login.setUseCookie(true);
  };
</script>
<script src="https://static-na.payments-amazon.com/OffAmazonPayments/us/js/Widgets.js"></script>
`,
    writtenBy: 'migrate',
    after: `<script>
</script>
<script src="https://static-na.payments-amazon.com/checkout.js"></script>
`,
  },
  'browser/login-authorize': {
    file: 'account.js',
    beside: besidePage,
    before: `document.getElementById('checkout').onclick = function () {
  amazon.Login.authorize({ scope: 'profile payments:widget payments:shipping_address' }, 'https://shop.example/review');
};
`,
    writtenBy: 'hand',
    after: `document.getElementById('checkout').onclick = async function () {
  const button = await (await fetch('/amazon-pay/button')).json();
  amazon.Pay.initCheckout({
    merchantId: 'A1EXAMPLE',
    publicKeyId: button.publicKeyId,
    ledgerCurrency: button.ledgerCurrency,
    sandbox: button.sandbox,
    productType: 'PayAndShip',
    placement: 'Cart',
    createCheckoutSessionConfig: button.createCheckoutSessionConfig,
  });
};
`,
    byHand:
      'The fields of initCheckout are those of renderButton without its looks; that is likely, not confirmed by Amazon in every detail. The redirect URL becomes checkoutReviewReturnUrl of the payload, an absolute https address of a registered domain.',
  },
  'browser/login-profile': {
    file: 'account.js',
    beside: besidePage,
    before: `function onLogin(response) {
  amazon.Login.retrieveProfile(response.access_token, function (answer) {
    document.getElementById('name').textContent = answer.profile.Name;
  });
}
`,
    writtenBy: 'hand',
    after: `// The server asked getBuyer(buyerToken) at the signInReturnUrl, and put the name into the session.
async function showName() {
  const buyer = await (await fetch('/account/buyer')).json();
  document.getElementById('name').textContent = buyer.name;
}
`,
  },
  'browser/logout': {
    file: 'logout.js',
    beside: besidePage,
    before: `document.getElementById('logout').onclick = function () {
  amazon.Login.logout();
  location.href = '/';
};
`,
    writtenBy: 'migrate',
    after: `document.getElementById('logout').onclick = function () {
  amazon.Pay.signout();
  location.href = '/';
};
`,
  },
  'browser/access-token': {
    file: 'review.js',
    beside: besidePage,
    before: `const token = /[?&]access_token=([^&]+)/.exec(location.href)[1];
document.cookie = 'amazon_Login_accessToken=' + token;
fetch('/address?token=' + token);
`,
    writtenBy: 'hand',
    after: `const sessionId = new URLSearchParams(location.search).get('amazonCheckoutSessionId');
fetch('/amazon-pay/session?amazonCheckoutSessionId=' + encodeURIComponent(sessionId));
`,
  },
  'browser/buyer-return': {
    file: 'routes/return.js',
    beside: { 'public/cart.js': `OffAmazonPayments.initConfirmationFlow(sellerId, orderReferenceId, confirm);\n` },
    before: `module.exports = (app, orders) => {
  app.get('/checkout/authenticated', (req, res) => {
    const { AuthenticationStatus, orderReferenceId } = req.query;
    if (AuthenticationStatus !== 'Success') return res.redirect('/cart');
    orders.place(orderReferenceId).then(() => res.redirect('/thanks'));
  });
};
`,
    writtenBy: 'hand',
    after: `module.exports = (app, orders) => {
  app.get('/checkout/result', (req, res) => {
    // Completes the Checkout Session; the order is paid only when that resolves.
    orders.complete(req.query.amazonCheckoutSessionId).then(
      () => res.redirect('/thanks'),
      () => res.redirect('/cart'),
    );
  });
};
`,
  },
  'browser/access-token-cookie': {
    file: 'logout.js',
    beside: besidePage,
    before: `document.getElementById('logout').onclick = function () {
  amazon.Login.logout();
  document.cookie = 'amazon_Login_accessToken=; expires=Thu, 01 Jan 1970 00:00:00 GMT';
  location.href = '/';
};
`,
    writtenBy: 'migrate',
    after: `document.getElementById('logout').onclick = function () {
  amazon.Pay.signout();
  location.href = '/';
};
`,
  },
};
