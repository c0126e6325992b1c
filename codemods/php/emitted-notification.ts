import { legacyNotificationTypes, notifiedObjects } from '../../src/catalog/notifications';

/** The file by which a PHP handler receives notifications of both versions; the merchant owns it. */
export const PHP_NOTIFICATION = 'AmazonPayNotification.php';

const objectRows = Object.entries(notifiedObjects).map(
  ([type, { sdkMethod, id }]) => `        '${type}' => array('${sdkMethod}', '/\\A${id.source.slice(1, -1)}\\z/'),\n`,
);

/** A legacy chargeback has an id of its own, which v2 does not know. */
const legacyRows = legacyNotificationTypes
  .filter(({ objectType }) => objectType !== null && objectType !== 'CHARGEBACK')
  .map(({ type, id, objectType }) => `        '${type.toLowerCase()}' => array('${objectType}', '${id}'),\n`);

/** Written for PHP 5.6, as the v2 SDK is. Facts: ipn.md. */
export const phpNotification = `<?php
/**
 * A notification of Amazon Pay, of legacy (MWS) or of Checkout v2: which object it is about, and what Amazon says of it.
 * Written by amazon-pay-migrate; it is yours to change. It needs amzn/amazon-pay-api-sdk-php, ext-openssl and ext-simplexml.
 */
final class AmazonPayNotification
{
    /** 'legacy' or 'v2'. */
    public $version;

    /** CHARGE, REFUND, CHARGE_PERMISSION, CHARGEBACK, or another word of Amazon; null for what v2 has no object of. */
    public $type;

    /** The id of the object in v2; null where there is nothing to ask for. */
    public $id;

    /** Whether the test tool of Seller Central sent it, about an object that does not exist. */
    public $isSample;

    /** The message itself, to keep. Never act on what it says of a state. */
    public $message;

    /** How each object is fetched, and what its id looks like. */
    private static $objects = array(
${objectRows.join('')}    );

    /** What a legacy notification is about, and where its XML has the id. */
    private static $legacy = array(
${legacyRows.join('')}    );

    private function __construct()
    {
    }

    /**
     * Reads a message after its signature was checked, as the legacy SDK did.
     *
     * @param string        $body        as it was posted: file_get_contents('php://input')
     * @param callable|null $certificate gives the certificate (PEM) of an address, for instance from a cache; without it the
     *                                   certificate is fetched each time
     * @throws \\InvalidArgumentException when Amazon did not send it: answer 400, and it does not come again
     * @throws \\RuntimeException         when the certificate cannot be had now: answer 503, and it comes again
     */
    public static function receive($body, $certificate = null)
    {
        $envelope = json_decode($body, true);
        if (!is_array($envelope) || !isset($envelope['Type']) || $envelope['Type'] !== 'Notification') {
            throw new \\InvalidArgumentException('Not a notification of Amazon SNS.');
        }
        self::verify($envelope, $certificate === null ? array(__CLASS__, 'certificate') : $certificate);
        $message = json_decode($envelope['Message'], true);
        if (!is_array($message)) {
            throw new \\InvalidArgumentException('Not a notification of Amazon Pay.');
        }
        // The documents of Amazon write the same keys in two ways.
        $fields = array_change_key_case($message);
        $notification = isset($fields['notificationversion']) ? self::ofV2($fields) : self::ofLegacy($fields);
        $notification->message = $message;
        $notification->isSample = !empty($fields['issample']) || preg_match('/\\A[A-Z]\\d\\d-0{7}-0{7}/', (string) $notification->id);
        return $notification;
    }

    /**
     * What Amazon says of the object now; null where there is nothing to ask for: keep the message and look at it.
     *
     * @param \\Amazon\\Pay\\API\\Client $client
     * @throws \\RuntimeException when Amazon does not answer: answer 503, and the notification comes again
     */
    public function fetch($client)
    {
        if ($this->id === null || $this->isSample) {
            return null;
        }
        $method = self::$objects[$this->type][0];
        $result = $client->$method($this->id);
        $object = json_decode($result['response'], true);
        if ($result['status'] < 200 || $result['status'] >= 300 || !is_array($object)) {
            throw new \\RuntimeException('Amazon Pay answered ' . $result['status'] . ' about ' . $this->id . '.');
        }
        return $object;
    }

    private static function ofV2(array $fields)
    {
        $notification = new self();
        $notification->version = 'v2';
        $notification->type = isset($fields['objecttype']) ? strtoupper((string) $fields['objecttype']) : null;
        $notification->id = self::idOf($notification->type, isset($fields['objectid']) ? $fields['objectid'] : null);
        return $notification;
    }

    /** Legacy told what happened in XML; of that only the id of the object counts. */
    private static function ofLegacy(array $fields)
    {
        $notification = new self();
        $notification->version = 'legacy';
        $name = isset($fields['notificationtype']) ? strtolower(str_replace(' ', '', $fields['notificationtype'])) : '';
        if (!isset(self::$legacy[$name], $fields['notificationdata'])) {
            return $notification;
        }
        list($notification->type, $element) = self::$legacy[$name];
        $notification->id = self::idOf($notification->type, self::elementOf($fields['notificationdata'], $element));
        return $notification;
    }

    /** The text of the one element of a name; null where there is none, or more than one. */
    private static function elementOf($xml, $name)
    {
        if (!is_string($xml) || stripos($xml, '<!DOCTYPE') !== false) {
            throw new \\InvalidArgumentException('Not a notification of Amazon Pay.');
        }
        $before = libxml_use_internal_errors(true);
        $document = simplexml_load_string(trim($xml), 'SimpleXMLElement', LIBXML_NONET);
        libxml_clear_errors();
        libxml_use_internal_errors($before);
        $found = $document === false ? array() : $document->xpath('//*[local-name()="' . $name . '"]');
        return is_array($found) && count($found) === 1 ? trim((string) $found[0]) : null;
    }

    /** An id as v2 knows it; an id that has not the form of its kind is never asked for. */
    private static function idOf($type, $id)
    {
        if (!isset(self::$objects[$type]) || !is_string($id)) {
            return null;
        }
        // The charge of an authorization: its 21st character, A, becomes C.
        if ($type === 'CHARGE') {
            $id = preg_replace('/\\A([PS]\\d{2}-\\d{7}-\\d{7})-A(\\d{6})\\z/', '$1-C$2', $id);
        }
        return preg_match(self::$objects[$type][1], $id) ? $id : null;
    }

    /** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
    private static function verify(array $envelope, $certificate)
    {
        $algorithms = array('1' => OPENSSL_ALGO_SHA1, '2' => OPENSSL_ALGO_SHA256);
        $text = '';
        foreach (array('Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type') as $key) {
            if ($key === 'Subject' && !isset($envelope[$key])) {
                continue;
            }
            if (!isset($envelope[$key]) || !is_string($envelope[$key])) {
                throw new \\InvalidArgumentException('Not a signed message of Amazon SNS.');
            }
            $text .= $key . "\\n" . $envelope[$key] . "\\n";
        }
        // AWS Lambda writes the name of the address in another way.
        $envelope += array('SigningCertURL' => isset($envelope['SigningCertUrl']) ? $envelope['SigningCertUrl'] : null);
        $address = is_string($envelope['SigningCertURL']) ? $envelope['SigningCertURL'] : '';
        $version = isset($envelope['SignatureVersion']) ? (string) $envelope['SignatureVersion'] : '';
        $signature = isset($envelope['Signature']) ? base64_decode((string) $envelope['Signature'], true) : false;
        $isAmazon = preg_match('~\\Ahttps://sns\\.[a-zA-Z0-9-]{3,}\\.amazonaws\\.com(\\.cn)?/[\\w-]{1,128}\\.pem\\z~', $address);
        if (!$isAmazon || !isset($algorithms[$version]) || $signature === false) {
            throw new \\InvalidArgumentException('Not a signed message of Amazon SNS.');
        }
        $pem = (string) call_user_func($certificate, $address);
        $known = openssl_x509_parse($pem);
        $key = openssl_pkey_get_public($pem);
        if ($known === false || $key === false) {
            throw new \\RuntimeException('What was fetched from ' . $address . ' is no certificate.');
        }
        $subject = isset($known['subject']['CN']) ? $known['subject']['CN'] : '';
        $isOfSns = is_string($subject) && preg_match('/\\Asns(\\.[a-z0-9-]{3,32})?\\.amazonaws\\.com(\\.cn)?\\z/', $subject);
        if (!$isOfSns || openssl_verify($text, $signature, $key, $algorithms[$version]) !== 1) {
            throw new \\InvalidArgumentException('The signature does not fit the message.');
        }
    }

    private static function certificate($address)
    {
        $context = stream_context_create(array('http' => array('timeout' => 5, 'follow_location' => 0)));
        $pem = @file_get_contents($address, false, $context, 0, 65536);
        if ($pem === false) {
            throw new \\RuntimeException('The certificate of Amazon SNS cannot be fetched.');
        }
        return $pem;
    }
}
`;

