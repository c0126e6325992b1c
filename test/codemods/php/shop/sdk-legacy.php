<?php

/** The legacy SDK as the merchant's code sees it (facts: other-languages.md section 2). */
namespace AmazonPay;

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
