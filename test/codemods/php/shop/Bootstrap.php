<?php

namespace Shop;

use AmazonPay\Client;

/** Makes what the shop works with. */
final class Bootstrap
{
    public static function gateway(): Gateway
    {
        return new Gateway(self::client());
    }

    private static function client(): Client
    {
        return new Client([
            'Merchant_ID' => 'A1EXAMPLE',
            'access_key' => 'access',
            'secret_key' => 'secret',
            'region' => 'us',
            'sandbox' => true,
            'currency_code' => 'USD',
        ]);
    }
}
