import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../codemods/run-codemod';
import { codemodList } from '../../src/engine/codemod-list';
import { run } from './fake-codemods';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

const fixtures = join(__dirname, '../../fixtures/other-languages');
const fixture = (path: string): string => readFileSync(join(fixtures, path), 'utf8');

const placesOf = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
  const { run: report } = await run(createFolder(files), codemodList, {});
  return report.findings.map(({ file, range, rule }) => `${file}:${range.start.line} ${rule}`);
};

it('finds a call in a file that holds no word of legacy Amazon Pay', async () => {
  const names = ['ClientFactory', 'Gateway', 'Shipping'];
  const shop = names.map((name) => [`src/${name}.php`, fixture(`php/found/across-files/${name}.php`)] as const);
  expect(await placesOf(Object.fromEntries(shop))).toContain('src/Shipping.php:14 php/operation-call');
});

it('lists no place twice, whichever codemod sees it', async () => {
  const places = await placesOf({
    'payments.php': fixture('php/found/generation-3/payments.php'),
    'mws.php': fixture('php/found/hand-made/mws.php'),
    'payments.py': fixture('python/found/sdk/payments.py'),
    'amazon_mws.rb': fixture('ruby/found/hand-made/amazon_mws.rb'),
    'Mws.java': fixture('java/found/hand-made/Mws.java'),
  });
  expect(places.length).toBeGreaterThan(30);
  // Two rules may speak of one line, the same rule only of two places.
  expect(places.filter((place) => /php\/operation-call/.test(place))).not.toEqual([]);
  const calls = places.filter((place) => /operation/.test(place)).map((place) => place.split(' ')[0]);
  expect(calls).toEqual([...new Set(calls)]);
  expect(places.filter((place) => /unclaimed|configuration\/endpoint/.test(place))).toEqual([]);
});

it('lists the widgets of a page and the code around them, each for what it is', async () => {
  const page = `<?php $client = new \\AmazonPay\\Client($config); ?>
<script>
  new OffAmazonPayments.Widgets.Wallet({ sellerId: 'A1EXAMPLE', onPaymentSelect: function () {} }).bind('wallet');
</script>
`;
  const places = await placesOf({ 'checkout.php': page });
  expect(places).toContain('checkout.php:1 php/client');
  expect(places).toContain('checkout.php:3 browser/wallet');
  expect(places.filter((place) => /unclaimed|mention/.test(place))).toEqual([]);
});

const shops = ['python', 'ruby', 'java', 'csharp', 'go', 'text-only'].flatMap((language) =>
  readdirSync(join(fixtures, language, 'found')).map((name) => `${language}/found/${name}`),
);

it.each(shops)('reaches every place of %s from a whole project', async (shop) => {
  const files = readTree(join(fixtures, shop));
  const listed = (files.get('findings.txt') ?? '').split('\n').filter((line) => line !== '');
  files.delete('findings.txt');
  const expected = listed.map((line) => line.replace(/^(.*?): *(\d+) \w+ (\S+) .*$/, '$1:$2 $3'));
  expect(expected).not.toEqual([]);
  const places = await placesOf(Object.fromEntries(files));
  expect(places.filter((place) => /other-language|unclaimed/.test(place)).sort()).toEqual(expected.sort());
});

describe('code that is read by its text', () => {
  const found = async (files: Readonly<Record<string, string>>) =>
    (await run(createFolder(files), codemodList, {})).run.findings;

  it('is one finding for a file, which says so, with low confidence', async () => {
    const [finding, ...others] = await found({ 'Payments.kt': fixture('text-only/found/jvm/Payments.kt') });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'other-language/text-only',
      confidence: 'low',
      automation: 'manual',
      replacement: { name: 'software.amazon.pay:amazon-pay-api-sdk-java' },
      message:
        'Kotlin is read by its text only, so this is the one finding for the whole file: it names com.amazon.pay.Client (line 3), com.amazon.pay.impl.PayClient (line 4), com.amazon.pay.request.CaptureRequest (line 5), com.amazon.pay.request.RefundRequest (line 6), com.amazon.pay.types.CurrencyCode (line 7), and 1 more.',
    });
    expect(finding?.guidance).toContain('can be called from Kotlin');
  });

  it('is named in files of any other kind, too', async () => {
    const address = 'https://mws.amazonservices.com/OffAmazonPayments/2013-01-01';
    const findings = await found({ 'capture.tcl': `http::geturl ${address}\n` });
    expect(findings).toMatchObject([{ rule: 'unclaimed/legacy-code', confidence: 'low' }]);
    expect(findings[0]?.message).toContain('read by their text only');
  });

  it('is nothing where it is of v2, of other products or of marketplace sellers', async () => {
    const sellers = 'curl https://mws.amazonservices.com/Orders/2013-09-01\n';
    const looksLikeIt = readTree(join(fixtures, 'text-only/look-alikes'));
    expect(await found({ ...Object.fromEntries(looksLikeIt), 'orders.sh': sellers, 'orders.tcl': sellers })).toEqual(
      [],
    );
  });

  it('is listed where sellers fetch the reports of Amazon Pay', async () => {
    const code =
      "call('mws.amazonservices.com/Reports/2009-01-01', '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_')\n";
    const findings = await found({ 'reports.tcl': code, 'reports.pl': code });
    expect(findings.map(({ file, rule, legacy }) => `${file} ${rule} ${legacy.name}`)).toEqual([
      'reports.pl other-language/text-only _GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_',
      'reports.tcl unclaimed/legacy-code _GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_',
    ]);
  });
});
