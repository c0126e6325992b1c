import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { scaffold, scaffoldProject } from './scaffold-project';
import { FILLED_ORDERS, STAND_IN_SDK } from './php-shop';

const hasPhp = spawnSync('php', ['--version']).status === 0;
if (!hasPhp) {
  if (process.env['CI'] === 'true') throw new Error('php is missing: apt-get install php-cli');
  console.warn('Skipped: there is no php. Install php-cli to run what the scaffold writes for PHP shops.');
}
const itWithPhp = hasPhp ? it : it.skip;

const page = `<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/gbp/sandbox/lpa/js/Widgets.js"></script>
<script>new OffAmazonPayments.Widgets.Wallet({ sellerId: 'S' }).bind('wallet');</script>
`;
const oneTime = { 'public/checkout.php': page };
const recurring = {
  'checkout.php': `${page}<?php $client->confirmBillingAgreement(['amazonBillingAgreementId' => 1]);\n`,
};

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

itWithPhp.each([
  ['one-time', oneTime, 'public/amazon-pay', 24],
  ['with subscriptions', recurring, 'amazon-pay', 26],
])('%s: is valid PHP, and its own tests pass', async (_, files, folder, checks) => {
  const project = await scaffoldProject(files);
  try {
    for (const file of readdirSync(join(project.directory, folder))) {
      const { status, stdout } = spawnSync('php', ['-l', join(project.directory, folder, file)], { encoding: 'utf8' });
      expect([status, stdout]).toEqual([0, expect.stringContaining('No syntax errors')]);
    }
    const test = spawnSync('php', [join(project.directory, folder, 'checkout-flow-test.php')], { encoding: 'utf8' });
    expect([test.stderr, test.stdout]).toEqual(['', `${checks} checks passed\n`]);
  } finally {
    project.remove();
  }
});

itWithPhp('answers requests, and the order is paid once', async () => {
  const autoload = { 'vendor/autoload.php': STAND_IN_SDK };
  const project = await scaffoldProject({ ...oneTime, ...autoload });
  writeFileSync(join(project.directory, 'public/amazon-pay/orders.php'), FILLED_ORDERS);
  const port = await findPort();
  const shop = `http://127.0.0.1:${port}`;
  const server = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', join(project.directory, 'public')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], AMAZON_PAY_SHOP_URL: shop, AMAZON_PAY_PUBLIC_KEY_ID: 'SANDBOX-KEY' },
  });
  try {
    // It says that it has started.
    await new Promise((resolve) => server.stderr.once('data', resolve));
    const id = 'amazonCheckoutSessionId=11111111-2222-4333-8444-555555555555';
    const ask = (path: string, more: RequestInit = {}) =>
      fetch(`${shop}/amazon-pay/${path}`, { redirect: 'manual', ...more });
    const button = await ask('button?cart=7');
    expect(button.headers.get('cache-control')).toBe('no-store');
    expect(await button.json()).toMatchObject({
      sandbox: true,
      createCheckoutSessionConfig: { signature: 'signature' },
    });
    expect((await ask(`review?${id}`)).headers.get('location')).toMatch(/^\/checkout\.php\?amazonCheckoutSessionId=/);
    expect(await (await ask(`session?${id}`)).json()).toMatchObject({ state: 'Open', buyer: null });
    const body = JSON.stringify({ amazonCheckoutSessionId: id.split('=')[1] });
    const placed = await ask('checkout', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(await placed.json()).toEqual({ amazonPayRedirectUrl: 'https://amazon.example/confirm', reason: 'Ok' });
    const form = await ask('checkout', { method: 'POST', body: new URLSearchParams(id) });
    expect([form.status, form.headers.get('location')]).toEqual([303, 'https://amazon.example/confirm']);
    for (const time of ['first', 'again']) {
      expect([time, (await ask(`result?${id}`)).headers.get('location')]).toEqual([time, '/thanks?order=order-1']);
    }
    expect((await ask('nothing')).status).toBe(404);
    expect(existsSync(join(project.directory, 'public/paid-1'))).toBe(true);
    expect(existsSync(join(project.directory, 'public/paid-2'))).toBe(false);
  } finally {
    server.kill();
    project.remove();
  }
});

function findPort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
