import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { acceptMessages } from '../../../src/proxy/store/accept-messages';
import { launch } from '../../browser/browser';
import { entryPath } from '../../cli/run-cli';
import { TestHandler } from '../deliver/handler';
import { arrivalOf, orderKey, planDeliveries } from '../deliver/seed';
import { TOPIC } from '../receive/messages';
import { makeStore } from '../stores';

const secrets = { SECRET: 'l'.repeat(40), OTHER_SECRET: 'm'.repeat(40) };

/** What it takes to start the proxy as a merchant does. Resolves with what it says. */
function begin(configuration: string): { readonly child: ChildProcess; readonly said: Promise<string> } {
  const child = spawn(process.execPath, [entryPath, 'proxy', '--config', configuration], {
    env: { ...process.env, ...secrets },
  });
  const said = new Promise<string>((resolve, reject) => {
    let text = '';
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${text}`)));
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('Ctrl-C')) resolve(text);
    });
  });
  return { child, said };
}

describe('a message in the dashboard', () => {
  const store = makeStore('sqlite');
  const legacy = new TestHandler();
  const migrated = new TestHandler();
  let child: ChildProcess;
  let browser: Browser;
  let said = '';

  beforeAll(async () => {
    await Promise.all([legacy.start(), migrated.start()]);
    const database = await store.open();
    const arrivals = [1, 2].map((number) => arrivalOf({ order: orderKey(number), number }));
    await acceptMessages(database, arrivals, Date.now(), planDeliveries, 'sqlite');
    await database.close();
    const configuration = `${store.settings.driver === 'sqlite' ? store.settings.path : ''}.jsonc`;
    const content = {
      store: store.settings,
      receive: { topics: [TOPIC], port: 0 },
      deliver: {
        legacy: { url: legacy.url, secret: { env: 'SECRET' } },
        migrated: { url: migrated.url, secret: { env: 'OTHER_SECRET' } },
      },
      operate: { admin: { port: 0 }, log: { level: 'silent' } },
    };
    writeFileSync(configuration, JSON.stringify(content));
    const begun = begin(configuration);
    child = begun.child;
    said = await begun.said;
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    if (child.exitCode === null) {
      const end = new Promise((resolve) => child.removeAllListeners('exit').on('exit', resolve));
      child.kill('SIGTERM');
      await end;
    }
    await Promise.all([legacy.close(), migrated.close()]);
    await store.remove();
  });

  test('is replayed by a click, with a name and a reason: that one, under the key that it had, and it stands in the audit', async () => {
    const address = /look +(\S+)/.exec(said)?.[1] ?? '';
    const { origin } = new URL(address);
    await legacy.has(2);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(15_000);
    await page.goto(address);
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByText(/^2 messages/).waitFor();
    // The newest is the first.
    await page.locator('tbody tr').nth(1).getByRole('button', { name: 'Replay…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Replay message 1').waitFor();
    // The browser itself sends nothing without a reason.
    await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
    expect(await dialog.isVisible()).toBe(true);
    await page.getByLabel('Who you are').fill('Ada');
    await page.getByLabel('Why').fill('The handler lost it.');
    await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByText(/^\d deliveries are on their way\.$/).waitFor();
    await legacy.has(3);
    const [again] = legacy.ledger.slice(2);
    const before = legacy.ledger.slice(0, 2).find(({ order }) => order === orderKey(1));
    expect(again).toMatchObject({ order: orderKey(1), key: before?.key, body: before?.body });
    await page.goto(`${origin}/#/changes`);
    await page.getByRole('cell', { name: 'The handler lost it.' }).waitFor();
    // The mode of the moment asks the legacy handler alone.
    expect([legacy.ledger.length, migrated.ledger.length]).toEqual([3, 0]);
    await page.close();
  });
});
