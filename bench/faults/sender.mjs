/**
 * Behaves as SNS does: takes what Amazon publishes, and posts it until it is answered 2xx, as often as that takes; after a 4xx
 * never again. Its ledger says what was sent, when, and what was answered.
 */
import { createHash } from 'node:crypto';
import { createServer, request as ask } from 'node:http';
import { note, now, orderOf } from './ledger.mjs';

/** SNS waits so long for an answer. */
const TIMEOUT_MS = 15_000;
const AT_ONCE = 12;
/** Charges and refunds, by the form of their ids. */
const OBJECT = /[A-Z]\d\d-\d{7}-\d{7}-[A-Z]\d{6}/g;

export class Sender {
  /** By MessageId. */
  messages = new Map();
  urls = [];
  /** Changes a message before it is sent: other signatures, other forms. Null: it is lost on the way. */
  change = (body) => body;
  /** What is no part of the run: nobody is told of it, and nobody waits for it. */
  isSent = () => true;
  isHeld = false;
  /** Sends half of what it announces, and waits. */
  sendsHalf = false;
  pauseMs = 100;
  /** To whom belongs what Amazon publishes: both handlers, one side alone, or whichever counts when it is sent. */
  expects = 'handlers';
  duplicates = 0.1;
  shuffled = 0.2;
  onAnswer = () => undefined;
  #waiting = [];
  #underWay = 0;
  #isClosed = false;
  #turn = 0;

  constructor(ledger, random) {
    this.ledger = ledger;
    this.random = random;
    this.server = createServer((request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        this.publish(Buffer.concat(chunks).toString('utf8'), request.headers);
        response.writeHead(200).end();
      });
    });
  }

  async start() {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.server.address().port}/`;
  }

  /** Amazon has something to tell. `expect` says where it belongs: to the handlers or one of them, aside, nowhere (refused), or where it may. */
  publish(published, headers = {}, expect = this.expects) {
    if (!this.isSent(published)) return;
    const body = this.change(published);
    // It is lost on its way, and Amazon does not send it again.
    if (body === null) {
      const order = orderOf(tryParse(published)?.Message ?? '');
      return note(this.ledger, { what: 'lost', at: now(), order });
    }
    const sha256 = createHash('sha256').update(body).digest('hex');
    let id = String(headers['x-amz-sns-message-id'] ?? sha256);
    const parsed = tryParse(body);
    if (typeof parsed?.MessageId === 'string') id = parsed.MessageId;
    const kept = Object.entries(headers).filter(([name]) => /^(content-type|user-agent|x-amz-)/.test(name));
    const order = orderOf(typeof parsed?.Message === 'string' ? parsed.Message : '');
    const message = { id, order, body, sha256, headers: Object.fromEntries(kept), expect, isTaken: false };
    this.messages.set(id, message);
    const objects = [...new Set(body.match(OBJECT) ?? [])];
    note(this.ledger, { what: 'published', at: now(), id, order, sha256, expect, objects });
    const times = this.random() < this.duplicates ? 2 : 1;
    for (let time = 0; time < times; time += 1) this.#add(message);
  }

  #add(message) {
    const { length } = this.#waiting;
    // Not always in the order in which it happened: SNS promises none.
    if (length > 0 && this.random() < this.shuffled) this.#waiting.splice(length - 1, 0, message);
    else this.#waiting.push(message);
    this.pump();
  }

  pump() {
    while (!this.#isClosed && !this.isHeld && this.#underWay < AT_ONCE && this.#waiting.length > 0) {
      const message = this.#waiting.shift();
      this.#underWay += 1;
      void this.#send(message).then((status) => {
        this.#underWay -= 1;
        this.onAnswer(status);
        this.pump();
      });
    }
  }

  async #send(message) {
    const at = now();
    this.#turn += 1;
    const url = this.urls[this.#turn % this.urls.length];
    const status = await post(url, message, this.sendsHalf);
    if (this.#isClosed) return status;
    note(this.ledger, { what: 'sent', at, endAt: now(), id: message.id, status });
    if (status !== null && status >= 200 && status < 300) message.isTaken = true;
    else if (status === null || status >= 500)
      setTimeout(() => this.#add(message), this.pauseMs * (0.5 + this.random()));
    return status;
  }

  /** Sends what was taken once more. */
  sendAgain(messages) {
    for (const message of messages) this.#add(message);
  }

  /** What is not at its end: neither taken nor refused. */
  get open() {
    return this.#waiting.length + this.#underWay;
  }

  close() {
    this.#isClosed = true;
    this.server.close();
    this.server.closeAllConnections();
  }
}

function tryParse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function post(url, { body, headers }, isHalf) {
  const bytes = Buffer.from(body);
  return new Promise((resolve) => {
    const announced = { ...headers, 'content-length': bytes.length };
    const options = { method: 'POST', headers: announced, agent: false, timeout: TIMEOUT_MS };
    const outgoing = ask(url, options, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
      response.on('error', () => resolve(null));
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve(null));
    if (isHalf) outgoing.write(bytes.subarray(0, bytes.length / 2));
    else outgoing.end(bytes);
  });
}