/** The handler to write: the legacy one and this one cannot be told apart by who calls them, so one takes both. */
export const handlerToWrite = (construction: string): string => `require_once __DIR__ . '/${PHP_NOTIFICATION}';

${construction}
try {
    // Legacy and v2 alike; which one it is, NotificationVersion says.
    $notification = AmazonPayNotification::receive(file_get_contents('php://input'));
    // The notification says what to look at; the GET says how it is.
    $object = $notification->fetch($client);
} catch (\\InvalidArgumentException $error) {
    http_response_code(400);
    exit;
} catch (\\RuntimeException $error) {
    // Amazon sends it again.
    http_response_code(503);
    exit;
}
$state = isset($object['statusDetails']['state']) ? $object['statusDetails']['state'] : null;
$reason = isset($object['statusDetails']['reasonCode']) ? $object['statusDetails']['reasonCode'] : null;
if ($object === null) {
    error_log('Amazon Pay: to look at: ' . json_encode($notification->message));
} elseif ($notification->type === 'CHARGE') {
    // AuthorizationInitiated, Authorized, CaptureInitiated, Captured, Canceled or Declined.
    updateCharge($object['chargeId'], $object['chargePermissionId'], $state, $reason);
} elseif ($notification->type === 'REFUND') {
    // RefundInitiated, Refunded or Declined.
    updateRefund($object['refundId'], $object['chargeId'], $state, $reason);
} elseif ($notification->type === 'CHARGE_PERMISSION') {
    // Chargeable, NonChargeable or Closed; the reasons are a list here.
    updateOrder($object['chargePermissionId'], $state, $object['statusDetails']['reasons']);
}
http_response_code(200);`;
