import type { RuleExamples } from './rule-example';

const v2Client = `<?php

function amazonPay(): \\Amazon\\Pay\\API\\Client
{
    return new \\Amazon\\Pay\\API\\Client([
        'public_key_id' => getenv('AMAZON_PAY_PUBLIC_KEY_ID'),
        'private_key' => getenv('AMAZON_PAY_PRIVATE_KEY'),
        'region' => 'eu',
        'sandbox' => false,
    ]);
}
`;

const legacyClient = `<?php

function amazonPay(): \\AmazonPay\\Client
{
    return new \\AmazonPay\\Client([
        'merchant_id' => getenv('AMAZON_SELLER_ID'),
        'access_key' => getenv('MWS_ACCESS_KEY'),
        'secret_key' => getenv('MWS_SECRET_KEY'),
        'region' => 'de',
        'sandbox' => false,
    ]);
}
`;

const capture = `<?php

require __DIR__ . '/amazon-pay.php';

function capturePayment(array $order): bool
{
    $response = amazonPay()->capture([
        'amazon_authorization_id' => $order['authorization_id'],
        'capture_reference_id' => 'C' . $order['id'],
        'capture_amount' => $order['total'],
        'currency_code' => 'EUR',
    ])->toArray();
    return $response['CaptureResult']['CaptureDetails']['CaptureStatus']['State'] === 'Completed';
}
`;

const captureCharge = `<?php

require __DIR__ . '/amazon-pay.php';

function capturePayment(array $order): bool
{
    // The Charge id: the 21st character, A, becomes C. Anything else is refused.
    $chargeId = preg_replace('/^([PS]\\d{2}-\\d{7}-\\d{7})-A(\\d{6})$/', '$1-C$2', $order['authorization_id'], 1, $count);
    if ($count !== 1) {
        throw new InvalidArgumentException('No authorization id');
    }
    $result = amazonPay()->captureCharge($chargeId, [
        'captureAmount' => ['amount' => $order['total'], 'currencyCode' => 'EUR'],
    ], ['x-amz-pay-idempotency-key' => 'capture-' . $order['id']]);
    $charge = json_decode($result['response'], true);
    return $result['status'] === 200 && $charge['statusDetails']['state'] === 'Captured';
}
`;

const beside = { 'amazon-pay.php': legacyClient } as const;

export const otherLanguageExamples: RuleExamples = {
  'other-language/client': {
    file: 'amazon-pay.php',
    before: legacyClient,
    writtenBy: 'hand',
    after: v2Client,
    byHand:
      'The currency of the legacy configuration has no place in v2: it stands in every amount. A path of a JSON file is not taken either; decode it yourself.',
  },
  'other-language/operation': {
    file: 'capture.php',
    beside,
    before: capture,
    writtenBy: 'hand',
    after: captureCharge,
    byHand:
      'An idempotency key counts over all POST requests of the account, so a prefix for each operation keeps references apart that legacy told apart by itself.',
  },
  'other-language/response-read': {
    file: 'capture.php',
    beside,
    before: capture,
    writtenBy: 'hand',
    after: captureCharge,
  },
  'other-language/ipn-handler': {
    file: 'ipn.php',
    before: `<?php

$handler = new \\AmazonPay\\IpnHandler(getallheaders(), file_get_contents('php://input'));
$message = $handler->toArray();
if ($message['NotificationType'] === 'PaymentCapture') {
    markAsPaid($message['CaptureDetails']['AmazonCaptureId'], $message['CaptureDetails']['CaptureStatus']['State']);
}
`,
    writtenBy: 'hand',
    after: `<?php

require __DIR__ . '/amazon-pay-v2.php';

$message = Aws\\Sns\\Message::fromRawPostData();
(new Aws\\Sns\\MessageValidator())->validate($message);
$notification = json_decode($message['Message'], true);
if ($notification['ObjectType'] === 'CHARGE') {
    // The notification says what to look at; the GET says how it is.
    $result = amazonPayV2()->getCharge($notification['ObjectId']);
    $charge = json_decode($result['response'], true);
    if ($result['status'] === 200 && $charge['statusDetails']['state'] === 'Captured') {
        markAsPaid($charge['chargeId']);
    }
}
`,
  },
  'other-language/sdk-class': {
    file: 'service.php',
    before: `<?php

use AmazonPay\\Client;

final class Payments
{
    public function __construct(private Client $client)
    {
    }
}
`,
    writtenBy: 'hand',
    after: `<?php

use Amazon\\Pay\\API\\Client;

final class Payments
{
    public function __construct(private Client $client)
    {
    }
}
`,
    byHand: 'Where both clients are needed in one file, import one of them by another name (use … as …).',
  },
  'other-language/request': {
    file: 'mws.php',
    before: `<?php

function closeOrder(string $orderReferenceId): string
{
    $parameters = [
        'Action' => 'CloseOrderReference',
        'AmazonOrderReferenceId' => $orderReferenceId,
        'Version' => '2013-01-01',
    ];
    return send('https://mws-eu.amazonservices.com/OffAmazonPayments/2013-01-01', sign($parameters));
}
`,
    writtenBy: 'hand',
    after: `<?php

function closeOrder(string $chargePermissionId): bool
{
    $result = amazonPayV2()->closeChargePermission($chargePermissionId, [
        'closureReason' => 'Order complete',
        'cancelPendingCharges' => false,
    ]);
    return $result['status'] === 200;
}
`,
  },
  'other-language/dependency': {
    file: 'composer.json',
    before: `{
    "require": {
        "amzn/amazon-pay-sdk-php": "^3.7"
    }
}
`,
    writtenBy: 'hand',
    after: `{
    "require": {
        "amzn/amazon-pay-api-sdk-php": "^2.7"
    }
}
`,
  },
  'other-language/mention': {
    file: 'order.php',
    before: `<?php

function orderReference(array $row): string
{
    return $row['amazon_order_reference_id'];
}
`,
    writtenBy: 'hand',
    after: `<?php

function chargePermission(array $row): string
{
    return $row['charge_permission_id'];
}
`,
    byHand:
      'A column may keep its name: the order reference id is the Charge Permission id. Say so in a comment, and the finding can be left out with --skip or a baseline.',
  },
};
