/** The file that rewritten PHP code loads; the merchant owns it. */
export const PHP_HELPER = 'AmazonPayV2.php';

/** Written for PHP 5.6, which is the oldest that the v2 SDK runs on (facts: other-languages.md section 1). */
export const phpHelper = String.raw`<?php
/**
 * What the code that was migrated from legacy Amazon Pay (MWS) to Checkout v2 has in common.
 * Written by amazon-pay-migrate; it is yours to change. It needs amzn/amazon-pay-api-sdk-php, and the key pair in the
 * environment: AMAZON_PAY_PUBLIC_KEY_ID and AMAZON_PAY_PRIVATE_KEY (the PEM itself).
 */
final class AmazonPayV2
{
    /** What v2 answers to a payment that was declined. */
    private static $declines = array(
        'SoftDeclined',
        'HardDeclined',
        'AmazonRejected',
        'TransactionTimedOut',
        'ProcessingFailure',
    );

    private static $clients;
    private static $currencies;

    /**
     * The v2 client in the place of a legacy one, with the same region and environment. A key id that begins with LIVE- or
     * SANDBOX- decides the environment itself.
     *
     * @param array|string $config what the legacy client was made with: an array, or the path of a JSON file. Of its keys
     *                             region, sandbox, currency_code and those of the proxy count.
     */
    public static function connect($config)
    {
        if (is_string($config)) {
            $config = is_file($config) ? json_decode(file_get_contents($config), true) : null;
        }
        if (!is_array($config)) {
            throw new \InvalidArgumentException('Amazon Pay needs its configuration: an array, or the path of a JSON file.');
        }
        $config = array_change_key_case($config) + array('region' => null, 'sandbox' => false, 'currency_code' => null);
        // What is not certain must not decide whether real money moves.
        if (!empty($config['override_service_url']) || (!empty($config['sandbox']) && $config['sandbox'] !== true)) {
            throw new \InvalidArgumentException('Amazon Pay: sandbox is true or false, and override_service_url is of MWS.');
        }
        $client = new \Amazon\Pay\API\Client(array(
            'public_key_id' => self::variable('AMAZON_PAY_PUBLIC_KEY_ID'),
            'private_key' => self::variable('AMAZON_PAY_PRIVATE_KEY'),
            'region' => self::region($config['region']),
            'sandbox' => $config['sandbox'] === true,
        ) + self::proxy($config));
        self::$currencies = self::$currencies ?: new \SplObjectStorage();
        self::$currencies[$client] = trim((string) $config['currency_code']);
        return $client;
    }

    /** The currency that a client was configured with, which the v2 client does not know. */
    public static function currency($client)
    {
        if (self::$currencies !== null && isset(self::$currencies[$client])) {
            return self::$currencies[$client];
        }
        return $client->currency_code;
    }

    /**
     * The v2 client beside a legacy client, in the same region and environment. A key id that begins with LIVE- or
     * SANDBOX- decides the environment itself.
     */
    public static function client($legacy)
    {
        if ($legacy instanceof \Amazon\Pay\API\Client) {
            return $legacy;
        }
        if (self::$clients === null) {
            self::$clients = new \SplObjectStorage();
        }
        if (!isset(self::$clients[$legacy])) {
            self::$clients[$legacy] = new \Amazon\Pay\API\Client(array(
                'public_key_id' => self::variable('AMAZON_PAY_PUBLIC_KEY_ID'),
                'private_key' => self::variable('AMAZON_PAY_PRIVATE_KEY'),
                'region' => $legacy->region,
                'sandbox' => $legacy->sandbox,
            ));
        }
        return self::$clients[$legacy];
    }

    /**
     * The answer of the SDK. Legacy threw when Amazon was busy or broken even after its attempts; so does this.
     * Any other error is an answer with a status and a reasonCode.
     */
    public static function answer(array $result)
    {
        if (in_array((int) $result['status'], array(0, 408, 425, 429, 500, 502, 503, 504), true)) {
            throw new \Exception('Amazon Pay answered ' . $result['status'] . ': ' . $result['response']);
        }
        return $result;
    }

    /**
     * The same for createCharge and captureCharge. Legacy answered a declined payment with HTTP 200 and the state
     * Declined; v2 answers with an error. Here a decline is a state again. It has no id, and a new attempt needs a new
     * reference, because the old key may bring back the old answer.
     */
    public static function chargeAnswer(array $result)
    {
        $body = json_decode($result['response'], true);
        $reason = isset($body['reasonCode']) ? $body['reasonCode'] : null;
        if (self::succeeded($result) || !in_array($reason, self::$declines, true)) {
            return self::answer($result);
        }
        $result['status'] = 200;
        $result['response'] = json_encode(array('statusDetails' => array('state' => 'Declined', 'reasonCode' => $reason)));
        return $result;
    }

    /** Whether Amazon did what it was asked; what the legacy client had as its success. */
    public static function succeeded(array $result)
    {
        return $result['status'] >= 200 && $result['status'] < 300;
    }

    /**
     * The charge id of a legacy authorization: its 21st character, A, becomes C. Capture and charge ids stay as they
     * are; the rest is refused, since a guessed id could move the money of someone else.
     */
    public static function chargeId($id)
    {
        if (!is_string($id) || !preg_match('/\A([PS]\d{2}-\d{7}-\d{7})-[AC](\d{6})\z/', $id, $parts)) {
            throw new \InvalidArgumentException('Not an authorization or charge id: ' . json_encode($id));
        }
        return $parts[1] . '-C' . $parts[2];
    }

    /**
     * The idempotency key of a request, from its legacy reference id. Amazon keeps keys for good, over all POST requests
     * of the account; legacy references were unique for each operation only. Hence a hash of both.
     */
    public static function idempotencyHeader($operation, $reference)
    {
        if (!is_scalar($reference) || is_bool($reference) || (string) $reference === '') {
            throw new \InvalidArgumentException($operation . ' has no reference id to make a key of');
        }
        $text = json_encode(array($operation, (string) $reference), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
        return array('x-amz-pay-idempotency-key' => substr(hash('sha256', $text), 0, 32));
    }

    /** An amount as v2 takes it: a string, and for JPY one without decimals. Nothing is rounded. */
    public static function price($amount, $currency)
    {
        $isAmount = is_scalar($amount) && preg_match('/\A(\d+)(\.\d+)?\z/', trim((string) $amount), $parts);
        $fraction = isset($parts[2]) ? $parts[2] : '';
        $isYen = strtoupper((string) $currency) === 'JPY';
        if (!$isAmount || (string) $currency === '' || ($isYen && preg_match('/[1-9]/', $fraction))) {
            throw new \InvalidArgumentException('Not a payable amount: ' . json_encode(array($amount, $currency)));
        }
        return array('amount' => $isYen ? $parts[1] : $parts[1] . $fraction, 'currencyCode' => strtoupper((string) $currency));
    }

    /** Cuts text to a limit of v2, and no character in half. */
    public static function shorten($text, $length)
    {
        return $text === null || !preg_match('/\A.{0,' . (int) $length . '}/su', (string) $text, $parts)
            ? $text
            : $parts[0];
    }

    /** Why something is closed: v2 wants a reason, at most 255 characters; legacy took none. */
    public static function reason($text, $otherwise)
    {
        return (string) $text === '' ? $otherwise : self::shorten($text, 255);
    }

    /** Legacy left out what was empty; v2 would take it for a value. */
    public static function withoutEmpty(array $members)
    {
        $kept = array();
        foreach ($members as $name => $member) {
            $value = is_array($member) ? self::withoutEmpty($member) : $member;
            if ($value !== null && $value !== '' && $value !== array()) {
                $kept[$name] = $value;
            }
        }
        return $kept;
    }

    /** A time as legacy wrote it, 2019-07-14T15:53:00Z; that of v2 has neither dashes nor colons. */
    public static function isoTimestamp($time)
    {
        return $time === null
            ? null
            : preg_replace('/\A(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/', '$1-$2-$3T$4:$5:$6', (string) $time);
    }

    /** The regions that the legacy client knew; v2 takes them as they are. */
    private static function region($region)
    {
        $region = strtolower(trim((string) $region));
        if (!in_array($region, array('us', 'uk', 'de', 'jp', 'na', 'eu'), true)) {
            throw new \InvalidArgumentException('Amazon Pay has no region ' . json_encode($region) . '.');
        }
        return $region;
    }

    /** The v2 SDK takes a proxy only with all of its four parts. */
    private static function proxy(array $config)
    {
        if (empty($config['proxy_host'])) {
            return array();
        }
        $proxy = array();
        foreach (array('host', 'port', 'username', 'password') as $part) {
            $proxy[$part] = isset($config['proxy_' . $part]) ? $config['proxy_' . $part] : '';
        }
        return array('proxy' => $proxy);
    }

    private static function variable($name)
    {
        $value = getenv($name);
        if ($value === false || $value === '') {
            throw new \RuntimeException('The environment variable ' . $name . ' is not set; Amazon Pay needs it.');
        }
        return $value;
    }
}
`;
