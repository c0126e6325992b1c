/** Stands before both APIs of Amazon: keeps a ledger of what was asked and answered, and fails on request. */
import { createHash } from 'node:crypto';
import { createServer, request as ask } from 'node:http';
import { note, now } from '../ledger.mjs';
import { spell } from './spelling.mjs';

const json = { 'content-type': 'application/json' };
const reason = (reasonCode) => JSON.stringify({ reasonCode, message: reasonCode });
const missing = (response) => response.writeHead(404, json).end(reason('ResourceNotFound'));
const LEGACY = /^\/OffAmazonPayments/;

/** What v2 answers instead of how things are. */
const failures = {
  429: (response) => response.writeHead(429, json).end(reason('TooManyRequests')),
  '429-after': (response) => response.writeHead(429, { ...json, 'retry-after': '2' }).end(reason('TooManyRequests')),
  500: (response) => response.writeHead(500, json).end(reason('InternalServerError')),
  503: (response) => response.writeHead(503, json).end(reason('ServiceUnavailable')),
  html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Maintenance</title>'),
  half: (response) => {
    response.writeHead(200, { ...json, 'content-length': 900 });
    response.write('{"chargeId":"', () => response.destroy());
  },
  reset: (response) => response.destroy(),
  401: (response) => response.writeHead(401, json).end(reason('UnauthorizedAccess')),
  unknown: (response) =>
    response.writeHead(200, json).end(JSON.stringify({ statusDetails: { state: 'Hibernating', reasonCodes: null } })),
};

const xml = { 'content-type': 'text/xml' };
const error = (code) => `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code></Error></ErrorResponse>`;
/** What the legacy API answers when it is switched off, in ways that are all thinkable. */
const legacyFailures = {
  503: (response) => response.writeHead(503, xml).end(error('ServiceUnavailable')),
  403: (response) => response.writeHead(403, xml).end(error('AccessDenied')),
  html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Gone</title>'),
  reset: (response) => response.destroy(),
};

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What an answer tells, for the ledger. */
function toldBy(body) {
  const { statusDetails } = JSON.parse(body);
  const sha256 = createHash('sha256').update(body).digest('hex');
  return { state: statusDetails?.state, updated: statusDetails?.lastUpdatedTimestamp, sha256 };
}

export class Front {
  legacyFault = 'ok';
  /** Orders that v2 does not have: they are older than it. */
  forgotten = new Set();
  /** Of orders, by their ids: how their amounts are spelled. */
  spellings = new Map();
  #fault = 'ok';
  /** The last answer for each path, and what that was when the fault began. */
  #seen = new Map();
  #before = new Map();
  #asked = new Map();
  /** An answer that waits until a later request was answered. */
  #held = null;

  constructor(ledger, onHeld) {
    Object.assign(this, { ledger, onHeld });
    this.server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  async start(emulatorUrl) {
    this.emulatorUrl = emulatorUrl;
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  set fault(kind) {
    this.#fault = kind;
    this.#before = new Map(this.#seen);
    this.#asked.clear();
  }

  async #answer(request, response) {
    const { method, url: path } = request;
    const entry = { method, path, at: now(), fault: null };
    response.on('close', () =>
      note(this.ledger, { ...entry, status: response.writableFinished ? response.statusCode : null, endAt: now() }),
    );
    const body = await read(request);
    if (LEGACY.test(path)) return this.#answerLegacy(request, body, response, entry);
    const times = this.#asked.get(path) ?? 0;
    this.#asked.set(path, times + 1);
    if ([...this.forgotten].some((order) => path.includes(order))) {
      entry.fault = 'forgotten';
      return missing(response);
    }
    if (failures[this.#fault] !== undefined) {
      entry.fault = this.#fault;
      return failures[this.#fault](response);
    }
    if (this.#fault === 'missing-at-first' && times < 2) {
      entry.fault = this.#fault;
      return missing(response);
    }
    const old = this.#before.get(path);
    if (old !== undefined && this.#isOld(path, times)) {
      entry.fault = this.#fault;
      entry.told = toldBy(old.body);
      if (this.#fault === 'overtaken') await this.#laterAnswered(path, response);
      return response.writeHead(200, old.headers).end(old.body);
    }
    await this.#forward(request, body, response, entry);
    if (this.#held?.path === path) this.#held.release();
  }

  /** `behind`: always. `flapping`: every second time, as of a copy that lags. `overtaken`: the first time, and late. */
  #isOld(path, times) {
    if (this.#fault === 'behind') return true;
    if (this.#fault === 'flapping') return times % 2 === 1;
    return this.#fault === 'overtaken' && times === 0 && this.#held === null;
  }

  async #laterAnswered(path, response) {
    await new Promise((resolve) => {
      this.#held = { path, release: resolve };
      response.on('close', resolve);
      this.onHeld(path);
    });
    this.#held = null;
  }

  #answerLegacy(request, body, response, entry) {
    entry.action = new URLSearchParams(body.toString()).get('Action');
    if (legacyFailures[this.legacyFault] === undefined) return this.#forward(request, body, response, entry);
    entry.fault = this.legacyFault;
    return legacyFailures[this.legacyFault](response);
  }

  async #forward({ method, url, headers }, body, response, entry) {
    const answer = await new Promise((resolve, reject) => {
      ask(new URL(url, this.emulatorUrl), { method, headers }, resolve).on('error', reject).end(body);
    });
    const said = spell(this.spellings, url, await read(answer));
    const sent = { ...answer.headers, 'content-length': said.length };
    delete sent['transfer-encoding'];
    if (answer.statusCode === 200 && method === 'GET') {
      this.#seen.set(url, { headers: sent, body: said });
      entry.told = toldBy(said);
    }
    response.writeHead(answer.statusCode, sent).end(said);
  }
}
