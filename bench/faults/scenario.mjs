/** Everything that one run has: Amazon, two handlers, the sender, the proxies, a store, and the ledgers of all of them. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actor } from './actors/start.mjs';
import { now } from './ledger.mjs';
import { ADMIN_TOKEN, proxySettings } from './proxy-settings.mjs';
import { seededRandom } from './random.mjs';
import { sampler } from './resources.mjs';
import { Sender } from './sender.mjs';
import { removeStore } from './store-access.mjs';

export const postgresUrl = process.env.AMAZON_PAY_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/test';
/** Whoever waits longer has lost something. */
export const PATIENCE_MS = 1000 * Number(process.env.FAULTS_PATIENCE_SECONDS ?? 75);

export class Scenario {
  kills = 0;
  #freeAt = null;
  recoveryMs = null;
  #waiting = new Set();
  #sample;
  takenBy = { legacy: new Set(), migrated: new Set() };
  /** What some handler took as the one that counts. */
  counted = new Set();
  events = [];
  expect = {};
  /** What a case has measured itself. */
  figures = {};
  settings = {};
  proxies = [];
  isClockMoved = false;
  onlyDue = false;
  clockJumps = [];

  constructor({ driver, seed, withTruth = false }) {
    Object.assign(this, { driver, seed, withTruth });
    this.random = seededRandom(seed);
    this.folder = mkdtempSync(join(tmpdir(), 'faults-'));
    mkdirSync(join(this.folder, 'disk'));
    this.schema = `faults_${randomBytes(6).toString('hex')}`;
    this.path = (name) => join(this.folder, name);
    this.sender = new Sender(this.path('sender.jsonl'), this.random);
    this.sender.onAnswer = () => this.look();
    this.#sample = sampler(this.path);
    this.store =
      driver === 'sqlite'
        ? { driver, path: this.path('disk/proxy.db') }
        : { driver, url: `${postgresUrl}?application_name=${this.schema}`, schema: this.schema, connections: 8 };
  }

  async start(environment = {}) {
    const notificationUrl = await this.sender.start();
    const { seed } = this;
    const handler = (side) => {
      const actor = new Actor('handler', { ledger: this.path(`${side}.jsonl`), seed });
      actor.onEvent = ({ message, status, role, ...event }) => {
        if (message === undefined) return this.#happened(event);
        const isTaken = status !== null && status >= 200 && status < 300;
        if (isTaken) this.takenBy[side].add(message);
        if (isTaken && role === 'primary') this.counted.add(message);
        this.look();
      };
      return actor;
    };
    this.amazon = new Actor('amazon', { ledger: this.path('amazon.jsonl'), notificationUrl, seed });
    this.amazon.onEvent = (event) => this.#happened(event);
    this.handlers = { legacy: handler('legacy'), migrated: handler('migrated') };
    this.facts = await this.amazon.started;
    this.handlerUrls = {
      legacy: (await this.handlers.legacy.started).url,
      migrated: (await this.handlers.migrated.started).url,
    };
    await this.startProxy(environment);
    await this.setMode('shadow');
  }

  /** One more instance, or the next after a kill. Rejects with what it said when it does not start. */
  async startProxy(environment = {}, slot = this.proxies.length) {
    const { certificates } = this.facts;
    const { [slot]: clockJump = 0 } = this.clockJumps;
    const actor = new Actor('proxy', { settings: proxySettings(this), certificates, clockJump }, environment);
    actor.onEvent = (event) => this.#happened(event);
    Object.assign(actor, await actor.started);
    this.proxies[slot] = actor;
    this.sender.urls = this.proxies.map((proxy) => proxy.url);
    this.sender.pump();
    return actor;
  }

