/** Stands in for Amazon's SDK for PHP, with one session that is kept in a file: every request is a process of its own. */
export const STAND_IN_SDK = String.raw`<?php
namespace Amazon\Pay\API;

class Client
{
    public function __construct(array $config)
    {
        if ($config['algorithm'] !== 'AMZN-PAY-RSASSA-PSS-V2') throw new \Exception('algorithm');
    }
    public function generateButtonSignature($payload) { return 'signature'; }
    public function getCheckoutSession($id, $headers = null) { return $this->answer($this->load()); }
    public function updateCheckoutSession($id, $payload, $headers = null)
    {
        $session = $this->load();
        $session['paymentDetails'] = $payload['paymentDetails'];
        $session['webCheckoutDetails'] = ['amazonPayRedirectUrl' => 'https://amazon.example/confirm'];
        return $this->save($session);
    }
    public function completeCheckoutSession($id, $payload, $headers = null)
    {
        $session = $this->load();
        if ($payload['chargeAmount'] !== $session['paymentDetails']['chargeAmount']) throw new \Exception('amount');
        return $this->save(['statusDetails' => ['state' => 'Completed'], 'chargePermissionId' => 'P', 'chargeId' => 'C'] + $session);
    }
    public function getCharge($id, $headers = null) { return $this->answer(['statusDetails' => ['state' => 'Captured']]); }

    private function file() { return $_SERVER['DOCUMENT_ROOT'] . '/session.json'; }
    private function load()
    {
        if (file_exists($this->file())) return json_decode(file_get_contents($this->file()), true);
        return ['checkoutSessionId' => '11111111-2222-4333-8444-555555555555', 'statusDetails' => ['state' => 'Open']];
    }
    private function save(array $session)
    {
        file_put_contents($this->file(), json_encode($session));
        return $this->answer($session);
    }
    private function answer(array $body) { return ['status' => 200, 'response' => json_encode($body)]; }
}
`;

/** What a merchant makes of orders.php: one order, with files for a database. */
export const FILLED_ORDERS = String.raw`<?php
final class AmazonPayOrders
{
    public const CART_PAGE = '/cart';
    public const REVIEW_PAGE = '/checkout.php';
    public const THANK_YOU_PAGE = '/thanks';
    public const PAYMENT_INTENT = 'AuthorizeWithCapture';
    public const CAN_HANDLE_PENDING_AUTHORIZATION = false;

    public function currentOrderId(): ?string { return 'order-1'; }
    public function amountOf(string $orderId): array { return ['amount' => '94.50', 'currencyCode' => 'GBP']; }
    public function rememberSession(string $orderId, string $id): void { file_put_contents($this->path('order'), $id); }
    public function findBySession(string $id): ?array
    {
        if (!file_exists($this->path('order')) || file_get_contents($this->path('order')) !== $id) return null;
        return ['orderId' => 'order-1', 'isPaid' => file_exists($this->path('paid-1'))];
    }
    public function markPaid(string $orderId, array $payment): void
    {
        file_put_contents($this->path(file_exists($this->path('paid-1')) ? 'paid-2' : 'paid-1'), $payment['chargeId']);
    }
    public function markPending(string $orderId, array $payment): void { throw new Exception('pending'); }
    public function markFailed(string $orderId, string $reason): void { throw new Exception($reason); }
    public function openSessions(): array { return []; }
    private function path(string $name): string { return $_SERVER['DOCUMENT_ROOT'] . '/' . $name; }
}
`;

const page = `<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/gbp/sandbox/lpa/js/Widgets.js"></script>
<script>new OffAmazonPayments.Widgets.Wallet({ sellerId: 'S' }).bind('wallet');</script>
`;
/** A shop that sells once. */
export const oneTime = { 'public/checkout.php': page };
/** A shop that sells subscriptions, too. */
export const recurring = {
  'checkout.php': `${page}<?php $client->confirmBillingAgreement(['amazonBillingAgreementId' => 1]);\n`,
};
