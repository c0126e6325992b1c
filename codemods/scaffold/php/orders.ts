/** The one file that only the merchant can fill in, for PHP. */
export const PHP_ORDERS = String.raw`<?php

declare(strict_types=1);

/**
 * What only this shop knows: its orders and its pages. Fill in every function; until then each of them throws, and no
 * order can be placed. AmazonPayCheckout calls them, and says when.
 */
final class AmazonPayOrders
{
    // Pages of the shop. A reason is added as ?amazonPay=…, the order as ?order=…
«cartSaid»
    public const CART_PAGE = '«cartPage»';
«reviewSaid»
    public const REVIEW_PAGE = '«reviewPage»';
«thankYouSaid»
    public const THANK_YOU_PAGE = '«thankYouPage»';

«intentSaid»
    public const PAYMENT_INTENT = '«paymentIntent»';

    // false: the answer is known while the buyer waits. true: it may be pending for 24 hours, and markPending is called.
    public const CAN_HANDLE_PENDING_AUTHORIZATION = «pending»;

    /** The id of the order that the buyer of this request is about to pay, by session or cookie; null without one. */
    // TODO(amazon-pay-v2) scaffold/current-order: find the unpaid order of this buyer, as the legacy checkout did
    public function currentOrderId(): ?string
    {
        throw $this->notFilledIn('currentOrderId');
    }

    /** What the order costs now, shipping included: amount, as text such as 94.50, and currencyCode. */
    // TODO(amazon-pay-v2) scaffold/amount: read the amount from your own order, never from the browser
    public function amountOf(string $orderId): array
    {
        throw $this->notFilledIn('amountOf');
    }

    /**
     * Keeps the session with the order, in place of an earlier one: a session that is replaced is never charged. A
     * session belongs to one order, so the column is unique.
     */
    // TODO(amazon-pay-v2) scaffold/session-store: store the session id with the order
    public function rememberSession(string $orderId, string $checkoutSessionId): void
    {
        throw $this->notFilledIn('rememberSession');
    }

    /** The order with exactly this session, ['orderId' => …, 'isPaid' => …], or null. */
    // TODO(amazon-pay-v2) scaffold/session-store: find the order by its session id
    public function findBySession(string $checkoutSessionId): ?array
    {
        throw $this->notFilledIn('findBySession');
    }

    /**
     * The charge is authorized or captured. Called more than once for one payment (double click, reload, sweep): it must
     * do its work once, as with UPDATE … WHERE id = ? AND paid_at IS NULL. Keep the ids, chargePermissionId in a column
     * that is unique, and send the mail only when a row was changed.
     */
    // TODO(amazon-pay-v2) scaffold/payment-state: mark the order as paid, once, and keep chargePermissionId and chargeId
    public function markPaid(string $orderId, array $payment): void
    {
        throw $this->notFilledIn('markPaid');
    }

    /** The authorization is not decided yet; a notification (IPN) will tell. Keep the ids, and ship nothing. */
    // TODO(amazon-pay-v2) scaffold/payment-state: mark the order as waiting for its payment
    public function markPending(string $orderId, array $payment): void
    {
        throw $this->notFilledIn('markPending');
    }

    /** Canceled, declined or expired: the order is open again. Never undo a paid one. */
    // TODO(amazon-pay-v2) scaffold/payment-state: give the order back to the buyer, unpaid
    public function markFailed(string $orderId, string $reason): void
    {
        throw $this->notFilledIn('markFailed');
    }

    /** Orders that were placed and are neither paid nor failed: [['orderId' => …, 'checkoutSessionId' => …], …]. */
    // TODO(amazon-pay-v2) scaffold/sweep: list them, and call sweep() every hour
    public function openSessions(): array
    {
        throw $this->notFilledIn('openSessions');
    }
«frequencyFunction»

    private function notFilledIn(string $name): LogicException
    {
        return new LogicException('Fill in ' . $name . ' in amazon-pay/orders.php');
    }
}
`;

export const PHP_FREQUENCY = `
    /** How often the subscription in this order is charged, ['unit' => 'Month', 'value' => '1']; null: a one-time order. */
    // TODO(amazon-pay-v2) scaffold/frequency: no legacy field says it; Amazon shows it to the buyer and bills nothing by itself
    public function frequencyOf(string $orderId): ?array
    {
        throw $this->notFilledIn('frequencyOf');
    }
`;

/** The front controller: the web server sends /amazon-pay/… to it. */
export const PHP_INDEX = String.raw`<?php

declare(strict_types=1);

/**
 * The endpoints of Amazon Pay: /amazon-pay/button, review, session, checkout and result. The web server sends every
 * address below /amazon-pay/ to this file.
 */
require_once «autoload»;
require_once __DIR__ . '/orders.php';
require_once __DIR__ . '/checkout-flow.php';

$publicKeyId = (string) getenv('AMAZON_PAY_PUBLIC_KEY_ID');
$sandbox = getenv('AMAZON_PAY_SANDBOX') !== 'false';
$client = new Amazon\Pay\API\Client([
    'public_key_id' => $publicKeyId,
    'private_key' => (string) getenv('AMAZON_PAY_PRIVATE_KEY'),
    'region' => getenv('AMAZON_PAY_REGION') ?: '«region»',
    'sandbox' => $sandbox,
    'algorithm' => 'AMZN-PAY-RSASSA-PSS-V2',
]);
$account = [
    // TODO(amazon-pay-v2) scaffold/shop-url: set AMAZON_PAY_SHOP_URL to the public https address of the shop, which is registered in Seller Central
    'shopUrl' => (string) getenv('AMAZON_PAY_SHOP_URL'),
    'merchantId' => (string) getenv('AMAZON_PAY_MERCHANT_ID'),
    'publicKeyId' => $publicKeyId,
    'storeId' => (string) getenv('AMAZON_PAY_STORE_ID'),
    // The prefix of a key, LIVE- or SANDBOX-, decides by itself.
    'sandbox' => preg_match('/^LIVE/i', $publicKeyId) ? false : (preg_match('/^SANDBOX/i', $publicKeyId) ? true : $sandbox),
«ledger»
];
$checkout = new AmazonPayCheckout($client, $account, new AmazonPayOrders());

$isForm = strpos($_SERVER['CONTENT_TYPE'] ?? '', 'application/x-www-form-urlencoded') === 0;
switch ($_SERVER['REQUEST_METHOD'] . ' ' . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case 'GET /amazon-pay/button':
        $answer = $checkout->button($_GET);
        break;
    case 'GET /amazon-pay/review':
        $answer = $checkout->review($_GET);
        break;
    case 'GET /amazon-pay/session':
        $answer = $checkout->session($_GET);
        break;
    case 'POST /amazon-pay/checkout':
        $body = $isForm ? $_POST : json_decode((string) file_get_contents('php://input'), true);
        $answer = $checkout->checkout(is_array($body) ? $body : [], $isForm);
        break;
    case 'GET /amazon-pay/result':
        $answer = $checkout->result($_GET);
        break;
    default:
        $answer = ['status' => 404, 'json' => ['reason' => 'NotFound']];
}

http_response_code($answer['status']);
header('Cache-Control: no-store');
if (isset($answer['location'])) {
    header('Location: ' . $answer['location'], true, $answer['status']);
} else {
    header('Content-Type: application/json');
    echo json_encode($answer['json'], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
}
`;
