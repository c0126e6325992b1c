/** What legacy Amazon Pay looks like in a shop, one of each kind; `padding` is the code that fills the rest of the file. */
const manifest = (name) =>
  `${JSON.stringify({ name, version: '1.0.0', dependencies: { 'amazon-payments': '^0.2.9', express: '^4.19.2' } }, null, 2)}\n`;

export const legacySnippets = [
  { file: 'package.json', padded: false, text: manifest('generated-shop') },
  {
    file: 'capture.js',
    padding: 'js',
    text: `const amazonPayments = require('amazon-payments');
const payment = amazonPayments.connect({
  environment: amazonPayments.Environment.Sandbox,
  sellerId: process.env.SELLER_ID,
  mwsAccessKey: process.env.MWS_ACCESS_KEY,
  mwsSecretKey: process.env.MWS_SECRET_KEY,
  clientId: process.env.CLIENT_ID,
});

export function captureOrder(order, done) {
  payment.offAmazonPayments.capture(
    {
      AmazonAuthorizationId: order.authorizationId,
      CaptureReferenceId: order.reference,
      CaptureAmount: { Amount: order.total, CurrencyCode: 'EUR' },
    },
    (error, result) => {
      if (error) return done(error);
      done(null, result.CaptureDetails.CaptureStatus.State === 'Completed');
    },
  );
}

`,
  },
  {
    file: 'refund.ts',
    padding: 'ts',
    text: `import { connect, Environment } from 'amazon-payments';
import { promisify } from 'util';

const client = connect({ environment: Environment.ProductionEU, sellerId: 'A1', mwsAccessKey: process.env.MWS_ACCESS_KEY, mwsSecretKey: process.env.MWS_SECRET_KEY, clientId: 'c' });
const refund = promisify(client.offAmazonPayments.refund).bind(client.offAmazonPayments);

export async function refundCapture(captureId: string, amount: string, reference: string) {
  const { RefundDetails } = await refund({ AmazonCaptureId: captureId, RefundReferenceId: reference, RefundAmount: { Amount: amount, CurrencyCode: 'EUR' } });
  return RefundDetails.RefundStatus.State;
}

`,
  },
  {
    file: 'mws.js',
    padding: 'js',
    text: `import { createHmac } from 'node:crypto';

export function sign(parameters, secret) {
  const query = Object.keys(parameters).sort().map((key) => key + '=' + encodeURIComponent(parameters[key])).join('&');
  return createHmac('sha256', secret).update('POST\\nmws.amazonservices.com\\n/OffAmazonPayments/2013-01-01\\n' + query).digest('base64');
}

export const authorize = (execute, id, amount) =>
  execute('Authorize', { AmazonOrderReferenceId: id, 'AuthorizationAmount.Amount': amount, 'AuthorizationAmount.CurrencyCode': 'USD', Version: '2013-01-01' });

`,
  },
  {
    file: 'ipn.js',
    padding: 'js',
    text: `export function handleNotification(payment, request, response) {
  payment.parseSNSResponse(JSON.parse(request.body), (error, message) => {
    if (error) return response.sendStatus(400);
    switch (message.NotificationType) {
      case 'PaymentCapture':
        request.orders.markPaid(message.NotificationData.CaptureReferenceId);
    }
    response.sendStatus(200);
  });
}

`,
  },
  {
    file: 'button.html',
    padding: 'html',
    text: `<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/eur/sandbox/lpa/js/Widgets.js"></script>
<script>
  window.onAmazonPaymentsReady = function () {
    OffAmazonPayments.Button('AmazonPayButton', 'A1SELLER', {
      type: 'PwA', color: 'Gold', size: 'medium',
      authorization: function () { amazon.Login.authorize({ scope: 'profile payments:widget' }, '/review'); },
    });
  };
</script>
`,
  },
  {
    file: 'widgets.js',
    padding: 'js',
    text: `export function showWallet(sellerId, id) {
  new OffAmazonPayments.Widgets.Wallet({ sellerId, amazonOrderReferenceId: id, design: { designMode: 'responsive' }, onPaymentSelect() {} }).bind('wallet');
}

`,
  },
  {
    file: 'refund.php',
    padding: 'php',
    text: `<?php
require_once 'OffAmazonPaymentsService/Client.php';

function refundOrder(OffAmazonPaymentsService_Client $client, string $captureId, string $amount): string
{
    $request = new OffAmazonPaymentsService_Model_RefundRequest();
    $request->setAmazonCaptureId($captureId);
    return $client->refund($request)->getRefundResult()->getRefundDetails()->getAmazonRefundId();
}
?>
`,
  },
];

