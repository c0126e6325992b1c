import { codemodList } from '../../src/engine/codemod-list';
import type { Run } from '../../src/engine/run';
import { run } from './fake-codemods';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

type Files = Readonly<Record<string, string>>;

const audit = async (files: Files): Promise<Run> =>
  (await run(createFolder(files), codemodList, { command: 'audit' })).run;

const placesOf = ({ findings }: Run): string[] =>
  findings.map(({ file, range, rule }) => `${file}:${range.start.line} ${rule}`);

const php = (namespace: string, kind: string, body = ''): string =>
  `<?php\nnamespace ${namespace};\n\n/* Class of the SDK */\n${kind}\n{\n${body}}\n`;
const capture =
  "    public function capture($p = array()) { $p['Action'] = 'Capture'; return $p['amazon_authorization_id']; }\n";

const third = (root: string): Files => ({
  [`${root}/Client.php`]: php('AmazonPay', 'class Client implements ClientInterface, LoggerAwareInterface', capture),
  [`${root}/ClientInterface.php`]: php('AmazonPay', 'interface ClientInterface'),
  [`${root}/HttpCurl.php`]: php('AmazonPay', 'class HttpCurl implements HttpCurlInterface'),
  [`${root}/IpnHandler.php`]: php('AmazonPay', 'class IpnHandler implements IpnHandlerInterface'),
  [`${root}/Regions.php`]: php('AmazonPay', 'class Regions', "    public $u = 'mws.amazonservices.com';\n"),
  [`${root}/ResponseParser.php`]: php('AmazonPay', 'class ResponseParser implements ResponseInterface'),
});

const call = `<?php
require 'lib/AmazonPay/Client.php';
$client = new \\AmazonPay\\Client(['merchant_id' => 'A1EXAMPLE']);
$client->getServiceStatus();
`;

const first = (name: string, parent = ''): string => `<?php\nclass ${name}${parent}\n{\n}\n`;
const pear = (root: string): Files =>
  Object.fromEntries(
    ['Client', 'Interface', 'Exception', 'Model', 'Model_CaptureRequest', 'Model_Price'].map((part) => [
      `${root}/OffAmazonPaymentsService/${part.replace(/_/g, '/')}.php`,
      part === 'Interface'
        ? '<?php\ninterface OffAmazonPaymentsService_Interface\n{\n}\n'
        : first(`OffAmazonPaymentsService_${part}`),
    ]),
  );

const java = (path: string, kind: string): [string, string] => {
  const [, folder = '', name = ''] = /^(.*)\/(\w+)\.java$/.exec(path) ?? [];
  return [`src/${path}`, `package ${folder.replace(/\//g, '.')};\n\npublic ${kind} ${name} {\n}\n`];
};

const csharp = (namespace: string, name: string): string =>
  `using System;\n\nnamespace ${namespace}\n{\n    public class ${name}\n    {\n    }\n}\n`;

const ruby = (module: string, name: string): string => `module ${module}\n  class ${name}\n  end\nend\n`;

