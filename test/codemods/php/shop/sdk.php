<?php

/** What speaks for both SDKs: a process that asks the emulator, since neither of them can be installed here. */
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