/** The same for a shop of templates: a button, a review page with widgets, a button of Express. */
export const legacyTemplates = [
  ...legacySnippets.filter(({ padding }) => padding === 'html'),
  {
    file: 'cart.html.twig',
    padding: 'twig',
    text: `<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/eur/{% if sandbox %}sandbox/{% endif %}lpa/js/Widgets.js"></script>
<script>
  window.onAmazonPaymentsReady = function () {
    OffAmazonPayments.Button('pay-{{ section }}', '{{ seller }}', { type: 'PwA', language: '{{ locale }}', authorization: function () { amazon.Login.authorize({ scope: 'profile payments:widget payments:shipping_address', popup: {{ popup }} }, '{{ path('review') }}'); } });
  };
</script>
`,
  },
  {
    file: 'checkout.html.twig',
    padding: 'twig',
    text: `<script>
  new OffAmazonPayments.Widgets.AddressBook({ sellerId: '{{ seller }}', onOrderReferenceCreate: function (order) { keep(order.getAmazonOrderReferenceId()); } }).bind('address');
  new OffAmazonPayments.Widgets.Wallet({ sellerId: '{{ seller }}', onPaymentSelect: function () { {% if ajax %}enable();{% endif %} } }).bind('wallet');
</script>
`,
  },
  {
    file: 'express.html',
    padding: 'html',
    text: `<div data-ap-widget-type="expressPaymentButton" data-ap-amount="20" data-ap-currency-code="EUR"></div>
`,
  },
];

/** Legacy code of a shop system in PHP: the official client, a caller of a service, an IPN handler, requests by hand. */
export const legacyPhp = [
  {
    file: 'PaymentService.php',
    padding: 'methods',
    text: `<?php

namespace Shop\\Payment;

use AmazonPay\\Client;

class PaymentService
{
    private Client $client;

    public function __construct(array $settings)
    {
        $this->client = new Client($settings);
    }

    public function client(): Client
    {
        return $this->client;
    }

    public function capture(array $order): bool
    {
        $answer = $this->client->capture(['amazon_authorization_id' => $order['authorization'], 'capture_reference_id' => $order['id'], 'capture_amount' => $order['total'], 'currency_code' => 'EUR'])->toArray();
        return $answer['CaptureResult']['CaptureDetails']['CaptureStatus']['State'] === 'Completed';
    }
}
`,
  },
  {
    file: 'RefundService.php',
    padding: 'methods',
    text: `<?php

namespace Shop\\Payment;

class RefundService
{
    public function __construct(private PaymentService $payments)
    {
    }

    public function refund(string $captureId, string $amount): void
    {
        $this->payments->client()->refund(['amazon_capture_id' => $captureId, 'refund_reference_id' => uniqid(), 'refund_amount' => $amount]);
    }
}
`,
  },
  {
    file: 'ipn.php',
    padding: 'methods',
    text: `<?php

$handler = new \\AmazonPay\\IpnHandler(getallheaders(), file_get_contents('php://input'));
$message = $handler->toArray();
`,
  },
  {
    file: 'mws.php',
    padding: 'methods',
    text: `<?php

function closeOrder($id)
{
    return send('https://mws-eu.amazonservices.com/OffAmazonPayments/2013-01-01', sign(['Action' => 'CloseOrderReference', 'AmazonOrderReferenceId' => $id, 'Version' => '2013-01-01']));
}
`,
  },
];
