import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Amazon } from './amazon-server';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args: ARGUMENTS });

const screenshots = join(__dirname, '../../test-output');

/** A page of a buyer: Amazon's scripts come from the stand-in, and nothing else leaves the machine. */
export class Buyer {
  readonly problems: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.setDefaultTimeout(10_000);
  }

  static async visit(browser: Browser, amazon: Amazon): Promise<Buyer> {
    const context = await browser.newContext({ viewport: { width: 900, height: 640 } });
    const buyer = new Buyer(await context.newPage());
    await context.route('**/*', async (route) => {
      const url = route.request().url();
      if (new URL(url).hostname === '127.0.0.1') return route.continue();
      if (!new URL(url).hostname.endsWith('.payments-amazon.com')) return route.abort();
      return route.fulfill({ contentType: 'text/javascript', body: amazon.scriptOf(url) });
    });
    return buyer;
  }

  async photograph(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }
}
