import { createContext, runInContext, type Context } from 'node:vm';
import { ts } from 'ts-morph';
import { readCarrier } from '../../../codemods/carriers';

/** As much of an element as the pages use. */
export class FakeElement {
  id = '';
  href = '';
  disabled = true;
  value = '';
  readonly attributes: Record<string, string> = {};
  parent: FakeElement | undefined;
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
    child.parent = this;
    this.children.push(child);
  }

  remove(): void {
    if (this.parent !== undefined) this.parent.children = this.parent.children.filter((child) => child !== this);
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }

  scrollIntoView(): void {}
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
}

type Call = readonly [name: string, ...args: unknown[]];

/** A page without a browser: an address, elements by id, a server, a clock that a test turns, and checkout.js when it comes. */
export class FakePage {
  readonly calls: Call[] = [];
  readonly elements = new Map<string, FakeElement>();
  readonly body = new FakeElement();
  private readonly gone = new Set<string>();
  readonly location: { href: string; search: string };
  private readonly timers: (() => void)[] = [];
  private readonly context: Context;
  private readonly document: { readyState: string };

  constructor(
    search: string,
    private readonly server: Record<string, unknown>,
    globals: Readonly<Record<string, unknown>> = {},
  ) {
    this.location = { href: `https://shop.example/${search}`, search };
    const document = {
      readyState: 'complete',
      cookie: '',
      head: new FakeElement(),
      body: this.body,
      getElementById: (id: string) => this.find(id),
      querySelector: (selector: string) => this.find(selector.replace(/^#/, '')),
      createElement: () => new FakeElement(),
    };
    const window: Record<string, unknown> = {
      document,
      location: this.location,
      URLSearchParams,
      CSS: { escape: (id: string) => id },
      console,
      setTimeout: (callback: () => void) => this.timers.push(callback),
      fetch: (url: string, options?: { method?: string; body?: string }) => this.fetch(url, options),
      ...globals,
    };
    window.window = window;
    this.document = document;
    this.context = createContext(window);
  }

  private find(id: string): FakeElement | null {
    return this.gone.has(id) ? null : this.element(id);
  }

  /** A component is taken out, and put in again or not. */
  replaceElement(id: string, element: FakeElement | null = new FakeElement()): void {
    if (element === null) this.gone.add(id);
    else this.elements.set(id, element);
  }

  element(id: string): FakeElement {
    const element = this.elements.get(id) ?? new FakeElement();
    this.elements.set(id, element);
    return element;
  }

  /** A number stands for an answer of that status that is no JSON. */
  private fetch(url: string, options: { method?: string; body?: string } = {}): Promise<Answer> {
    this.calls.push(['fetch', options.method ?? 'GET', url, options.body]);
    const answer = this.server[url.replace(/\?.*$/, '')];
    const status = typeof answer === 'number' ? answer : 200;
    const json = (): Promise<unknown> =>
      status === 200 ? Promise.resolve(answer) : Promise.reject(new SyntaxError('no JSON'));
    return Promise.resolve({ ok: status === 200, status, json });
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
