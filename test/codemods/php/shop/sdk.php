<?php

/**
 * The two SDKs as the merchant's code sees them (facts: other-languages.md sections 2 and 9): the calls go to the emulator
 * through a process that speaks for both, since neither can be installed here.
 */
namespace {
    function ask($what, $name, array $arguments)
    {
        $context = stream_context_create(['http' => [
            'method' => 'POST',
            'header' => 'content-type: application/json',
            'content' => json_encode([$what, $name, $arguments]),
            'ignore_errors' => true,
        ]]);

        return json_decode(file_get_contents(getenv('AMAZON'), false, $context), true);
    }
}

namespace AmazonPay {
    class Client
    {
        public $success = false;
        private $config;

        public function __construct(array $config)
        {
            $this->config = $config;
        }

        public function __get($name)
        {
            if (!array_key_exists($name, $this->config)) {
                throw new \Exception("Key $name is not part of the configuration");
            }

            return $this->config[$name];
        }

        public function __call($name, array $arguments)
        {
            $parameters = array_filter($arguments[0] + ['currency_code' => $this->currency_code], function ($value) {
                return $value !== '' && $value !== null;
            });
            $answer = \ask('legacy', $name, [$parameters]);
            $this->success = $answer['ResponseStatus'] === '200';

            return new ResponseParser($answer);
        }
    }

    class ResponseParser
    {
        private $answer;

        public function __construct(array $answer)
        {
            $this->answer = $answer;
        }

        public function toArray()
        {
            return $this->answer;
        }

        public function toJson()
        {
            return json_encode($this->answer);
        }
    }
}

namespace Amazon\Pay\API {
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
}
