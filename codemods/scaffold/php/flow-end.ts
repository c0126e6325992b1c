/** Second half of the PHP class: the sweep, subscriptions, and what the endpoints share. */
export const PHP_FLOW_END = String.raw`
    /**
     * For a job that runs every hour: looks up what became of orders whose buyer has not come back. One that was paid
     * in the very moment in which this server stopped gets paid; one that was canceled, or has expired, fails.
     */
    public function sweep(): array
    {
        $outcome = ['settled' => 0, 'open' => 0, 'failures' => []];
        foreach ($this->orders->openSessions() as ['orderId' => $orderId, 'checkoutSessionId' => $id]) {
            try {
                $result = $this->client->getCheckoutSession($id);
                // Amazon deletes sessions after 30 days.
                $session = $result['status'] === 404 ? null : self::read($result);
                $isOpen = $session !== null && $session['statusDetails']['state'] === 'Open';
                if ($session === null) {
                    $this->orders->markFailed($orderId, 'Expired');
                } elseif (!$isOpen) {
                    $this->settle($orderId, $session);
                }
                $outcome[$isOpen ? 'open' : 'settled'] += 1;
            } catch (Throwable $error) {
                // One order that fails must not keep the others from being looked up.
                $outcome['failures'][$orderId] = $error->getMessage();
            }
        }
        return $outcome;
    }
«cycle»

    private function fetchSession(string $id): array
    {
        return self::read($this->client->getCheckoutSession($id));
    }

    private function fail(string $orderId, string $reason): array
    {
        $this->orders->markFailed($orderId, $reason);
        return self::redirect($this->cartUrl($reason));
    }

    private function absoluteUrl(string $path): string
    {
        if (!$this->account['shopUrl']) {
            throw new RuntimeException('AMAZON_PAY_SHOP_URL is not set: the public https address of the shop');
        }
        return preg_match('#^https?://#', $path) ? $path : rtrim($this->account['shopUrl'], '/') . $path;
    }

    private function thankYouUrl(string $orderId): string
    {
        return self::withQuery($this->orders::THANK_YOU_PAGE, ['order' => $orderId]);
    }

    private function reviewUrl(string $id): string
    {
        return self::withQuery($this->orders::REVIEW_PAGE, ['amazonCheckoutSessionId' => $id]);
    }

    private function cartUrl(string $reason): string
    {
        return self::withQuery($this->orders::CART_PAGE, ['amazonPay' => $reason]);
    }

    private function toReview(string $id, string $reason): array
    {
        return self::redirect(self::withQuery($this->reviewUrl($id), ['amazonPay' => $reason]));
    }

    private static function redirect(string $location): array
    {
        return ['status' => 303, 'location' => $location];
    }

    /** The object in an answer; an error answer is thrown, for the error handling of the shop. The buyer may reload. */
    private static function read(array $result): array
    {
        $body = json_decode((string) $result['response'], true);
        if ($result['status'] < 200 || $result['status'] > 299 || !is_array($body)) {
            $reason = is_array($body) ? ($body['reasonCode'] ?? 'Unknown') : 'Unknown';
            throw new RuntimeException('Amazon Pay answered ' . $result['status'] . ' ' . $reason);
        }
        return $body;
    }

    private static function reasonOf(array $result): ?string
    {
        if ($result['status'] >= 200 && $result['status'] <= 299) {
            return null;
        }
        $body = json_decode((string) $result['response'], true);
        return is_array($body) ? ($body['reasonCode'] ?? null) : null;
    }

    private static function readText(array $values, string $name): ?string
    {
        $value = $values[$name] ?? null;
        return is_string($value) && $value !== '' && strlen($value) <= 256 ? $value : null;
    }

    /** It becomes part of a path at Amazon, so nothing else than an id may pass. */
    private static function readSessionId(array $values): ?string
    {
        $id = self::readText($values, 'amazonCheckoutSessionId');
        return $id !== null && preg_match('/\A[0-9a-zA-Z-]{1,64}\z/', $id) === 1 ? $id : null;
    }

    private static function withQuery(string $address, array $values): string
    {
        if ($values === []) {
            return $address;
        }
        return $address . (strpos($address, '?') === false ? '?' : '&') . http_build_query($values);
    }

    /** Amounts are text, since binary fractions lose cents. */
    private static function checkPrice(array $price): array
    {
        $amount = $price['amount'] ?? null;
        if (!is_string($amount) || preg_match('/\A\d+(\.\d+)?\z/', $amount) !== 1 || empty($price['currencyCode'])) {
            throw new InvalidArgumentException('amountOf must give amount, as text such as 94.50, and currencyCode');
        }
        return ['amount' => $amount, 'currencyCode' => $price['currencyCode']];
    }

    /** 100 and 100.00 are the same; Amazon may answer either. */
    private static function isSamePrice(?array $a, array $b): bool
    {
        $plain = static function (string $amount): string {
            return strpos($amount, '.') === false ? $amount : rtrim(rtrim($amount, '0'), '.');
        };
        return $a !== null
            && $a['currencyCode'] === $b['currencyCode']
            && $plain((string) $a['amount']) === $plain($b['amount']);
    }
}
`;

export const PHP_RECURRING = {
  whichOrder: `        // Nothing recurs before there is an order; a subscription is then refused when it is placed.
        $orderId = $this->orders->currentOrderId();
        $frequency = $orderId === null ? null : $this->orders->frequencyOf($orderId);
`,
  typeCheck: `        // The buyer must have agreed to later charges at Amazon, and to none for what is bought once.
        $wanted = $this->orders->frequencyOf($orderId) === null ? 'OneTime' : 'Recurring';
        if (($session['chargePermissionType'] ?? null) !== $wanted) {
            return $answer($this->cartUrl('AgreementChanged'), 409, 'AgreementChanged');
        }
`,
  frequency: `            'chargePermissionType' => $frequency === null ? 'OneTime' : 'Recurring',
`,
  recurringMetadata: `        if ($frequency !== null) {
            $payload['recurringMetadata'] = ['frequency' => $frequency];
        }
`,
  cycle: String.raw`
    /**
     * Charges one cycle of a subscription: Amazon bills nothing by itself, so a job of yours does. The reference is that
     * of the cycle: the same one never charges twice, and a new attempt after a decline needs a new one. A decline is
     * the state Declined with its reason; other errors are thrown.
     */
    public function chargeCycle(string $chargePermissionId, array $price, string $reference): array
    {
        $key = substr(hash('sha256', json_encode(['CreateCharge', $reference])), 0, 32);
        $result = $this->client->createCharge([
            'chargePermissionId' => $chargePermissionId,
            'chargeAmount' => self::checkPrice($price),
            'captureNow' => $this->orders::PAYMENT_INTENT === 'AuthorizeWithCapture',
            'canHandlePendingAuthorization' => $this->orders::CAN_HANDLE_PENDING_AUTHORIZATION,
        ], ['x-amz-pay-idempotency-key' => $key]);
        $reason = self::reasonOf($result);
        $declines = ['SoftDeclined', 'HardDeclined', 'AmazonRejected', 'TransactionTimedOut', 'ProcessingFailure'];
        if (in_array($reason, $declines, true)) {
            return ['statusDetails' => ['state' => 'Declined', 'reasonCode' => $reason]];
        }
        return self::read($result);
    }
`,
} as const;
