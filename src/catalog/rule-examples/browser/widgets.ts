import type { RuleExamples } from '../rule-example';
import { besidePage } from './beside';

export const widgetsExamples: RuleExamples = {
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
};
