/** A handler of a shop, in a process of its own: its ledger says what it got, what it answered, and what took effect. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { note, now, orderOf } from '../ledger.mjs';
import { seededRandom } from '../random.mjs';
import { act, tell } from './start.mjs';

const { ledger, seed } = JSON.parse(process.argv[2]);
const random = seededRandom(seed);
const effects = new Set();
let requests = 0;
const usual = { kind: 'ok', share: 1, milliseconds: 0, only: null, retryAfter: null, outcomes: {} };
/** How it behaves: `share` of the requests get `kind`, the others are answered at once. */
let behaviour = { ...usual };

/** Says how the order is, where it was told what to say. */
const ok = (response, order) => {
  const outcome = behaviour.outcomes[order];
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ outcome }));
};
const status = (code) => (response) =>
  response.writeHead(code, behaviour.retryAfter === null ? {} : { 'retry-after': behaviour.retryAfter }).end();
/** What each kind answers. */
const kinds = {
  ok,
  500: status(500),
  502: status(502),
  503: status(503),
  429: status(429),
  400: status(400),
  410: status(410),
  redirect: (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end(),
  html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Sign in</title>'),
  slow: (response, order) => void setTimeout(() => ok(response, order), behaviour.milliseconds),
  /** Took effect, and never answers. */
  hang: () => undefined,
  /** The proxy will not live to hear an answer. */
  poison: () => void tell({ poisoned: true }),
  reset: (response) => response.destroy(),
  /** Half of what it announces, then the line is cut. */
  truncated: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    response.write('{"half":', () => response.destroy());
  },
  /** A byte at a time, without end. */
  drip: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  },
  endless: (response) => {
    response.isEndless = true;
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384, 32)));
    };
    response.on('drain', more);
    more();
  },
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const number = (requests += 1);
    const key = String(request.headers['idempotency-key'] ?? '');
    const isEffect = !effects.has(key);
    effects.add(key);
    const message = String(request.headers['x-amazon-pay-proxy-message-id'] ?? '');
    const order = orderOf(body.toString('utf8'));
    const role = request.headers['x-amazon-pay-proxy-role'];
    note(ledger, {
      ...{ what: 'begin', number, at: now(), key, message, order, isEffect },
      sha256: createHash('sha256').update(body).digest('hex'),
      attempt: Number(request.headers['x-amazon-pay-proxy-attempt']),
      role,
    });
    // The proxy may go on from here, although this process hears of the end of its answer later.
    let answeredAt = null;
    const { writeHead } = response;
    response.writeHead = (...head) => {
      answeredAt = now();
      return writeHead.apply(response, head);
    };
    response.on('close', () => {
      // Without end, and cut for that: by its head it was taken.
      const isCut = response.headersSent && response.isEndless === true;
      const answered = response.writableFinished || isCut ? response.statusCode : null;
      note(ledger, { what: 'end', number, at: answeredAt ?? now(), status: answered });
      tell({ message, status: answered, role });
    });
    const isHit = (behaviour.only === null || behaviour.only === order) && random() < behaviour.share;
    kinds[isHit ? behaviour.kind : 'ok'](response, order);
  });
});

act({
  async start() {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${server.address().port}/ipn`, pid: process.pid };
  },
  behave(change) {
    behaviour = { ...usual, ...change };
    if (change.cut === true) server.closeAllConnections();
  },
});
