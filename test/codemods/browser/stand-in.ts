import { createContext, runInContext, type Context } from 'node:vm';
import { ts } from 'ts-morph';
import { readCarrier } from '../../../codemods/carriers';

/** As much of an element as the pages use. */
export class FakeElement {
  id = '';
  href = '';
  disabled = true;
  value = '';
  children: FakeElement[] = [];
  onclick: (() => void) | undefined;
  private text = '';

  get textContent(): string {
    return this.text + this.children.map(({ textContent }) => textContent).join(' ');
  }

  set textContent(text: string) {
    this.text = text;
    this.children = [];
  }

  appendChild(child: FakeElement): void {
    this.children.push(child);
  }
}

type Call = readonly [name: string, ...args: unknown[]];

/** A page without a browser: an address, elements by id, a server, a clock that a test turns, and checkout.js when it comes. */
export class FakePage {
  readonly calls: Call[] = [];
  readonly elements = new Map<string, FakeElement>();
  readonly location: { href: string; search: string };
  private readonly timers: (() => void)[] = [];
  private readonly context: Context;
  private readonly document: { readyState: string };

  constructor(
    search: string,
    private readonly server: Readonly<Record<string, unknown>>,
    globals: Readonly<Record<string, unknown>> = {},
  ) {
    this.location = { href: `https://shop.example/${search}`, search };
    const document = {
      readyState: 'complete',
      cookie: '',
      head: new FakeElement(),
      getElementById: (id: string) => this.element(id),
      createElement: () => new FakeElement(),
    };
    const window: Record<string, unknown> = {
      document,
      location: this.location,
      URLSearchParams,
      console,
      setTimeout: (callback: () => void) => this.timers.push(callback),
      fetch: (url: string, options?: { method?: string; body?: string }) => this.fetch(url, options),
      ...globals,
    };
    window.window = window;
    this.document = document;
    this.context = createContext(window);
  }

  element(id: string): FakeElement {
    const element = this.elements.get(id) ?? new FakeElement();
    this.elements.set(id, element);
    return element;
  }

  private fetch(url: string, options: { method?: string; body?: string } = {}): Promise<{ json(): unknown }> {
    this.calls.push(['fetch', options.method ?? 'GET', url, options.body]);
    const answer = this.server[url.replace(/\?.*$/, '')];
    return Promise.resolve({ json: () => answer });
  }

  /** checkout.js arrives. */
  loadCheckout(): void {
    const record =
      (name: string) =>
      (...args: unknown[]): void => {
        this.calls.push([name, ...args]);
      };
    this.context.amazon = {
      Pay: {
        renderButton: record('renderButton'),
        bindChangeAction: record('bindChangeAction'),
        signout: record('signout'),
      },
    };
  }

  /** Runs the scripts of a file in order. */
  run(path: string, text: string): unknown {
    const carrier = readCarrier(path, text);
    let last: unknown;
    // A page is being parsed while its scripts run for the first time.
    this.document.readyState = carrier.elements.length > 0 ? 'loading' : 'complete';
    for (const { start, end, language } of carrier.regions.filter(({ kind }) => kind !== 'attribute')) {
      const script = text.slice(start, end);
      const { outputText } = ts.transpileModule(script, {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
      });
      // A script of the browser runs as it is written.
      last = runInContext(language === 'javascript' ? script : `var exports = {};${outputText};exports`, this.context);
    }
    this.document.readyState = 'complete';
    return last;
  }

  /** Turns the clock, up to a number of timers; returns how many were due. */
  turnClock(most: number): number {
    let count = 0;
    for (; count < most; count += 1) {
      const next = this.timers.shift();
      if (next === undefined) break;
      next();
    }
    return count;
  }

  /** Lets answers of the server arrive. */
  async settle(): Promise<void> {
    for (let round = 0; round < 10; round += 1) await Promise.resolve();
  }

  callsOf(name: string): (readonly unknown[])[] {
    return this.calls.filter(([called]) => called === name).map(([, ...args]) => args);
  }
}
