/** The tests that come with the scaffold for PHP: a script without dependencies, with Amazon and a shop in memory. */
export const PHP_TEST = String.raw`<?php

declare(strict_types=1);

/** Tests of the checkout: php amazon-pay/checkout-flow-test.php. A session in memory stands in for Amazon. */
if (PHP_SAPI !== 'cli') {
    exit;
}
require_once __DIR__ . '/checkout-flow.php';

const ID = '11111111-2222-4333-8444-555555555555';
const PRICE = ['amount' => '94.50', 'currencyCode' => 'EUR'];

/** One session, as far as this checkout looks at it; the methods are those of Amazon\Pay\API\Client. */
final class TestAmazon
{
    public $state = 'Open';
    public $reasonCode = null;
    public $amount = null;
    public $chargeState = 'Authorized';
    public $refusal = null;
    public $type = '«type»';
    public $completed = [];
    public $keys = [];
    public $requests = 0;

    public function generateButtonSignature($payload): string
    {
        return 'signed:' . hash('sha256', stripcslashes($payload));
    }

    public function getCheckoutSession($id): array
    {
        return $this->answer(200, $this->session());
    }

    public function updateCheckoutSession($id, $payload): array
    {
        if ($this->state !== 'Open') {
            return $this->answer(422, ['reasonCode' => 'InvalidCheckoutSessionStatus']);
        }
        $this->amount = $payload['paymentDetails']['chargeAmount'];
        return $this->answer(200, $this->session());
    }

    public function completeCheckoutSession($id, $payload): array
    {
        if ($this->refusal !== null) {
            if ($this->refusal === 'CheckoutSessionCanceled') {
                $this->state = 'Canceled';
                $this->reasonCode = 'Declined';
            }
            return $this->answer(422, ['reasonCode' => $this->refusal]);
        }
        $this->state = 'Completed';
        $this->completed[] = $payload['chargeAmount'];
        return $this->answer(200, $this->session());
    }

    public function getCharge($id): array
    {
        return $this->answer(200, ['statusDetails' => ['state' => $this->chargeState, 'reasonCode' => null]]);
    }

    public function createCharge($payload, $headers): array
    {
        $this->keys[] = $headers['x-amz-pay-idempotency-key'];
        $charge = ['statusDetails' => ['state' => 'Authorized']];
        return $this->refusal === null ? $this->answer(201, $charge) : $this->answer(422, ['reasonCode' => $this->refusal]);
    }

    private function session(): array
    {
        $isCompleted = $this->state === 'Completed';
        return [
            'checkoutSessionId' => ID,
            'statusDetails' => ['state' => $this->state, 'reasonCode' => $this->reasonCode],
            'paymentDetails' => ['chargeAmount' => $this->amount],
            'webCheckoutDetails' => ['amazonPayRedirectUrl' => 'https://amazon.example/confirm'],
            'chargePermissionType' => $this->type,
            'chargePermissionId' => $isCompleted ? 'S01-0000000-0000000' : null,
            'chargeId' => $isCompleted ? 'S01-0000000-0000000-C000000' : null,
        ];
    }

    private function answer(int $status, array $body): array
    {
        $this->requests += 1;
        return ['status' => $status, 'response' => json_encode($body)];
    }
}

/** A shop with one order that was placed. */
final class TestOrders
{
    public const CART_PAGE = '/cart.php';
    public const REVIEW_PAGE = '/review.php';
    public const THANK_YOU_PAGE = '/thank-you.php';
    public const PAYMENT_INTENT = 'Authorize';
    public const CAN_HANDLE_PENDING_AUTHORIZATION = true;

    public $price = PRICE;
    public $currentId = 'order-1';
    public $sessionId = null;
    public $paid = [];
    public $pending = [];
    public $failed = [];
    public $frequency = ['unit' => 'Month', 'value' => '1'];

    public function currentOrderId(): ?string
    {
        return $this->currentId;
    }

    public function amountOf(string $orderId): array
    {
        return $this->price;
    }

    public function rememberSession(string $orderId, string $id): void
    {
        $this->sessionId = $id;
    }

    public function findBySession(string $id): ?array
    {
        return $id === $this->sessionId ? ['orderId' => 'order-1', 'isPaid' => $this->paid !== []] : null;
    }

    public function markPaid(string $orderId, array $payment): void
    {
        if ($this->paid === []) {
            $this->paid[] = $payment['chargeId'];
        }
    }

    public function markPending(string $orderId, array $payment): void
    {
        $this->pending[] = $payment['chargeId'];
    }

    public function markFailed(string $orderId, string $reason): void
    {
        $this->failed[] = $reason;
    }

    public function openSessions(): array
    {
        return [['orderId' => 'order-1', 'checkoutSessionId' => ID]];
    }

    public function frequencyOf(string $orderId): ?array
    {
        return $this->frequency;
    }
}

$count = 0;
$check = static function ($expected, $actual, string $what) use (&$count): void {
    $count += 1;
    if ($expected !== $actual) {
        fwrite(STDERR, $what . ': expected ' . json_encode($expected) . ', got ' . json_encode($actual) . PHP_EOL);
        exit(1);
    }
};
$setUp = static function (bool $isPlaced): array {
    $amazon = new TestAmazon();
    $orders = new TestOrders();
    $account = [
        'shopUrl' => 'https://shop.example',
        'merchantId' => 'MERCHANT',
        'publicKeyId' => 'SANDBOX-TEST',
        'storeId' => 'STORE',
        'sandbox' => true,
        'ledgerCurrency' => 'EUR',
    ];
    $checkout = new AmazonPayCheckout($amazon, $account, $orders);
    if ($isPlaced) {
        $checkout->checkout(['amazonCheckoutSessionId' => ID, 'amount' => '0.01'], false);
    }
    return [$checkout, $amazon, $orders];
};
$return = ['amazonCheckoutSessionId' => ID];

[$checkout] = $setUp(false);
$config = $checkout->button([])['json']['createCheckoutSessionConfig'];
$payload = json_decode($config['payloadJSON'], true);
$check('signed:' . hash('sha256', $config['payloadJSON']), $config['signature'], 'the very text is signed');
$check('https://shop.example/amazon-pay/review', $payload['webCheckoutDetails']['checkoutReviewReturnUrl'], 'the button');
$check('«type»', $payload['chargePermissionType'], 'the kind of checkout');

[$checkout, $amazon, $orders] = $setUp(true);
$check(PRICE, $amazon->amount, 'the amount is that of the server');
$check([], $orders->paid, 'nothing is paid before the buyer is back');
$check('/thank-you.php?order=order-1', $checkout->result($return)['location'], 'the buyer is back');
$check('/thank-you.php?order=order-1', $checkout->result($return)['location'], 'and reloads');
$check([PRICE], $amazon->completed, 'completed once, with the same amount');
$check(['S01-0000000-0000000-C000000'], $orders->paid, 'paid once');
$orders->currentId = 'order-2';
$used = $checkout->checkout($return, false)['json']['amazonPayRedirectUrl'];
$check('/cart.php?amazonPay=SessionUsed', $used, 'a session pays one order');
$orders->sessionId = null;
$used = $checkout->checkout($return, true)['location'];
$check('/cart.php?amazonPay=SessionUsed', $used, 'also when the shop has forgotten whose it was');
$check(1, count($orders->paid), 'still paid once');

[$checkout, $amazon, $orders] = $setUp(true);
$orders->price = ['amount' => '99.00', 'currencyCode' => 'EUR'];
$answer = $checkout->result($return)['location'];
$check('/review.php?amazonCheckoutSessionId=' . ID . '&amazonPay=AmountChanged', $answer, 'the cart has changed');
$check([], $amazon->completed, 'nothing is completed then');

[$checkout, $amazon, $orders] = $setUp(true);
$amazon->refusal = 'AmountMismatch';
$check(true, strpos($checkout->result($return)['location'], 'AmountChanged') > 0, 'Amazon knows another amount');
$amazon->refusal = 'CheckoutSessionCanceled';
$check('/cart.php?amazonPay=Declined', $checkout->result($return)['location'], 'a declined payment');
$check([[], ['Declined']], [$orders->paid, $orders->failed], 'is not paid');

[$checkout, $amazon, $orders] = $setUp(true);
$amazon->chargeState = 'AuthorizationInitiated';
$check('/thank-you.php?order=order-1&amazonPay=Pending', $checkout->result($return)['location'], 'pending');
$check([[], 1], [$orders->paid, count($orders->pending)], 'pending is not paid');

[$checkout, $amazon, $orders] = $setUp(true);
$check(['settled' => 0, 'open' => 1, 'failures' => []], $checkout->sweep(), 'sweep leaves open sessions alone');
$amazon->state = 'Canceled';
$amazon->reasonCode = 'Expired';
$check(['settled' => 1, 'open' => 0, 'failures' => []], $checkout->sweep(), 'sweep');
$check(['Expired'], $orders->failed, 'an expired session');

[$checkout, $amazon] = $setUp(false);
$check(400, $checkout->session(['amazonCheckoutSessionId' => '../charges/1'])['status'], 'what is no id');
$check(0, $amazon->requests, 'does not reach Amazon');
«recurring»

echo $count . ' checks passed' . PHP_EOL;
`;

