import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { planJobs } from '../../../src/proxy/receive/plan-jobs';
import { addComparison } from '../../../src/proxy/store/comparisons';
import { Inbox } from '../../../src/proxy/store/inbox';
import { launch } from '../../browser/browser';
import { entryPath } from '../../cli/run-cli';
import { TOPIC } from '../receive/messages';
import { makeStore, TestClock, type TestStore } from '../stores';

const MESSAGES = 10_000;
const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>\u202e42\u2066`;
/** As it is shown: what would turn the direction of the text is to be seen. */
const SHOWN = HOSTILE.replace('\u202e', '\\u202e').replace('\u2066', '\\u2066');
/** What was kept aside: bytes of anybody. */
const HOSTILE_BODY = `{"Message":"0","x":"${HOSTILE.slice(0, -1)}"}`;
const ORDER = 'P01-1112223-0000042';
/** Words of a table that stand on two lines: of those that come from us, and have no place to break at. */
const brokenWords = (page: Page): Promise<unknown> =>
  page.evaluate(String.raw`(() => {
    const broken = [];
    for (const cell of document.querySelectorAll('tbody tr:nth-child(-n+20) td')) {
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode())
        for (const word of node.textContent.matchAll(/(?<![^\s-])\w{2,24}(?![^\s-])/g)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(word[0]);
        }
    }
    return broken;
  })()`);
const pictures = join(__dirname, '../../../test-output/dashboard');

/** Ten thousand messages of a hundred orders, one of them with markup wherever there is text, and a difference. */
async function fill(store: TestStore): Promise<void> {
  const database = await store.open();
  const inbox = new Inbox(database, new TestClock(), planJobs);
  const accept = (number: number): Promise<unknown> => {
    const orderKey = number === 0 ? HOSTILE : `P01-1112223-${String(number % 100).padStart(7, '0')}`;
    const body = Buffer.from(number === 0 ? HOSTILE_BODY : `{"Message":"${number}"}`);
    return inbox.accept({
      ...{ topicArn: TOPIC, messageId: `message-${number}`, kind: number % 2 === 0 ? 'v1' : 'v2', headers: {} },
      ...{ verdict: 'verified', quarantine: number === 0 ? HOSTILE : null, body, bodySha256: 'x', isSample: false },
      ...{ notificationId: null, notificationType: HOSTILE, objectType: 'CHARGE', objectId: orderKey, orderKey },
    });
  };
  for (let from = 0; from < MESSAGES; from += 500)
    await Promise.all(Array.from({ length: 500 }, (_, index) => accept(from + index)));
  await addComparison(database, {
    ...{ orderKey: ORDER, inboxId: 1, begunAt: 0, closedAt: Date.UTC(2026, 0, 15), mode: 'shadow', ruleIds: [] },
    ...{ verdict: 'mismatch', atFault: 'migrated', legacy: '{}', migrated: '{}', amazon: '{}' },
    differences: [{ field: 'captured', legacy: '94.50', migrated: HOSTILE, amazon: '94.50' }],
    signature: `captured:${HOSTILE}`,
  });
  await addComparison(database, {
    ...{ orderKey: ORDER, inboxId: 1, begunAt: 0, closedAt: Date.UTC(2026, 0, 16), mode: 'shadow', ruleIds: [] },
    ...{ verdict: 'incomparable', atFault: null, legacy: null, migrated: '{}', amazon: '{}', differences: [] },
    signature: 'legacy:unreadable (state is missing or of another form)',
  });
  await database.query(
    `UPDATE job SET state = 'dead', reason = 'status-4xx', ended_at = 1 WHERE kind = 'deliver-legacy' AND inbox_id = 2`,
  );
  await database.close();
}

describe('the dashboard', () => {
  const store = makeStore('sqlite');
  let child: ChildProcess;
  let browser: Browser;
  let page: Page;
  let url = '';
  let token = '';
  const problems: string[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    await fill(store);
    const path = store.settings.driver === 'sqlite' ? store.settings.path : '';
    const configuration = `${path}.jsonc`;
    writeFileSync(
      configuration,
      JSON.stringify({
        store: store.settings,
        receive: { topics: [TOPIC], port: 0 },
        operate: { admin: { port: 0 }, log: { level: 'silent' } },
      }),
    );
    child = spawn(process.execPath, [entryPath, 'proxy', '--config', configuration]);
    const said = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${text}`)));
      child.stderr?.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.includes('Ctrl-C')) resolve(text);
      });
    });
    url = /admin +(\S+)/.exec(said)?.[1] ?? '';
    token = /token +(\S+)/.exec(said)?.[1] ?? '';
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    const end = new Promise((resolve) => child.removeAllListeners('exit').on('exit', resolve));
    child.kill('SIGTERM');
    await end;
    await store.remove();
  });
  beforeEach(async () => {
    problems.length = 0;
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(15_000);
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('request', (request) => !request.url().startsWith(url) && problems.push(request.url()));
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  const signIn = async (path = ''): Promise<void> => {
    await page.goto(`${url}/#token=${token}`);
    await page.getByRole('heading', { name: /cutover/ }).waitFor();
    if (path !== '') await page.goto(`${url}/${path}`);
  };
  const shoot = (name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `${name}.png`) });

  test('lets nobody in without the token, and takes it out of the address', async () => {
    await page.goto(url);
    await page.getByLabel('Token').fill('a wrong one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('That is not the token of this proxy.').waitFor();
    // A browser tells of every 401 by itself.
    problems.length = 0;
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(`v1 ${MESSAGES / 2}, v2 ${MESSAGES / 2}`).waitFor();
    await page.goto(`${url}/#token=${token}`);
    await page.waitForURL(`${url}/`);
    await page.getByText('No handlers are configured').waitFor();
    await shoot('overview');
  });

  test('shows what a stranger wrote as text, in every view', async () => {
    await signIn('#/messages');
    await page.getByText(/^500 messages/).waitFor();
    await page.getByLabel('Show').selectOption('aside');
    await page.getByRole('cell', { name: SHOWN }).first().waitFor();
    await shoot('messages');
    await page.goto(`${url}/#/orders/${encodeURIComponent(HOSTILE)}`);
    await page.getByRole('heading', { name: `Order ${SHOWN}` }).waitFor();
    await page.goto(`${url}/#/differences`);
    await page.getByRole('cell', { name: SHOWN }).first().waitFor();
    await shoot('differences');
    expect(await page.content()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('img').count()).toBe(0);
  });

  test('lets a table scroll where it is too wide, and breaks no word of it', async () => {
    await page.setViewportSize({ width: 640, height: 900 });
    await signIn('#/messages');
    await page.getByText(/^500 messages/).waitFor();
    expect(await brokenWords(page)).toEqual([]);
    // However long a word of a stranger is, it does not make the table as long.
    expect(await page.locator('table').evaluate(({ offsetWidth }) => offsetWidth)).toBeLessThan(2500);
    await shoot('messages-narrow');
  });

  test.each(['light', 'dark'] as const)(
    'leaves most of a small screen to what it is opened for, %s',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: 360, height: 640 });
      await signIn();
      await page.getByRole('button', { name: 'Change…' }).waitFor();
      const heightOf = () => page.locator('header').evaluate(({ offsetHeight }) => offsetHeight);
      expect(await heightOf()).toBeLessThan(100);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await shoot(`small-${scheme}`);
      // The view that is shown is in sight in the row of views.
      await page.goto(`${url}/#/changes`);
      await page.getByRole('heading', { name: 'Changes' }).waitFor();
      const right = await page.locator('nav [aria-current]').evaluate((link) => link.getBoundingClientRect().right);
      expect(right).toBeLessThanOrEqual(360);
      await shoot(`small-changes-${scheme}`);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${url}/#/`);
      await page.getByRole('heading', { name: /cutover/ }).waitFor();
      await shoot(`wide-${scheme}`);
    },
  );

  test('shows ten thousand rows', async () => {
    await signIn('#/messages');
    // By selectors: to tell the role and the name of ten thousand buttons takes the test a minute, and the page nothing.
    const count = page.locator('caption');
    for (let rows = 500; rows <= MESSAGES; rows += 500) {
      await count.filter({ hasText: new RegExp(`^${rows} messages`) }).waitFor();
      if (rows < MESSAGES) await page.locator('p > button').click();
    }
    expect(await page.locator('tbody tr').count()).toBe(MESSAGES);
    // Two thirds of a minute on a quiet machine, of which the page is a small part.
  }, 180_000);

  const sign = async (why: string): Promise<void> => {
    await page.getByLabel('Who you are').fill('Ada');
    await page.getByLabel('Why').fill(why);
  };

  test('counts orders where it says orders, however often each was compared', async () => {
    await signIn();
    await page
      .locator('dl > *', { hasText: 'Orders compared' })
      .filter({ hasText: /compared1\s*0\.00 % agree/ })
      .waitFor();
  });

  test('says why sides cannot be compared, which nobody can resolve', async () => {
    await signIn('#/differences');
    await page.getByLabel('Only those that nobody has resolved').uncheck();
    const panel = page.locator('section', { hasText: 'incomparable' });
    await panel.getByText('legacy:unreadable (state is missing or of another form)').waitFor();
    expect(await panel.getByRole('button').count()).toBe(0);
  });

  test('shows a message in full, as text, and tries again what was kept aside', async () => {
    await signIn('#/messages');
    await page.getByText(/^500 messages/).waitFor();
    await page.locator('select[name=show]').selectOption('aside');
    await page.getByText(/^1 messages/).waitFor();
    await page.getByRole('button', { name: 'Show…' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.locator('pre').textContent()).toBe(HOSTILE_BODY.replace('\u202e', '\\u202e'));
    await shoot('message-in-full');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Try again…' }).click();
    await sign('A newer version.');
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    await page.getByText('It stays aside: nothing more is known of it.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
  });

  test('counts the gate and the agreement from a time on, in the overview and for a change', async () => {
    await signIn();
    const compared = page.locator('.tile', { hasText: 'Orders compared' });
    await compared.getByText('% agree').waitFor();
    await page.getByLabel('Count from').fill('2026-06-01T08:00');
    await page.getByRole('button', { name: 'Count', exact: true }).click();
    await compared.getByText('none yet, from then on').waitFor();
    await page.getByText(/^Counted from/).waitFor();
    expect(await page.getByRole('link', { name: 'Overview' }).getAttribute('aria-current')).toBe('page');
    await shoot('counted-from');
    await page.getByRole('button', { name: 'Change…' }).click();
    await page.locator('select[name=mode]').selectOption('cutover');
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel(/^The gate counts from/).inputValue()).toBe('2026-06-01T08:00');
    const asked = page.waitForRequest((request) => request.url().endsWith('/api/mode'));
    // Nothing is switched: the other tests begin as this one did.
    await page.route('**/api/mode', (route) => route.fulfill({ status: 200, json: {} }));
    await sign('The handler was mended.');
    await dialog.getByLabel('Switch over although the gate is closed').check();
    await page.getByRole('button', { name: 'Change the mode' }).click();
    const since = new Date('2026-06-01T08:00').getTime();
    expect((await asked).postDataJSON()).toMatchObject({ mode: 'cutover', since });
  });

  test('settles what was kept aside, and a dead letter, with a name and a reason', async () => {
    await signIn('#/messages');
    await page.getByText(/^500 messages/).waitFor();
    await page.getByLabel('Show').selectOption('aside');
    await page.getByRole('button', { name: 'Settle…' }).click();
    await sign('A test of ours.');
    await page.getByRole('button', { name: 'Settle', exact: true }).click();
    // The view is drawn anew, with what it shows at first.
    await page.getByText(/^500 messages/).waitFor();
    await page.getByLabel('Show').selectOption('aside');
    await page.getByText(', settled').waitFor();
    expect(await page.getByRole('button', { name: 'Settle…' }).count()).toBe(0);
    await page.goto(`${url}/#/dead-letters`);
    await page.getByRole('button', { name: 'Settle…' }).click();
    await sign('Refunded by hand.');
    await page.getByRole('button', { name: 'Settle', exact: true }).click();
    await page.getByText('There are none.').waitFor();
    await page.goto(`${url}/#/changes`);
    await page.getByRole('cell', { name: 'A test of ours.' }).waitFor();
    await page.getByRole('cell', { name: 'Refunded by hand.' }).waitFor();
  });

  test('settles a difference, with a name and a reason', async () => {
    await signIn('#/differences');
    await page.getByRole('button', { name: 'Resolve…' }).click();
    await sign('The handler was mended.');
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await page.getByText('0 comparisons').waitFor();
    await page.goto(`${url}/#/changes`);
    await page.getByRole('cell', { name: 'The handler was mended.' }).waitFor();
  });

  test('changes the mode, by the keyboard alone, in the dark and on a narrow screen', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 420, height: 900 });
    await signIn();
    await page.getByRole('button', { name: 'Change…' }).focus();
    await page.keyboard.press('Enter');
    // Whoever changes something else moves no orders by that.
    await page.locator('select[name=mode]').selectOption('cutover');
    expect(await page.locator('input[name=share]').inputValue()).toBe('100');
    expect(await page.getByLabel('Switch over although the gate is closed').isVisible()).toBe(true);
    await page.locator('select[name=mode]').selectOption('rollback');
    expect(await page.locator('input[name=share]').isVisible()).toBe(false);
    expect(await page.getByLabel('Switch over although the gate is closed').isVisible()).toBe(false);
    await page.getByLabel('Who you are').fill('Ada');
    await page.getByLabel('Why').fill('Just to be sure.');
    await shoot('mode-dark-narrow');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('#mode', { hasText: 'rollback' }).waitFor();
    await page.goto(`${url}/#/changes`);
    await page.getByRole('cell', { name: 'Just to be sure.' }).waitFor();
    await shoot('changes-dark-narrow');
  });

  test('switches over while the gate is closed only with what is missing in sight, a tick and a reason', async () => {
    await signIn();
    await page.getByRole('button', { name: 'Change…' }).click();
    await page.locator('select[name=mode]').selectOption('cutover');
    await sign('Amazon ends legacy tonight.');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The gate is closed:').waitFor();
    await dialog.getByRole('listitem').filter({ hasText: 'orders compared' }).waitFor();
    await shoot('mode-gate-closed');
    // The browser itself sends nothing without the tick.
    await page.getByRole('button', { name: 'Change the mode' }).click();
    expect(await dialog.isVisible()).toBe(true);
    await page.getByLabel('Switch over although the gate is closed').check();
    await page.getByRole('button', { name: 'Change the mode' }).click();
    await page.locator('#mode', { hasText: 'cutover' }).waitFor();
    await page.goto(`${url}/#/changes`);
    await page.getByRole('cell', { name: 'gateMissing' }).waitFor();
  });
});
