<?php

/** Asks the gateway what it is told, a line of JSON each, and answers with a line. */
foreach (glob(__DIR__ . '/sdk*.php') as $sdk) {
    require $sdk;
}
require __DIR__ . '/Bootstrap.php';
require __DIR__ . '/Gateway.php';
require __DIR__ . '/Ledger.php';

$gateway = Shop\Bootstrap::gateway();
$ledger = new Shop\Ledger($gateway);
while (($line = fgets(STDIN)) !== false) {
    list($method, $arguments) = json_decode($line, true);
    try {
        $answer = ['answer' => call_user_func_array([method_exists($ledger, $method) ? $ledger : $gateway, $method], $arguments)];
    } catch (\Exception $error) {
        $answer = ['error' => get_class($error)];
    }
    echo json_encode($answer), "\n";
}
