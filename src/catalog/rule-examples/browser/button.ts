import type { RuleExamples } from '../rule-example';
import { besidePage } from './beside';

export const buttonExamples: RuleExamples = {
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
};