export const PHP_TEST_RECURRING = String.raw`
[$checkout, $amazon, $orders] = $setUp(false);
$orders->frequency = null;
$once = $checkout->checkout($return, false)['json']['reason'];
$check('AgreementChanged', $once, 'a one-time order is not placed with a session for later charges');
$orders->frequency = ['unit' => 'Month', 'value' => '1'];
$amazon->type = 'OneTime';
$subscription = $checkout->checkout($return, false)['json']['reason'];
$check('AgreementChanged', $subscription, 'nor a subscription with one for a single payment');
$check(null, $orders->sessionId, 'such a session is never completed');
$orders->currentId = null;
$config = $checkout->button([])['json']['createCheckoutSessionConfig'];
$check('OneTime', json_decode($config['payloadJSON'], true)['chargePermissionType'], 'a button before there is an order');

[$checkout, $amazon] = $setUp(false);
$checkout->chargeCycle('C01-0000000-0000000', PRICE, 'subscription-1-2026-11');
$checkout->chargeCycle('C01-0000000-0000000', PRICE, 'subscription-1-2026-12');
$check(2, count(array_unique($amazon->keys)), 'each cycle has a key of its own');
$amazon->refusal = 'SoftDeclined';
$declined = $checkout->chargeCycle('C01-0000000-0000000', PRICE, 'subscription-1-2027-01');
$check('Declined', $declined['statusDetails']['state'], 'a decline is a state');
`;
