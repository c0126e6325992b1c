/**
 * The rules of the checkout for PHP, with Amazon's SDK amzn/amazon-pay-api-sdk-php 2 (facts: other-languages.md section 9).
 * It answers arrays, throws nothing for a 4xx, and tries throttled requests again by itself.
 */
export const PHP_FLOW = String.raw`<?php

declare(strict_types=1);

/**
 * The checkout of Amazon Pay v2: what happens between the button and the paid order.
 *
 *   button     the page shows the button of Amazon; what it carries is signed here
 *   review     the buyer has chosen address and payment at Amazon and comes to your review page
 *   session    what the review page shows
 *   checkout   the buyer agrees: the session gets the amount, and the buyer goes to Amazon to confirm
 *   result     the buyer comes back: the session is completed, and only then the order is paid
 *
 * A buyer who never comes back to result is never charged: only completing a session charges it, and Amazon
 * lets a session expire after 24 hours. sweep() sees to the orders of these buyers.
 *
 * Written by amazon-pay-migrate --scaffold. The file is yours: another run of the tool leaves it alone.
 */
final class AmazonPayCheckout
{
    private const ALGORITHM = 'AMZN-PAY-RSASSA-PSS-V2';

    private $client;
    private $account;
    private $orders;

    /** The client is one of Amazon\Pay\API\Client, or what stands in for it in a test. */
    public function __construct($client, array $account, $orders)
    {
        $this->client = $client;
        $this->account = $account;
        $this->orders = $orders;
    }

    /** GET button: what amazon.Pay.renderButton takes. */
    public function button(array $query): array
    {
«whichOrder»
        $review = $this->absoluteUrl('/amazon-pay/review');
        $cart = self::readText($query, 'cart');
        $payload = [
            'storeId' => $this->account['storeId'],
            'webCheckoutDetails' => [
                'checkoutReviewReturnUrl' => $cart === null ? $review : self::withQuery($review, ['cart' => $cart]),
                'checkoutCancelUrl' => $this->absoluteUrl($this->cartUrl('BuyerCanceled')),
            ],
«frequency»
«scopes»
        ];
«recurringMetadata»
        // The SDK takes backslashes away before it signs, and the browser must hand on exactly the text that was signed.
        $payloadJSON = json_encode($payload, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
        $config = [
            'payloadJSON' => $payloadJSON,
            'signature' => $this->client->generateButtonSignature($payloadJSON),
            'algorithm' => self::ALGORITHM,
        ];
        $shown = array_intersect_key($this->account, array_flip(['merchantId', 'publicKeyId', 'ledgerCurrency', 'sandbox']));
        return ['status' => 200, 'json' => $shown + ['createCheckoutSessionConfig' => $config]];
    }

    /** GET review: Amazon sends the buyer here; the review page gets the same query. */
    public function review(array $query): array
    {
        $id = self::readSessionId($query);
        if ($id === null) {
            return self::redirect($this->cartUrl('UnknownSession'));
        }
        $cart = self::readText($query, 'cart');
        return self::redirect(self::withQuery($this->reviewUrl($id), $cart === null ? [] : ['cart' => $cart]));
    }

    /** GET session: what the review page shows. */
    public function session(array $query): array
    {
        $id = self::readSessionId($query);
        if ($id === null) {
            return ['status' => 400, 'json' => ['reason' => 'UnknownSession']];
        }
        $session = $this->fetchSession($id);
        $buyer = $session['buyer'] ?? null;
        return ['status' => 200, 'json' => [
            'checkoutSessionId' => $id,
            'state' => $session['statusDetails']['state'],
            'buyer' => $buyer === null ? null : ['name' => $buyer['name'] ?? null, 'email' => $buyer['email'] ?? null],
            'shippingAddress' => $session['shippingAddress'] ?? null,
            'billingAddress' => $session['billingAddress'] ?? null,
            'paymentDescriptor' => $session['paymentPreferences'][0]['paymentDescriptor'] ?? null,
        ]];
    }

    /**
     * POST checkout: the buyer places the order. The amount is that of the order on the server, never one of the
     * browser. amazonPayRedirectUrl of the answer is where the buyer goes next, also when it cannot be paid.
     */
    public function checkout(array $body, bool $isForm): array
    {
        $answer = static function (string $location, int $status = 200, string $reason = 'Ok') use ($isForm): array {
            $json = ['amazonPayRedirectUrl' => $location, 'reason' => $reason];
            return $isForm ? self::redirect($location) : ['status' => $status, 'json' => $json];
        };
        $id = self::readSessionId($body);
        if ($id === null) {
            return $answer($this->cartUrl('UnknownSession'), 400, 'UnknownSession');
        }
        $orderId = $this->orders->currentOrderId();
        if ($orderId === null) {
            return $answer($this->cartUrl('NoOrder'), 409, 'NoOrder');
        }
        // One session pays one order: else one payment could pay for two.
        $known = $this->orders->findBySession($id);
        if ($known !== null && $known['orderId'] !== $orderId) {
            return $answer($this->cartUrl('SessionUsed'), 409, 'SessionUsed');
        }
        $result = $this->client->updateCheckoutSession($id, [
            'webCheckoutDetails' => ['checkoutResultReturnUrl' => $this->absoluteUrl('/amazon-pay/result')],
            'paymentDetails' => [
                'paymentIntent' => $this->orders::PAYMENT_INTENT,
                'canHandlePendingAuthorization' => $this->orders::CAN_HANDLE_PENDING_AUTHORIZATION,
                'chargeAmount' => self::checkPrice($this->orders->amountOf($orderId)),
            ],
            'merchantMetadata' => ['merchantReferenceId' => $orderId],
        ]);
        if (self::reasonOf($result) === 'InvalidCheckoutSessionStatus') {
            // Canceled, expired, or paid for already. Only an order that had this session may get what became of it.
            $settled = $known === null ? null : $this->settle($orderId, $this->fetchSession($id));
            return $answer($settled['location'] ?? $this->cartUrl('SessionUsed'), 409, 'InvalidCheckoutSessionStatus');
        }
        $session = self::read($result);
«typeCheck»
        // Amazon has taken it, so it is open. Remembered before the buyer leaves, who has to be found on coming back.
        $this->orders->rememberSession($orderId, $id);
        $next = $session['webCheckoutDetails']['amazonPayRedirectUrl'] ?? null;
        if ($next !== null) {
            return $answer($next);
        }
        $missing = implode(',', array_column($session['constraints'] ?? [], 'constraintId')) ?: 'NotReady';
        return $answer(self::withQuery($this->reviewUrl($id), ['amazonPay' => $missing]), 422, $missing);
    }

    /** GET result: Amazon sends the buyer here. Reloading it, or clicking twice, ends in the same one payment. */
    public function result(array $query): array
    {
        $id = self::readSessionId($query);
        $order = $id === null ? null : $this->orders->findBySession($id);
        // An order that was placed again has another session now: this one is never completed, so never charged.
        if ($id === null || $order === null) {
            return self::redirect($this->cartUrl('UnknownSession'));
        }
        $orderId = $order['orderId'];
        return $order['isPaid'] ? self::redirect($this->thankYouUrl($orderId)) : $this->complete($orderId, $id);
    }

    private function complete(string $orderId, string $id): array
    {
        $chargeAmount = self::checkPrice($this->orders->amountOf($orderId));
        $found = $this->fetchSession($id);
        if ($found['statusDetails']['state'] !== 'Open') {
            return $this->settle($orderId, $found);
        }
        // The buyer agreed to another amount: the cart has changed since.
        if (!self::isSamePrice($found['paymentDetails']['chargeAmount'] ?? null, $chargeAmount)) {
            return $this->toReview($id, 'AmountChanged');
        }
        $result = $this->client->completeCheckoutSession($id, ['chargeAmount' => $chargeAmount]);
        switch (self::reasonOf($result)) {
            case 'AmountMismatch':
                return $this->toReview($id, 'AmountChanged');
            case 'InvalidCheckoutSessionStatus':
            case 'CheckoutSessionCanceled':
                // A second click was faster, or the buyer canceled or was declined: the session says which.
                return $this->settle($orderId, $this->fetchSession($id));
            default:
                return $this->settle($orderId, self::read($result));
        }
    }

    /** Brings the order to where its session is. Amazon's word counts: the charge is fetched, not assumed. */
    private function settle(string $orderId, array $session): array
    {
        $status = $session['statusDetails'];
        if ($status['state'] === 'Canceled') {
            return $this->fail($orderId, $status['reasonCode'] ?? 'Canceled');
        }
        // Open: the buyer has not confirmed at Amazon yet.
        if ($status['state'] !== 'Completed') {
            return $this->toReview($session['checkoutSessionId'], 'NotConfirmed');
        }
        $chargeId = $session['chargeId'] ?? null;
        $charge = $chargeId === null ? null : self::read($this->client->getCharge($chargeId))['statusDetails'];
        $state = $charge['state'] ?? null;
        if ($state === 'Declined' || $state === 'Canceled') {
            return $this->fail($orderId, $charge['reasonCode'] ?? $state);
        }
        $payment = [
            'checkoutSessionId' => $session['checkoutSessionId'],
            'chargePermissionId' => $session['chargePermissionId'] ?? null,
            'chargeId' => $chargeId,
            'state' => $state,
        ];
        if ($state === 'Authorized' || $state === 'Captured') {
            $this->orders->markPaid($orderId, $payment);
            return self::redirect($this->thankYouUrl($orderId));
        }
        // Without a charge, or with one that is not decided yet, nothing is paid. A notification (IPN) tells when it is.
        $this->orders->markPending($orderId, $payment);
        return self::redirect(self::withQuery($this->thankYouUrl($orderId), ['amazonPay' => 'Pending']));
    }
`;
