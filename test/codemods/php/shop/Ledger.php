<?php

namespace Shop;

/** Lives on what the gateway returns of Amazon's answers. */
class Ledger
{
    /** @var Gateway */
    private $gateway;

    public function __construct(Gateway $gateway)
    {
        $this->gateway = $gateway;
    }

    public function book($capture)
    {
        $details = $this->gateway->captureDetails($capture);
        if ($details === null) {
            return 'no such capture';
        }
        $isDone = $details['CaptureStatus']['State'] === 'Completed' && $details['CaptureAmount']['CurrencyCode'] == 'USD';

        return [$isDone, $details['CaptureAmount']['Amount'], $details['AmazonCaptureId']];
    }

    public function payBack($capture, $amount, $reference)
    {
        $response = $this->gateway->refundAnswer($capture, $amount, $reference);
        if (!$response) {
            return 'nothing to pay back';
        }
        $result = $response->toArray();
        if ($result['ResponseStatus'] != '200') {
            return $result['Error']['Code'] === 'TransactionAmountExceeded' ? 'too much' : 'other';
        }

        return $result['RefundResult']['RefundDetails']['AmazonRefundId'];
    }

    public function isPaidBack($refund)
    {
        return $this->gateway->stateOf($refund) === 'Completed';
    }
}
