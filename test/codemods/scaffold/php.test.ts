import { scaffold } from './scaffold-project';
import { oneTime } from './php-shop';

it('goes into the folder that the web server shows, with what the pages say', async () => {
  const { files, findings } = await scaffold(oneTime);
  expect([...files.keys()].filter((path) => path.startsWith('public/amazon-pay/')).sort()).toEqual(
    ['checkout-flow-test', 'checkout-flow', 'index', 'orders'].map((name) => `public/amazon-pay/${name}.php`).sort(),
  );
  expect(files.get('public/amazon-pay/index.php')).toContain("'ledgerCurrency' => 'GBP'");
  expect(files.get('public/amazon-pay/index.php')).toContain("dirname(__DIR__, 2) . '/vendor/autoload.php'");
  expect(files.get('public/amazon-pay/orders.php')).toContain("REVIEW_PAGE = '/checkout.php'");
  expect(findings.filter(({ rule }) => rule === 'scaffold/mount').map(({ automation }) => automation)).toEqual([
    'manual',
  ]);
  expect((await scaffold(Object.fromEntries(files))).files).toEqual(files);
});
