import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Run } from '../../../src/engine/run';
import { renderJson } from '../../../src/report/render-json';
import { launch } from '../../browser/browser';
import { runCli } from '../../cli/run-cli';
import { hostileRun, hostileTexts } from '../hostile-run';
import { createFinding, createRun, mixedRun } from '../sample-run';

const pictures = join(__dirname, '../../../test-output/report');

/** The report as people get it: the program writes it, a browser opens the file. */
function write(folder: string, name: string, run: Run): string {
  writeFileSync(join(folder, `${name}.json`), renderJson(run));
  const result = runCli(['report', `${name}.json`, '--report', `${name}.html`, '--quiet'], { cwd: folder });
  expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
  return pathToFileURL(join(folder, `${name}.html`)).href;
}

const large = createRun(
  Array.from({ length: 10_000 }, (_, index) =>
    createFinding({
      fingerprint: `f${index}`,
      file: `src/shop-${index % 400}/pay.js`,
      message: index === 9_876 ? 'The needle of the haystack' : `Place number ${index}`,
      automation: (['automatic', 'assisted', 'manual'] as const)[index % 3] ?? 'manual',
      surface: index % 2 === 0 ? 'node-client' : 'browser',
      range: { start: { line: index + 1, column: 1 }, end: { line: index + 1, column: 9 } },
    }),
  ),
);

const deep = 'billing/src/main/java/com/tea/billing';
/** Places of another language: code to write, and longer paths than the picture and the list have room for. */
const languages = createRun(
  ['Renewals', 'Payments', 'RefundsOfCancelledSubscriptions'].map((name, index) =>
    createFinding({
      fingerprint: `j${index}`,
      file: `${deep}/${name}.java`,
      automation: 'manual',
      surface: 'other-language',
      rule: 'other-language/operation',
      message: `${name} calls an operation of com.amazon.pay:amazon-pay-java-sdk, which MWS knows as Capture`,
      guidance:
        'In v2:\n\n    JSONObject payload = new JSONObject()\n        .put("captureAmount", amount);\n\nThe key comes from the reference.',
    }),
  ),
);

