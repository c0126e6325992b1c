import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phpHelper } from '../../../codemods/php/emitted-class';

const folder = mkdtempSync(join(tmpdir(), 'php-connect-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sdk = `<?php
namespace Amazon\\Pay\\API;
class Client
{
    public $config;
    public function __construct(array $config)
    {
        $this->config = $config;
    }
}
`;
writeFileSync(join(folder, 'sdk.php'), sdk);
writeFileSync(join(folder, 'AmazonPayV2.php'), phpHelper);
writeFileSync(join(folder, 'settings.json'), '{"REGION": " de ", "sandbox": true, "currency_code": "EUR"}');

/** What the v2 client is made with, and the currency that is known of it; the name of what is thrown. */
function connect(config: string, env: Readonly<Record<string, string>> = KEYS): unknown {
  const script = `<?php
require 'sdk.php';
require 'AmazonPayV2.php';
try {
    $client = AmazonPayV2::connect(${config});
    echo json_encode(array($client->config, AmazonPayV2::currency($client)));
} catch (Exception $error) {
    echo json_encode(get_class($error));
}
`;
  const { stdout, stderr } = spawnSync('php', ['-d', 'display_errors=stderr'], {
    cwd: folder,
    input: script,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const KEYS = { AMAZON_PAY_PUBLIC_KEY_ID: 'SANDBOX-KEY', AMAZON_PAY_PRIVATE_KEY: 'pem' };
const keys = { public_key_id: 'SANDBOX-KEY', private_key: 'pem' };

it('takes region, environment and currency as the legacy client did: keys in any case, texts trimmed', () => {
  expect(
    connect("array('Region' => ' UK ', 'Sandbox' => true, 'CURRENCY_CODE' => ' gbp', 'secret_key' => 's')"),
  ).toEqual([{ ...keys, region: 'uk', sandbox: true }, 'gbp']);
});

it('is live where nothing is said, as legacy was', () => {
  expect(connect("array('region' => 'jp')")).toEqual([{ ...keys, region: 'jp', sandbox: false }, '']);
  expect(connect("array('region' => 'jp', 'sandbox' => '')")).toEqual([{ ...keys, region: 'jp', sandbox: false }, '']);
});

it('reads the JSON file that the legacy client was given', () => {
  expect(connect("'settings.json'")).toEqual([{ ...keys, region: 'de', sandbox: true }, 'EUR']);
});

it('hands the proxy on', () => {
  const proxy = { host: 'proxy.example', port: 8080, username: '', password: '' };
  expect(connect("array('region' => 'us', 'proxy_host' => 'proxy.example', 'proxy_port' => 8080)")).toEqual([
    { ...keys, region: 'us', sandbox: false, proxy },
    '',
  ]);
});

it.each([
  ["array('region' => 'us', 'sandbox' => 'false')", 'a text may mean either environment'],
  ["array('region' => 'us', 'sandbox' => 1)", 'legacy took nothing but a boolean'],
  ["array('region' => 'fr')", 'there is no such region'],
  ['array()', 'there is no region'],
  ["array('region' => 'us', 'override_service_url' => 'https://mws.example')", 'it is the address of MWS'],
  ["'missing.json'", 'there is no such file'],
  ['null', 'there is no configuration'],
])('refuses %s, since %s', (config) => {
  expect(connect(config)).toBe('InvalidArgumentException');
});

it('makes no client without a key pair', () => {
  expect(connect("array('region' => 'us')", { AMAZON_PAY_PUBLIC_KEY_ID: 'key' })).toBe('RuntimeException');
});
