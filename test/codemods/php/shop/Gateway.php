<?php

namespace Shop;

use AmazonPay\Client;

/** What a shop does with an order that was placed: each answer is what the rest of the shop lives on. */
class Gateway
{
    private $client;
    private $log = [];

    public function __construct(Client $client)
    {
        $this->client = $client;
    }

    public function authorize($order, $amount, $reference, array $more = [])
    {
        $response = $this->client->authorize([
            'amazon_order_reference_id' => $order,
            'authorization_amount' => $amount,
            'currency_code' => 'USD',
            'authorization_reference_id' => $reference,
            'transaction_timeout' => isset($more['asynchronous']) ? 1440 : 0,
        ]);
        $result = $response->toArray();
        if (isset($result['Error'])) {
            return 'refused ' . ($result['Error']['Code'] === 'TransactionAmountExceeded' ? 'amount' : 'other');
        }
        $details = $result['AuthorizeResult']['AuthorizationDetails'];
        switch ($details['AuthorizationStatus']['State']) {
            case 'Open':
                return 'open ' . substr($details['AmazonAuthorizationId'], 0, 19);
            case 'Pending':
                return 'pending';
            case 'Declined':
                $isCard = $details['AuthorizationStatus']['ReasonCode'] == 'InvalidPaymentMethod';
                return 'declined ' . ($isCard ? 'card' : 'amazon');
            default:
                return 'unknown';
        }
    }

    public function capture($authorization, $amount, $reference)
    {
        $parameters = array();
        $parameters['amazon_authorization_id'] = $authorization;
        $parameters['capture_amount'] = $amount;
        $parameters['capture_reference_id'] = $reference;
        $response = $this->client->capture($parameters);
        if (!$this->client->success) {
            $this->log[] = 'capture failed';
            $this->client->closeAuthorization(['amazon_authorization_id' => $authorization]);

            return $this->log;
        }
        $capture = json_decode($response->toJson(), true)['CaptureResult']['CaptureDetails'];
        $isDone = in_array($capture['CaptureStatus']['State'], ['Completed', 'Pending']);

        return [$isDone, $capture['AmazonCaptureId'], $capture['CaptureAmount']['Amount']];
    }

    public function refund($capture, $amount, $reference)
    {
        $response = $this->client->refund([
            'amazon_capture_id' => $capture,
            'refund_amount' => $amount,
            'currency_code' => 'USD',
            'refund_reference_id' => $reference,
        ]);
        $data = json_decode($response->toJson());
        if (isset($data->Error)) {
            return $data->Error->Code === 'TransactionAmountExceeded' ? 'too much' : 'other';
        }

        return [$data->RefundResult->RefundDetails->AmazonRefundId, $data->RefundResult->RefundDetails->RefundAmount->Amount];
    }

    public function refunded($capture)
    {
        $details = $this->client->getCaptureDetails(['amazon_capture_id' => $capture])->toArray();

        return (float) $details['GetCaptureDetailsResult']['CaptureDetails']['RefundedAmount']['Amount'];
    }

    public function refundState($refund)
    {
        $answer = $this->client->getRefundDetails(['amazon_refund_id' => $refund])->toArray();
        $state = $answer['GetRefundDetailsResult']['RefundDetails']['RefundStatus']['State'];
        if ($state === 'Completed') {
            return 'paid back';
        }

        return $state !== 'Pending' ? 'not paid back' : 'on its way';
    }

    public function close($order)
    {
        $response = $this->client->closeOrderReference(['amazon_order_reference_id' => $order, 'closure_reason' => '']);

        return $this->client->success;
    }

    /** Half of the answer, which the ledger reads. */
    public function captureDetails($capture)
    {
        $result = $this->client->getCaptureDetails(['amazon_capture_id' => $capture])->toArray();
        if (isset($result['Error'])) {
            return null;
        }

        return $result['GetCaptureDetailsResult']['CaptureDetails'];
    }

    public function refundAnswer($capture, $amount, $reference)
    {
        if ($amount === '0.00') {
            return null;
        }

        return $this->client->refund([
            'amazon_capture_id' => $capture,
            'refund_amount' => $amount,
            'refund_reference_id' => $reference,
        ]);
    }

    public function stateOf($refund)
    {
        return $this->refundOf($refund)['GetRefundDetailsResult']['RefundDetails']['RefundStatus']['State'];
    }

    private function refundOf($refund)
    {
        return json_decode($this->client->getRefundDetails(['amazon_refund_id' => $refund])->toJson(), true);
    }
}