describe('the HTML report in a browser', () => {
  let browser: Browser;
  let page: Page;
  let folder = '';
  let problems: string[];
  const urls = { mixed: '', large: '', hostile: '', languages: '' };

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'html-report-'));
    for (const [name, run] of Object.entries({ mixed: mixedRun, large, hostile: hostileRun, languages }))
      Object.assign(urls, { [name]: write(folder, name, run) });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    problems = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(15_000);
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('console', (message) => problems.push(message.text()));
    page.on('request', (request) => {
      if (!Object.values(urls).includes(request.url().replace(/#.*/s, ''))) problems.push(request.url());
    });
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  const rows = () => page.locator('details.place > summary');
  const messages = () => page.locator('details.place .message').allTextContents();
  const count = () => page.locator('#count').innerText();
  const hash = () => page.evaluate<string>('decodeURIComponent(location.hash)');
  const focused = () => page.evaluate<string>(`document.activeElement?.querySelector('.message')?.textContent ?? ''`);

  test('says the verdict, what to do, and where; with names for whoever does not see it', async () => {
    await page.goto(urls.mixed);
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      'Not ready for cutover: 5 steps to go.',
      'What to do next, in order',
      'Found, migrated, remaining',
      'The flow of a payment',
      'Places',
      'Sign-off for cutover',
    ]);
    await page.getByRole('img', { name: 'Which files do what in the flow of a payment' }).waitFor();
    await page.getByRole('img', { name: 'Readiness 33 percent' }).waitFor();
    expect(await page.getByRole('row', { name: /^Hand-made MWS requests 1 0 0 0 1 1 h 30 min/ }).count()).toBe(1);
    expect(await page.getByRole('checkbox').count()).toBeGreaterThan(15);
    const unnamed = await page.evaluate(
      `[...document.querySelectorAll('input, select')].filter(({ labels }) => labels.length !== 1).map(({ id }) => id)`,
    );
    expect(unnamed).toEqual([]);
    await page.screenshot({ path: join(pictures, 'light.png') });
  });

  test('filters, searches and groups, and the address keeps it', async () => {
    await page.goto(urls.mixed);
    expect(await count()).toBe('3 places, about 1 h 45 min of work left.');
    await page.getByLabel('Severity', { exact: true }).selectOption('by hand');
    expect(await messages()).toEqual(['Signs MWS requests by hand']);
    expect(await hash()).toBe('#severity=manual');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('searchbox').fill('v2 NOTE');
    await expect(messages()).resolves.toEqual(['SellerCaptureNote has no place in v2']);
    expect(await count()).toBe('1 of 3 places, about 15 min of work left.');
    await page.getByRole('searchbox').fill('');
    await page.getByLabel('Group by').selectOption('file');
    expect(await page.locator('#list h3').allInnerTexts()).toEqual(['src/mws.js 1', 'src/pay.js 2']);
    await page.goto(`${urls.mixed}#standing=migrated`);
    expect(await messages()).toEqual(['Calls Capture of the legacy client']);
    expect(await page.getByLabel('Status').inputValue()).toBe('migrated');
    await page.locator('.steps > li', { hasText: 'Decisions' }).getByRole('link', { name: 'Show the places' }).click();
    await page.locator('#count', { hasText: '1 of 3 places of the step “decisions”' }).waitFor();
    expect(await messages()).toEqual(['SellerCaptureNote has no place in v2']);
    await page.getByRole('link', { name: 'Hand-made MWS requests' }).click();
    await page.locator('#count', { hasText: 'about 1 h 30 min' }).waitFor();
    expect(await messages()).toEqual(['Signs MWS requests by hand']);
  });

  test('opens a place by its address, even when a filter had left it out', async () => {
    await page.goto(`${urls.mixed}#c`);
    const opened = page.locator('details.place[open]');
    expect(await opened.innerText()).toContain('Replace the executor by the v2 SDK.');
    await opened.getByText('The function takes the action as a parameter').waitFor();
    await page.getByLabel('Severity', { exact: true }).selectOption('decide');
    await page.evaluate(`void (location.hash = '#a')`);
    await page.locator('details.place[open]', { hasText: 'Becomes captureCharge.' }).waitFor();
    expect(await rows().count()).toBe(3);
    expect(await focused()).toBe('Calls Capture of the legacy client');
  });

  test('works from the keyboard alone', async () => {
    await page.goto(urls.mixed);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('/');
    await page.keyboard.type('jk');
    expect(await page.getByRole('searchbox').inputValue()).toBe('jk');
    await page.getByRole('searchbox').fill('');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focused()).toBe('SellerCaptureNote has no place in v2');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.locator('details.place[open]', { hasText: 'Replace the executor' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe('Code, src/mws.js line 12');
  });

  test('shows code to write line by line, breaks paths behind a slash, and copies them whole', async () => {
    await page.goto(urls.languages);
    await rows().first().click();
    expect(await page.locator('.to-write').first().innerText()).toBe(
      'JSONObject payload = new JSONObject()\n    .put("captureAmount", amount);',
    );
    expect(await page.locator('.guidance p').allInnerTexts()).toEqual(['In v2:', 'The key comes from the reference.']);
    const where = page.locator('.where').first();
    expect(await where.textContent()).toBe(`${deep}/Renewals.java:12`);
    expect(await where.locator('wbr').count()).toBe(7);
  });

  test('groups by language, and finds by it', async () => {
    await page.goto(urls.mixed);
    await page.getByLabel('Group by').selectOption('language');
    expect(await page.locator('.group').allTextContents()).toEqual(['JavaScript 3']);
    await page.getByRole('searchbox').fill('javascript');
    expect(await rows().count()).toBe(3);
  });

  test('draws no name of a file across its number, nor out of its box', async () => {
    await page.goto(urls.languages);
    const gaps = await page.evaluate<number[]>(`[...document.querySelectorAll('.flow .file')].map((file) =>
      file.nextElementSibling.getBoundingClientRect().left - file.getBoundingClientRect().right)`);
    expect(gaps).toHaveLength(3);
    expect(Math.min(...gaps)).toBeGreaterThan(4);
    const rooms = await page.evaluate<number[]>(`[...document.querySelectorAll('.flow .role')].map((role) =>
      role.querySelector('rect').getBoundingClientRect().bottom - role.lastElementChild.getBoundingClientRect().bottom)`);
    expect(Math.min(...rooms)).toBeGreaterThan(8);
  });

  test('keeps a colour of the legend with its name on a narrow screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(urls.mixed);
    const apart = await page.evaluate<number[]>(`[...document.querySelectorAll('.legend .swatch')].map((swatch) => {
      const name = document.createRange();
      name.selectNode(swatch.nextSibling);
      const { top, height } = name.getClientRects()[0];
      return Math.abs(swatch.getBoundingClientRect().top + 5 - top - height / 2);
    })`);
    expect(apart).toHaveLength(4);
    expect(Math.max(...apart)).toBeLessThan(8);
  });

  test('prints how the figures come about, and no links that lead nowhere', async () => {
    await page.goto(urls.mixed);
    await page.pdf({ format: 'A4' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.quiet-details:not([open])').count()).toBe(0);
    expect(await page.getByText('Show the places').first().isVisible()).toBe(false);
    // A heading stays with what it is for.
    const styles = await page.evaluate<string[]>(`[
      getComputedStyle(document.querySelector('.flow').closest('div:has(h2)')).breakInside,
      ...['#count', '.place > summary'].map((name) => getComputedStyle(document.querySelector(name)).breakAfter),
    ]`);
    expect(styles).toEqual(['avoid', 'avoid', 'avoid']);
  });

  test('prints open places with their code, on white, without what is for the screen', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(urls.mixed);
    await page.screenshot({ path: join(pictures, 'dark.png') });
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await page.locator('details.place[open]').count()).toBe(2);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.getByRole('searchbox').isVisible()).toBe(false);
    expect(await page.getByText('Replace the executor by the v2 SDK.').isVisible()).toBe(true);
  });

  test('draws ten thousand places as the reader gets to them, and finds the last', async () => {
    await page.goto(urls.large);
    expect(await count()).toContain('10000 places');
    expect(await rows().count()).toBe(100);
    await page.getByRole('searchbox').fill('needle');
    expect(await messages()).toEqual(['The needle of the haystack']);
    await page.getByRole('button', { name: 'Clear' }).click();
    await rows().nth(99).waitFor({ state: 'attached' });
    await page.locator('#more').scrollIntoViewIfNeeded();
    await rows().nth(100).waitFor({ state: 'attached' });
    await page.goto(`${urls.large}#f9999`);
    await page.locator('details.place[open]', { hasText: 'Place number 9999' }).waitFor();
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await page.locator('#end').getAttribute('data-printed')).toMatch(/^$|more places are not printed/);
  });

  test('says on paper what is not on it', async () => {
    await page.goto(urls.large);
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await rows().count()).toBe(1000);
    expect(await page.locator('#end').getAttribute('data-printed')).toBe(
      '9000 more places are not printed: the CSV report has them.',
    );
  });

  test('shows hostile names and code as text', async () => {
    await page.goto(urls.hostile);
    const title = await page.title();
    for (const row of await rows().all()) await row.click();
    const text = (await page.locator('#list').textContent()) ?? '';
    expect(text).toContain(hostileTexts[8]);
    expect(text).toContain(hostileTexts[9]);
    expect(text).toContain('bell \\x07');
    expect(await page.title()).toBe(title);
    expect(await page.locator('#list script, #list img').count()).toBe(0);
    const addresses = await page.evaluate<string[]>(
      `[...document.querySelectorAll('a')].map(({ protocol }) => protocol)`,
    );
    expect(new Set(addresses)).toEqual(new Set(['file:', 'https:']));
  });

  test('lets nothing in or out, even if something got into the page', async () => {
    const asked: string[] = [];
    const server = createServer((request, answer) => {
      asked.push(request.url ?? '');
      answer.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    await page.goto(urls.mixed);
    await page.evaluate(`(async () => {
      const image = document.createElement('img');
      const isRefused = new Promise((refused) => image.addEventListener('error', refused));
      image.src = 'http://127.0.0.1:${port}/image';
      const script = document.createElement('script');
      script.textContent = 'document.title = "owned"';
      document.body.append(image, script);
      await fetch('http://127.0.0.1:${port}/fetch').catch(() => {});
      await isRefused;
    })()`);
    expect(await page.title()).not.toBe('owned');
    await new Promise((closed) => server.close(closed));
    expect(asked).toEqual([]);
    // Chromium tells of each refusal.
    expect(problems.join('\n')).toContain('Content Security Policy');
    problems = [];
  });

  test('says everything but the list without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(urls.mixed);
    await plain.getByText('Not ready for cutover').waitFor();
    await plain.getByText('This list needs JavaScript').waitFor();
    await context.close();
  });
});
