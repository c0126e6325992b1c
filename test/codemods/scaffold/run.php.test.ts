import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { scaffoldProject } from './scaffold-project';
import { FILLED_ORDERS, oneTime, recurring, STAND_IN_SDK } from './php-shop';

it.each([
  ['one-time', oneTime, 'public/amazon-pay', 24],
  ['with subscriptions', recurring, 'amazon-pay', 30],
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

it('answers requests, and the order is paid once', async () => {
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
