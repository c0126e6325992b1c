<?php

/** The v2 SDK as the merchant's code sees it (facts: other-languages.md section 9). */
namespace Amazon\Pay\API;

class Client
{
    public function __construct(array $config)
    {
        if ($config['region'] !== 'us' || $config['sandbox'] !== true || $config['public_key_id'] !== 'key') {
            throw new \Exception('Another account');
        }
    }

    public function __call($name, array $arguments)
    {
        return \ask('v2', $name, $arguments);
    }

    public function captureCharge($id, $payload, $headers)
    {
        return \ask('v2', 'captureCharge', [$id, $payload, $headers]);
    }
}