  #happened(event) {
    this.events.push({ at: now(), ...event });
    this.look();
  }

  get proxy() {
    return this.proxies[0];
  }

  /** SIGKILL, now. */
  async kill(slot = 0) {
    this.kills += 1;
    return this.proxies[slot].end('SIGKILL');
  }

  /** Kills and starts again. */
  async restart(slot = 0, environment = {}) {
    await this.kill(slot);
    return this.startProxy(environment, slot);
  }

  async ask(path, body) {
    const response = await fetch(`${this.proxy.adminUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }

  /** `more`: the share of a cutover, and whether the gate is passed over. */
  setMode(mode, more = {}) {
    return this.ask('/api/mode', { mode, who: 'faults', why: 'a run', ...more });
  }

  /** Somebody sets the clock of a machine; it stays so after a restart. */
  async setClock(milliseconds, slot = 0) {
    this.clockJumps[slot] = milliseconds;
    await this.proxies[slot].ask('jump', milliseconds);
  }

  /** Time passes for all of them. */
  async pass(milliseconds) {
    this.isClockMoved = true;
    await Promise.all(this.proxies.map((proxy) => proxy.ask('warp', milliseconds)));
  }

  behave(side, change) {
    return this.handlers[side].ask('behave', change);
  }

  trade(count, steps, prices) {
    return this.amazon.ask('trade', { count, steps, prices });
  }

  /** Resolves when `isMet` holds; asked again at each event. False when that takes too long. */
  until(isMet, patienceMs = PATIENCE_MS) {
    if (isMet()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const waiting = { isMet, resolve };
      waiting.timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        resolve(false);
      }, patienceMs);
      this.#waiting.add(waiting);
    });
  }

  look() {
    this.#sample(this.proxies);
    for (const waiting of this.#waiting)
      if (waiting.isMet()) {
        this.#waiting.delete(waiting);
        clearTimeout(waiting.timer);
        waiting.resolve(true);
      }
  }

  get taken() {
    return [...this.sender.messages.values()].filter(({ isTaken }) => isTaken).length;
  }

  /** So many messages were acknowledged. */
  acknowledged(count) {
    return this.until(() => this.taken >= count);
  }

  /** What stands for "all is done": everything was taken, and each handler has everything. */
  isDone() {
    if (this.sender.open > 0) return false;
    const { legacy, migrated } = this.takenBy;
    const sides = {
      ...{ handlers: [legacy, migrated], legacy: [legacy], migrated: [migrated] },
      counting: [this.counted],
    };
    return [...this.sender.messages.values()].every(
      ({ id, isTaken, expect }) =>
        sides[expect] === undefined || (isTaken && sides[expect].every((has) => has.has(id))),
    );
  }

  /** From here on nothing fails any more. */
  faultsEnded() {
    this.#freeAt ??= now();
  }

  /** Waits until all is done; how long that took counts from the end of the faults. */
  async settled() {
    const isSettled = (await this.until(() => this.isDone())) && (!this.withTruth || (await this.#untilKnown()));
    this.recoveryMs = isSettled ? now() - (this.#freeAt ?? now()) : null;
    if (isSettled) await this.#untilEnded();
  }

  /** The sweep has gone over everything that was open when somebody began to wait. */
  sweptTwice() {
    return this.until(() => this.events.filter(({ swept }) => swept !== undefined).length >= 2);
  }

  /**
   * Nothing is left to be asked of Amazon. With `onlyDue` not what waits for its time: after a message that told nothing new
   * the object is looked at again, up to ten minutes later. Whether all is known, the checker decides.
   */
  async #untilKnown() {
    const until = now() + PATIENCE_MS;
    for (let quiet = 0; now() < until;) {
      const { openJobs } = await this.ask('/api/status');
      const { count, oldestMs } = openJobs.find(({ kind }) => kind === 'truth') ?? { count: 0, oldestMs: 0 };
      if (count === 0) return true;
      quiet = this.onlyDue && oldestMs === 0 ? quiet + 1 : 0;
      if (quiet === 50) return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
  }

  /**
   * No delivery is under way: what a handler had when the process died is leased for half a minute more, since another
   * instance could have it.
   */
  async #untilEnded() {
    for (const until = now() + PATIENCE_MS; now() < until;) {
      const { openJobs } = (await this.ask('/api/status').catch(() => null)) ?? { openJobs: [] };
      if (!openJobs.some(({ kind, count }) => kind.startsWith('deliver-') && count > 0)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async remove({ isKept = false } = {}) {
    for (const actor of [this.amazon, ...Object.values(this.handlers ?? {}), ...this.proxies])
      await actor?.end('SIGKILL');
    this.sender.close();
    await this.onRemove?.();
    if (!isKept || this.driver === 'postgres') await removeStore(this.store);
    if (!isKept) rmSync(this.folder, { recursive: true, force: true });
  }
}
