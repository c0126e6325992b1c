import type { RuleExamples } from '../rule-example';
import { besidePage } from './beside';

export const scriptExamples: RuleExamples = {
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
