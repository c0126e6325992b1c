import type { RuleExamples } from './rule-example';

/** The page that loads Widgets.js, which the code of an example runs in. */
const besidePage = {
  'layout.html': `<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/eur/lpa/js/Widgets.js"></script>
`,
} as const;

const reactManifest = `{ "name": "shop", "private": true, "dependencies": { "amazon-pay-react": "^0.9.0", "react": "^18.0.0" } }
`;

export const browserExamples: RuleExamples = {
  'browser/script': {
    file: 'cart.html',
    before: `<div id="pay"></div>
<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/eur/lpa/js/Widgets.js"></script>
`,
    writtenBy: 'migrate',
    after: `<div id="pay"></div>
<script src="https://static-eu.payments-amazon.com/checkout.js"></script>
`,
  },
  'browser/script-computed': {
    file: 'cart.php',
    before: `<?php
$widgets = 'https://static-eu.payments-amazon.com/OffAmazonPayments/eur/' . ($sandbox ? 'sandbox/' : '') . 'lpa/js/Widgets.js';
?>
<script src="<?= $widgets ?>"></script>
`,
    writtenBy: 'hand',
    after: `<?php
$script = 'https://static-eu.payments-amazon.com/checkout.js';
?>
<script src="<?= $script ?>"></script>
`,
  },
  'browser/button': {
    file: 'cart.html',
    before: `<div id="pay"></div>
<script>
  window.onAmazonPaymentsReady = function () {
    OffAmazonPayments.Button('pay', 'A1EXAMPLE', {
      type: 'PwA',
      color: 'Gold',
      language: 'en-GB',
      authorization: function () {
        amazon.Login.authorize({ scope: 'profile payments:widget payments:shipping_address' }, '/review');
      },
    });
  };
</script>
<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/gbp/lpa/js/Widgets.js"></script>
`,
    writtenBy: 'migrate',
    after: `<div id="pay"></div>
<script>
  whenAmazonPayIsLoaded(function () {
    // TODO(amazon-pay-v2) browser/button: productType PayAndShip because its scope asked for the shipping address; placement Cart by the name of the file; the buyer came back to '/review': let checkoutReviewReturnUrl lead there.
    // TODO(amazon-pay-v2) browser/button-callback: authorization: Amazon signs the buyer in; where the buyer comes back to is in the signed payload. The function is no longer called: see whether what it did is still needed.
    // TODO(amazon-pay-v2) browser/login-authorize: authorize: The buyer goes to Amazon and comes back to checkoutReviewReturnUrl; there is no popup and no token.
    // TODO(amazon-pay-v2) browser/button-option: scope: profile is name and email, postal_code is postalCode, payments:shipping_address is shippingAddress, payments:billing_address is billingAddress.
    requestAmazonPay('/amazon-pay/button', '#pay', function (button) {
      amazon.Pay.renderButton('#pay', {
        merchantId: 'A1EXAMPLE',
        publicKeyId: button.publicKeyId,
        ledgerCurrency: button.ledgerCurrency,
        sandbox: button.sandbox,
        checkoutLanguage: 'en_GB',
        productType: 'PayAndShip',
        placement: 'Cart',
        buttonColor: 'Gold',
        createCheckoutSessionConfig: button.createCheckoutSessionConfig,
      });
    });
  });

  // … functions that migrate adds here: whenAmazonPayIsLoaded, requestAmazonPay, tellAmazonPayFailed
</script>
<script src="https://static-eu.payments-amazon.com/checkout.js"></script>
`,
    byHand:
      'The page asks your server for the signed payload; migrate --scaffold writes that endpoint. Let its checkoutReviewReturnUrl lead to the page that authorize redirected to, settle the TODO comments, and load both in the sandbox.',
  },
  'browser/button-option': {
    file: 'cart.html',
    beside: besidePage,
    before: `<div id="pay"></div>
<script>
  OffAmazonPayments.Button('pay', 'A1EXAMPLE', {
    type: 'Pay',
    size: 'medium',
    useAmazonAddressBook: true,
  });
</script>
`,
    writtenBy: 'migrate',
    after: `<div id="pay"></div>
<script>
  // TODO(amazon-pay-v2) browser/button: productType PayAndShip because useAmazonAddressBook was true; placement Cart by the name of the file.
  // TODO(amazon-pay-v2) browser/button-option: size: The button fills its container: set width and height of the container in CSS.
  requestAmazonPay('/amazon-pay/button', '#pay', function (button) {
    amazon.Pay.renderButton('#pay', {
      merchantId: 'A1EXAMPLE',
      publicKeyId: button.publicKeyId,
      ledgerCurrency: button.ledgerCurrency,
      sandbox: button.sandbox,
      productType: 'PayAndShip',
      placement: 'Cart',
      createCheckoutSessionConfig: button.createCheckoutSessionConfig,
    });
  });

  // … functions that migrate adds here: requestAmazonPay, tellAmazonPayFailed
</script>
`,
  },
  'browser/button-callback': {
    file: 'cart.html',
    beside: besidePage,
    before: `<div id="pay"></div>
<script>
  OffAmazonPayments.Button('pay', 'A1EXAMPLE', {
    type: 'PwA',
    onSignIn: function (orderReference) {
      location.href = '/review?reference=' + orderReference.getAmazonOrderReferenceId();
    },
    onError: function (error) {
      console.log(error.getErrorCode());
    },
  });
</script>
`,
    writtenBy: 'migrate',
    after: `<div id="pay"></div>
<script>
  // TODO(amazon-pay-v2) browser/button: productType PayAndShip because nothing in this project says whether you ship; placement Cart by the name of the file; what onSignIn did belongs on the review page.
  // TODO(amazon-pay-v2) browser/button-callback: onSignIn: The buyer comes back to checkoutReviewReturnUrl with amazonCheckoutSessionId. The function is no longer called: see whether what it did is still needed.
  // TODO(amazon-pay-v2) browser/button-callback: onError: Amazon shows its errors on its own page; it is called when the request to your server fails, with the code RequestFailed.
  requestAmazonPay('/amazon-pay/button', '#pay', function (button) {
    amazon.Pay.renderButton('#pay', {
      merchantId: 'A1EXAMPLE',
      publicKeyId: button.publicKeyId,
      ledgerCurrency: button.ledgerCurrency,
      sandbox: button.sandbox,
      productType: 'PayAndShip',
      placement: 'Cart',
      createCheckoutSessionConfig: button.createCheckoutSessionConfig,
    });
  }, function (error) {
      console.log(error.getErrorCode());
    });

  // … functions that migrate adds here: requestAmazonPay, tellAmazonPayFailed
</script>
`,
  },
  'browser/express-button': {
    file: 'donate.html',
    beside: besidePage,
    before: `<div
  data-ap-widget-type="expressPaymentButton"
  data-ap-signature="c2lnbmF0dXJl"
  data-ap-seller-id="A1EXAMPLE"
  data-ap-access-key="AKIAEXAMPLE"
  data-ap-lwa-client-id="amzn1.application-oa2-client.example"
  data-ap-return-url="https://shop.example/thanks"
  data-ap-currency-code="USD"
  data-ap-amount="20"
  data-ap-note="A donation"
  data-ap-shipping-address-required="false"
  data-ap-payment-action="AuthorizeAndCapture"
></div>
`,
    writtenBy: 'hand',
    after: `<div id="donate"></div>
<script src="https://static-na.payments-amazon.com/checkout.js"></script>
<script>
  fetch('/amazon-pay/donation')
    .then((response) => response.json())
    .then((button) => {
      amazon.Pay.renderButton('#donate', {
        merchantId: 'A1EXAMPLE',
        publicKeyId: button.publicKeyId,
        ledgerCurrency: button.ledgerCurrency,
        sandbox: button.sandbox,
        productType: 'PayOnly',
        placement: 'Other',
        createCheckoutSessionConfig: button.createCheckoutSessionConfig,
      });
    });
</script>
`,
    byHand:
      'The server signs { storeId, webCheckoutDetails: { checkoutResultReturnUrl, checkoutMode: "ProcessOrder" }, paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount }, merchantMetadata: { noteToBuyer } } and completes the session where the buyer comes back. PayAndShip in this mode needs addressDetails; where the buyer chooses the address, take the normal flow.',
  },
  'browser/address-book': {
    file: 'review.html',
    beside: besidePage,
    before: `<div id="addressBookWidgetDiv"></div>
<script>
  new OffAmazonPayments.Widgets.AddressBook({
    sellerId: 'A1EXAMPLE',
    design: { designMode: 'responsive' },
  }).bind('addressBookWidgetDiv');
</script>
`,
    writtenBy: 'migrate',
    after: `<div id="addressBookWidgetDiv"></div>
<script>
  // TODO(amazon-pay-v2) browser/address-book: this shows the shipping address of the Checkout Session once the buyer is back; make it look as you like, in your language.
  showAmazonPaySession('address', 'addressBookWidgetDiv', []);

  // … functions that migrate adds here: showAmazonPaySession, requestAmazonPay, tellAmazonPayFailed
</script>
`,
  },
  'browser/wallet': {
    file: 'review.html',
    beside: besidePage,
    before: `<div id="walletWidgetDiv"></div>
<script>
  new OffAmazonPayments.Widgets.Wallet({
    sellerId: 'A1EXAMPLE',
    design: { designMode: 'responsive' },
  }).bind('walletWidgetDiv');
</script>
`,
    writtenBy: 'migrate',
    after: `<div id="walletWidgetDiv"></div>
<script>
  // TODO(amazon-pay-v2) browser/wallet: this shows the payment method of the Checkout Session once the buyer is back; make it look as you like, in your language.
  showAmazonPaySession('payment', 'walletWidgetDiv', []);

  // … functions that migrate adds here: showAmazonPaySession, requestAmazonPay, tellAmazonPayFailed
</script>
`,
  },
  'browser/consent': {
    file: 'subscribe.html',
    beside: besidePage,
    before: `<div id="consentWidgetDiv"></div>
<script>
  new OffAmazonPayments.Widgets.Consent({
    sellerId: 'A1EXAMPLE',
    amazonBillingAgreementId: agreementId,
    onConsent: function (status) {
      document.getElementById('place').disabled = status.getConsentStatus() !== 'true';
    },
  }).bind('consentWidgetDiv');
</script>
`,
    writtenBy: 'migrate',
    after: `<div id="consentWidgetDiv"></div>
<script>
  // TODO(amazon-pay-v2) browser/consent: the buyer consents on the page of Amazon; onConsent: runs once, with the Checkout Session, whose id is another than before; the signed payload needs chargePermissionType Recurring and a frequency in recurringMetadata, because this file makes agreements for later charges.
  // TODO(amazon-pay-v2) browser/widget-callback: onConsent: The buyer has consented on the page of Amazon.
  showAmazonPaySession('', 'consentWidgetDiv', [
    function (status) {
      document.getElementById('place').disabled = 'true' !== 'true';
    }
  ]);

  // … functions that migrate adds here: showAmazonPaySession, requestAmazonPay, tellAmazonPayFailed
</script>
`,
  },
  'browser/widget-option': {
    file: 'review.html',
    beside: besidePage,
    before: `<div id="walletWidgetDiv"></div>
<script>
  new OffAmazonPayments.Widgets.Wallet({
    sellerId: 'A1EXAMPLE',
    presentmentCurrency: 'USD',
  }).bind('walletWidgetDiv');
</script>
`,
    writtenBy: 'migrate',
    after: `<div id="walletWidgetDiv"></div>
<script>
  // TODO(amazon-pay-v2) browser/wallet: this shows the payment method of the Checkout Session once the buyer is back; make it look as you like, in your language.
  // TODO(amazon-pay-v2) browser/widget-option: presentmentCurrency: It is a field of the payload, when the session is created, in the EU and UK only.
  showAmazonPaySession('payment', 'walletWidgetDiv', []);

  // … functions that migrate adds here: showAmazonPaySession, requestAmazonPay, tellAmazonPayFailed
</script>
`,
  },
  'browser/widget-callback': {
    file: 'review.html',
    beside: besidePage,
    before: `<div id="addressBookWidgetDiv"></div>
<script>
  new OffAmazonPayments.Widgets.AddressBook({
    sellerId: 'A1EXAMPLE',
    onAddressSelect: function (orderReference) {
      loadShippingCosts();
    },
  }).bind('addressBookWidgetDiv');
</script>
`,
    writtenBy: 'migrate',
    after: `<div id="addressBookWidgetDiv"></div>
<script>
  // TODO(amazon-pay-v2) browser/address-book: this shows the shipping address of the Checkout Session once the buyer is back; make it look as you like, in your language; onAddressSelect: runs once, with the Checkout Session, whose id is another than before.
  // TODO(amazon-pay-v2) browser/widget-callback: onAddressSelect: A change reloads the review page: what depends on the address runs once there, when the session is shown.
  showAmazonPaySession('address', 'addressBookWidgetDiv', [
    function (orderReference) {
      loadShippingCosts();
    }
  ]);

  // … functions that migrate adds here: showAmazonPaySession, requestAmazonPay, tellAmazonPayFailed
</script>
`,
  },
  'browser/widget-method': {
    file: 'review.html',
    beside: besidePage,
    before: `<div id="walletWidgetDiv"></div>
<script>
  var wallet = new OffAmazonPayments.Widgets.Wallet({ sellerId: 'A1EXAMPLE' });
  wallet.bind('walletWidgetDiv');
  function setCurrency(currency) {
    wallet.setPresentmentCurrency(currency);
  }
</script>
`,
    writtenBy: 'migrate',
    after: `<div id="walletWidgetDiv"></div>
<script>
  // TODO(amazon-pay-v2) browser/wallet: this shows the payment method of the Checkout Session once the buyer is back; make it look as you like, in your language.
  var wallet = { bind: function (container) { showAmazonPaySession('payment', container, []); } };
  wallet.bind('walletWidgetDiv');
  function setCurrency(currency) {
    // TODO(amazon-pay-v2) browser/widget-method: setPresentmentCurrency: It is a field of the payload, when the session is created, in the EU and UK only.
  }

  // … functions that migrate adds here: showAmazonPaySession, requestAmazonPay, tellAmazonPayFailed
</script>
`,
  },
  'browser/confirmation-flow': {
    file: 'review.html',
    beside: besidePage,
    before: `<button id="place">Place order</button>
<script>
  document.getElementById('place').onclick = function () {
    OffAmazonPayments.initConfirmationFlow('A1EXAMPLE', orderReferenceId, function (flow) {
      fetch('/confirm', { method: 'POST' }).then(function (response) {
        if (response.ok) flow.success();
        else flow.error();
      });
    });
  };
</script>
`,
    writtenBy: 'migrate',
    after: `<button id="place">Place order</button>
<script>
  document.getElementById('place').onclick = function () {
    // TODO(amazon-pay-v2) browser/confirmation-flow: what this function asks of the server no longer confirms the order; success sends the buyer to Amazon, and the order is paid only once the server has completed the Checkout Session on the way back.
    confirmAmazonPaySession(function (flow) {
      fetch('/confirm', { method: 'POST' }).then(function (response) {
        if (response.ok) flow.success();
        else flow.error();
      });
    });
  };

  // … functions that migrate adds here: confirmAmazonPaySession, tellAmazonPayFailed
</script>
`,
  },
  'browser/ready-callback': {
    file: 'cart.html',
    before: `<script>
  window.onAmazonPaymentsReady = function () {
    document.getElementById('amazon').hidden = false;
  };
</script>
<script src="https://static-na.payments-amazon.com/OffAmazonPayments/us/js/Widgets.js"></script>
`,
    writtenBy: 'migrate',
    after: `<script>
  whenAmazonPayIsLoaded(function () {
    document.getElementById('amazon').hidden = false;
  });

  // … functions that migrate adds here: whenAmazonPayIsLoaded
</script>
<script src="https://static-na.payments-amazon.com/checkout.js"></script>
`,
  },
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
  'browser/loaded-check': {
    file: 'cart.js',
    beside: besidePage,
    before: `function draw() {
  if (typeof OffAmazonPayments === 'undefined') return setTimeout(draw, 100);
  document.getElementById('amazon').hidden = false;
}
draw();
`,
    writtenBy: 'migrate',
    after: `function draw() {
  if (typeof (window.amazon && window.amazon.Pay) === 'undefined') return setTimeout(draw, 100);
  document.getElementById('amazon').hidden = false;
}
draw();
`,
  },
  'browser/global': {
    file: 'store.js',
    beside: besidePage,
    before: `store.dispatch({ type: 'LOADED', payments: window.OffAmazonPayments });
`,
    writtenBy: 'hand',
    after: `store.dispatch({ type: 'LOADED', payments: amazon.Pay });
`,
    byHand:
      'First look for what is called on it where it arrives (here every use of state.payments), since amazon.Pay has other methods; then change both together.',
  },
  'browser/declaration': {
    file: 'src/globals.ts',
    beside: besidePage,
    before: `declare const OffAmazonPayments: any;

export function logout(): void {
  amazon.Login.logout();
}

export function isLoaded(): boolean {
  return typeof OffAmazonPayments !== 'undefined';
}
`,
    writtenBy: 'migrate',
    after: `declare const amazon: {
  Pay: {
    renderButton(selector: string, options: object): unknown;
    bindChangeAction(selector: string, options: object): void;
    signout(): void;
  };
};

export function logout(): void {
  amazon.Pay.signout();
}

export function isLoaded(): boolean {
  return typeof (window as any).amazon?.Pay !== 'undefined';
}
`,
  },
  'browser/stand-in': {
    file: 'test/pay.spec.js',
    beside: besidePage,
    before: `beforeEach(() => {
  window.OffAmazonPayments = { Button: jest.fn(), Widgets: {} };
});
`,
    writtenBy: 'hand',
    after: `beforeEach(() => {
  window.amazon = { Pay: { renderButton: jest.fn(), bindChangeAction: jest.fn(), signout: jest.fn() } };
});
`,
    byHand:
      'Or load checkout.js of the emulator in the test: it draws a button and takes a buyer through pages of its own.',
  },
  'browser/component-library': {
    file: 'src/Pay.jsx',
    beside: { 'package.json': reactManifest },
    before: `import { AmazonPayButton } from 'amazon-pay-react';

export const Pay = () => <AmazonPayButton sellerId="A1EXAMPLE" />;
`,
    writtenBy: 'hand',
    after: `import { useEffect } from 'react';

export function Pay() {
  useEffect(() => {
    const script = document.createElement('script');
    script.src = 'https://static-eu.payments-amazon.com/checkout.js';
    script.onload = async () => {
      const button = await (await fetch('/amazon-pay/button')).json();
      window.amazon.Pay.renderButton('#AmazonPayButton', {
        merchantId: 'A1EXAMPLE',
        publicKeyId: button.publicKeyId,
        ledgerCurrency: button.ledgerCurrency,
        sandbox: button.sandbox,
        productType: 'PayAndShip',
        placement: 'Cart',
        createCheckoutSessionConfig: button.createCheckoutSessionConfig,
      });
    };
    document.head.append(script);
  }, []);
  return <div id="AmazonPayButton" />;
}
`,
  },
  'browser/content-security-policy': {
    file: 'page.php',
    before: `<?php
header("Content-Security-Policy: script-src 'self' https://static-eu.payments-amazon.com/OffAmazonPayments/");
?>
<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/eur/lpa/js/Widgets.js"></script>
`,
    writtenBy: 'hand',
    after: `<?php
header("Content-Security-Policy: script-src 'self' https://static-eu.payments-amazon.com");
?>
<script src="https://static-eu.payments-amazon.com/checkout.js"></script>
`,
    byHand:
      'Amazon publishes no list of the hosts that checkout.js loads from: run the page with Content-Security-Policy-Report-Only first, and read what is reported.',
  },
  'browser/unread': {
    file: 'cart.tpl',
    before: `<script>
  OffAmazonPayments.Button('pay', 'A1EXAMPLE' {if $express} , { type: 'PwA' ){/if};
</script>
`,
    writtenBy: 'hand',
    after: `<script src="https://static-eu.payments-amazon.com/checkout.js"></script>
<script>
  fetch('/amazon-pay/button')
    .then(function (response) { return response.json(); })
    .then(function (button) {
      amazon.Pay.renderButton('#pay', {
        merchantId: 'A1EXAMPLE',
        publicKeyId: button.publicKeyId,
        ledgerCurrency: button.ledgerCurrency,
        sandbox: button.sandbox,
        productType: 'PayAndShip',
        placement: 'Cart',
        createCheckoutSessionConfig: button.createCheckoutSessionConfig,
      });
    });
</script>
`,
  },
};