const copies: readonly (readonly [string, Files, string])[] = [
  ['the third generation of PHP', third('lib/AmazonPay'), 'lib/AmazonPay/Client.php:5'],
  [
    'the second generation of PHP',
    Object.fromEntries(
      Object.entries(third('PayWithAmazon')).map(([path, text]) => [path, text.replace(/AmazonPay/g, 'PayWithAmazon')]),
    ),
    'PayWithAmazon/Client.php:5',
  ],
  ['the first generation of PHP', pear('library'), 'library/OffAmazonPaymentsService/Client.php:2'],
  [
    'the SDK for Python',
    {
      'third_party/amazon_pay/__init__.py': "__version__ = '2.7.1'\n",
      'third_party/amazon_pay/client.py':
        'from amazon_pay.payment_request import PaymentRequest\n\n\nclass AmazonPayClient:\n    pass\n',
      'third_party/amazon_pay/ipn_handler.py': 'class IpnHandler(object):\n    pass\n',
      'third_party/amazon_pay/payment_request.py': "class PaymentRequest:\n    mws_access_key = ''\n",
      'third_party/amazon_pay/payment_response.py':
        'from amazon_pay import client\n\nclass PaymentResponse:\n    pass\n',
      'third_party/amazon_pay/ap_region.py': "regions = {'de': 'mws-eu.amazonservices.com'}\n",
    },
    'third_party/amazon_pay/client.py:4',
  ],
  [
    'the SDK for Ruby',
    {
      'vendor_lib/amazon_pay/client.rb': `${ruby('AmazonPay', 'Client')}# amazon_order_reference_id\n`,
      'vendor_lib/amazon_pay/request.rb': ruby('AmazonPay', 'Request'),
      'vendor_lib/amazon_pay/response.rb': ruby('AmazonPay', 'Response'),
      'vendor_lib/amazon_pay/ipn_handler.rb': ruby('AmazonPay', 'IpnHandler'),
      'vendor_lib/amazon_pay/login.rb': ruby('AmazonPay', 'Login'),
    },
    'vendor_lib/amazon_pay/client.rb:2',
  ],
  [
    'the SDK for Java',
    Object.fromEntries([
      java('com/amazon/pay/Client.java', 'interface'),
      java('com/amazon/pay/Config.java', 'interface'),
      java('com/amazon/pay/impl/PayClient.java', 'class'),
      java('com/amazon/pay/impl/PayConfig.java', 'class'),
      java('com/amazon/pay/request/CaptureRequest.java', 'class'),
      java('com/amazon/pay/response/model/Price.java', 'class'),
    ]),
    'src/com/amazon/pay/impl/PayClient.java:3',
  ],
  [
    'the SDK for C#',
    {
      'Sdk/Client.cs': csharp('AmazonPay', 'Client').replace('System;', 'AmazonPay.CommonRequests;'),
      'Sdk/IpnHandler.cs': csharp('AmazonPay', 'IpnHandler').replace('System;', 'AmazonPay.Responses;'),
      'Sdk/CommonRequests/Configuration.cs': csharp('AmazonPay.CommonRequests', 'Configuration'),
      'Sdk/StandardPaymentRequests/CaptureRequest.cs': csharp('AmazonPay.StandardPaymentRequests', 'CaptureRequest'),
      'Sdk/Responses/CaptureResponse.cs': csharp('AmazonPay.Responses', 'CaptureResponse'),
    },
    'Sdk/Client.cs:5',
  ],
  [
    'the module for Go',
    {
      'third_party/github.com/qor/amazon-pay-sdk-go/amazon_pay.go':
        'package amazonpay\n\n// OffAmazonPayments/2013-01-01\ntype AmazonPay struct {\n}\n',
    },
    'third_party/github.com/qor/amazon-pay-sdk-go/amazon_pay.go:4',
  ],
];

it.each(copies)('lists %s that lies in the tree as one finding', async (_name, files, place) => {
  const report = await audit(files);
  expect(placesOf(report)).toEqual([`${place} other-language/vendored-sdk`]);
  // Every file of it is accounted for.
  const told = report.files.filter(({ reason }) => reason.includes('copy of')).map(({ path }) => path);
  expect(report.files.map(({ path }) => path)).toEqual(told);
});

it('still finds what the shop does with the copy', async () => {
  const places = placesOf(await audit({ ...third('lib/AmazonPay'), 'pay.php': call }));
  expect(places.filter((place) => place.startsWith('lib/'))).toEqual([
    'lib/AmazonPay/Client.php:5 other-language/vendored-sdk',
  ]);
  expect(places).toContain('pay.php:4 other-language/operation');
});

it('still lists a class of the shop beside the files of a copy', async () => {
  const own = php('AmazonPay', 'class ShopClient extends Client', capture);
  const places = placesOf(await audit({ ...third('lib/AmazonPay'), 'lib/AmazonPay/ShopClient.php': own }));
  expect(places.some((place) => place.startsWith('lib/AmazonPay/ShopClient.php'))).toBe(true);
  const pearOwn = first('OffAmazonPaymentsService_Shop', ' extends OffAmazonPaymentsService_Client');
  const older = placesOf(await audit({ ...pear('lib'), 'lib/OffAmazonPaymentsService/Own.php': pearOwn }));
  expect(older.some((place) => place.startsWith('lib/OffAmazonPaymentsService/Own.php'))).toBe(true);
});

it('takes a class of the shop that only has the name of one of the SDK for what it is', async () => {
  const own = php(
    'AmazonPay',
    'class Client',
    `${capture}    const URL = 'https://mws-eu.amazonservices.com/OffAmazonPayments/2013-01-01';\n`,
  );
  const places = placesOf(
    await audit({ 'src/AmazonPay/Client.php': own, 'src/AmazonPay/Regions.php': php('AmazonPay', 'class Regions') }),
  );
  expect(places.filter((place) => /vendored/.test(place))).toEqual([]);
  expect(places.filter((place) => /Client\.php:\d+ other-language\/request/.test(place))).not.toEqual([]);
});

it('edits no file of a copy, and finds nothing more in it after migrating', async () => {
  const root = createFolder({ ...third('lib/AmazonPay'), 'pay.php': call });
  const { changes } = await run(root, codemodList, {});
  expect(changes.filter(({ path }) => path.startsWith('lib/'))).toEqual([]);
});

it('lists the copy where somebody asks for this rule alone, and not where somebody leaves it out', async () => {
  const root = createFolder(third('lib/AmazonPay'));
  const rule = 'other-language/vendored-sdk';
  expect((await run(root, codemodList, { command: 'audit', only: [rule] })).run.findings).toHaveLength(1);
  expect((await run(root, codemodList, { command: 'audit', skip: [rule] })).run.findings).toEqual([]);
});
