import type { CodemodInput, FindingDraft, NewFile, SourceUnit } from '../../codemod';
import { fill } from '../fill';
import type { LegacyCheckout } from '../legacy/read-legacy';
import { fillShop } from '../sources/shop';
import { PHP_FLOW } from './flow';
import { PHP_FLOW_END, PHP_RECURRING } from './flow-end';
import { PHP_FREQUENCY, PHP_INDEX, PHP_ORDERS } from './orders';
import { PHP_TEST, PHP_TEST_RECURRING } from './test-script';

/** Files of legacy Amazon Pay in PHP; empty when the shop is not a PHP shop. */
export const phpFiles = ({ files }: CodemodInput): readonly SourceUnit[] =>
  files.filter(
    ({ path, text }) => path.endsWith('.php') && /off_?amazon_?payments|amazon_?pay|PayWithAmazon/i.test(text),
  );

const ONE_TIME = {
  whichOrder: '',
  typeCheck: '',
  frequency: "            'chargePermissionType' => 'OneTime',\n",
  recurringMetadata: '',
  cycle: '',
};

/** Writes the scaffold of a PHP shop into the folder that the web server shows. */
export function emitPhp(files: readonly SourceUnit[], legacy: LegacyCheckout, currency: string): NewFile[] {
  const root =
    files.flatMap(({ path }) => /^(?:.*\/)?(?:public|web|htdocs|www|public_html)\//.exec(path)?.[0] ?? [])[0] ?? '';
  const taken = files.some(({ path }) => path.startsWith(`${root}amazon-pay/`));
  // The address is fixed by the contract with the pages, so another folder would need a rule of the web server anyway.
  const folder = `${root}amazon-pay${taken ? '-checkout' : ''}`;
  const up = folder.split('/').length;
  const autoload = `dirname(__DIR__${up === 1 ? '' : `, ${up}`}) . '/vendor/autoload.php'`;
  const { isRecurring } = legacy;
  const scopes = legacy.scopes.map((scope) => `'${scope}'`).join(', ');
  const todo =
    '    // TODO(amazon-pay-v2) scaffold/ledger-currency: the currency of your Amazon Pay account, USD, EUR, GBP or JPY\n';
  const write = (name: string, text: string): NewFile => ({ path: `${folder}/${name}.php`, text });
  return [
    write(
      'checkout-flow',
      fill(PHP_FLOW + PHP_FLOW_END, {
        ...(isRecurring ? PHP_RECURRING : ONE_TIME),
        scopes: scopes === '' ? '' : `            'scopes' => [${scopes}],\n`,
      }),
    ),
    write(
      'checkout-flow-test',
      fill(PHP_TEST, { recurring: isRecurring ? PHP_TEST_RECURRING : '', type: isRecurring ? 'Recurring' : 'OneTime' }),
    ),
    write(
      'index',
      fill(PHP_INDEX, {
        autoload,
        region: legacy.region,
        ledger: `${legacy.ledgerCurrency === undefined ? todo : ''}    'ledgerCurrency' => '${currency}',\n`,
      }),
    ),
    write(
      'orders',
      fill(PHP_ORDERS, {
        ...fillShop(legacy.pages, legacy.paymentIntent, '    '),
        pending: String(legacy.isAsynchronous),
        frequencyFunction: isRecurring ? PHP_FREQUENCY : '',
      }),
    ),
  ];
}

/** What no file of the shop can say: how its web server finds the endpoints, and the SDK. */
export function mountPhp(files: readonly NewFile[]): FindingDraft {
  const path = files.find((file) => file.path.endsWith('/index.php'))?.path ?? '';
  return {
    rule: 'scaffold/mount',
    codemod: 'scaffold',
    surface: 'browser',
    automation: 'manual',
    confidence: 'high',
    path,
    start: 0,
    end: 0,
    legacy: { name: 'OffAmazonPayments' },
    replacement: { name: path },
    message: `Let the web server send every address below /amazon-pay/ to ${path} (Apache: FallbackResource), and install the SDK: composer require amzn/amazon-pay-api-sdk-php.`,
    rewritten: false,
  };
}
