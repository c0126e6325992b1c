'use strict';

/**
 * Loaded into a child process with `node --require` by stand-in.ts. Takes the place of the network at the boundary that
 * the real clients use: `https.request` (axios, follow-redirects, request, needle), and `fetch`. A request travels
 * through Node's own HTTP client and parser over a pair of in-memory streams to a server in this process, so headers,
 * bodies, DELETE with a body and broken connections behave as they do on a real connection; nothing listens on a port.
 * Plain HTTP to a loopback host is left alone: a shop may call its own server. Any other connection is refused.
 *
 * Environment: AMAZON_PAY_STAND_IN_ANSWERS  JSON file or CommonJS module with the answers (types in stand-in.ts)
 *              AMAZON_PAY_STAND_IN_RECORD   file that gets one JSON line per request or wait
 *              AMAZON_PAY_STAND_IN_CLOCK    'fast': a timer of 100 ms or more fires at once and its delay is recorded
 */
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const Module = require('node:module');
const { Duplex } = require('node:stream');
const tls = require('node:tls');

const answersFile = process.env.AMAZON_PAY_STAND_IN_ANSWERS;
const recordFile = process.env.AMAZON_PAY_STAND_IN_RECORD;
if (!answersFile || !recordFile) {
  throw new Error(
    'The HTTP stand-in needs AMAZON_PAY_STAND_IN_ANSWERS and AMAZON_PAY_STAND_IN_RECORD; start it through runScript.',
  );
}

const answers = require(answersFile);
const timesUsed = new Map();
const record = (line) => fs.appendFileSync(recordFile, `${JSON.stringify(line)}\n`);

/** The first answer that matches gives its next reply; the last reply repeats. */
function findReply(request) {
  const action =
    new URLSearchParams(request.body).get('Action') ?? new URLSearchParams(request.path.split('?')[1]).get('Action');
  const index = answers.findIndex(
    ({ when }) =>
      (when.method === undefined || when.method === request.method) &&
      (when.host === undefined || when.host === request.host) &&
      (when.path === undefined || new RegExp(when.path).test(request.path)) &&
      (when.action === undefined || when.action === action),
  );
  if (index === -1) return null;
  const used = timesUsed.get(index) ?? 0;
  timesUsed.set(index, used + 1);
  const replies = answers[index].replies;
  const reply = replies[Math.min(used, replies.length - 1)];
  return typeof reply === 'function' ? reply(request, used) : reply;
}

function writeReply(reply, response) {
  if (reply.fail) {
    response.socket.destroy();
    return;
  }
  const [type, body] =
    reply.json !== undefined
      ? ['application/json', JSON.stringify(reply.json)]
      : reply.xml !== undefined
        ? // Exactly this and no charset: amazon-payments takes any other value for plain text.
          ['text/xml', reply.xml]
        : ['text/plain', reply.text ?? ''];
  response.writeHead(reply.status ?? 200, { 'content-type': type, ...reply.headers });
  response.end(body);
}

const server = http.createServer((incoming, response) => {
  const chunks = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.on('end', () => {
    const request = {
      method: incoming.method,
      host: incoming.headers.host,
      path: incoming.url,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    const reply = findReply(request);
    record({ kind: 'request', answered: reply !== null, ...request });
    writeReply(
      reply ?? { status: 501, text: `The stand-in has no answer for ${request.method} ${request.host}${request.path}` },
      response,
    );
  });
});

/** One end of a connection that exists in memory only. */
class MemorySocket extends Duplex {
  constructor() {
    super();
    this.peer = null;
    this.resumePeer = null;
    this.encrypted = true;
    this.authorized = true;
    this.remoteAddress = '127.0.0.1';
  }
  _read() {
    const resume = this.resumePeer;
    this.resumePeer = null;
    if (resume) resume();
  }
  _write(chunk, _encoding, done) {
    if (this.peer.destroyed) return done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    if (this.peer.push(chunk)) process.nextTick(done);
    else this.peer.resumePeer = done;
  }
  _final(done) {
    if (!this.peer.destroyed) this.peer.push(null);
    done();
  }
  _destroy(error, done) {
    if (this.peer && !this.peer.destroyed) process.nextTick(() => this.peer.destroy());
    done(error);
  }
  setTimeout() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  setNoDelay() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
}

function connectInMemory() {
  const client = new MemorySocket();
  const accepted = new MemorySocket();
  client.peer = accepted;
  accepted.peer = client;
  server.emit('connection', accepted);
  return client;
}

const realHttpRequest = http.request;

/** The three ways to call `request` become one. */
function readArguments(args) {
  const [first, second, third] = args;
  if (typeof first === 'string' || first instanceof URL) {
    const url = new URL(first);
    const fromUrl = { protocol: url.protocol, hostname: url.hostname, port: url.port, path: url.pathname + url.search };
    return typeof second === 'function' ? [fromUrl, second] : [{ ...fromUrl, ...second }, third];
  }
  return [first, second];
}

function requestInMemory(defaultPort, args) {
  const [options, callback] = readArguments(args);
  const hostname = options.hostname ?? options.host ?? 'localhost';
  const inMemory = {
    ...options,
    hostname,
    port: options.port || defaultPort,
    defaultPort,
    protocol: 'http:',
    agent: undefined,
    _defaultAgent: undefined,
    // A connection of its own for every request, as without keep-alive.
    createConnection: connectInMemory,
  };
  return realHttpRequest(inMemory, callback);
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

https.request = (...args) => requestInMemory(443, args);
https.get = (...args) => https.request(...args).end();
http.request = (...args) => {
  const [options, callback] = readArguments(args);
  const host = options.hostname ?? String(options.host ?? 'localhost').replace(/:\d+$/, '');
  if (options.socketPath || LOOPBACK.has(host)) return realHttpRequest(options, callback);
  return requestInMemory(80, args);
};
http.get = (...args) => http.request(...args).end();
tls.connect = () => {
  throw new Error('The HTTP stand-in allows no TLS connection: this code does not go through https.request or fetch.');
};
/** Just enough of fetch for a client: method, headers, text body, and a real Response. */
globalThis.fetch = (input, init) =>
  new Promise((resolve, reject) => {
    const fetched = new Request(input, init);
    fetched
      .text()
      .then((body) => {
        const headers = Object.fromEntries(fetched.headers);
        if (body !== '') headers['content-length'] = String(Buffer.byteLength(body));
        const transport = new URL(fetched.url).protocol === 'https:' ? https : http;
        const request = transport.request(fetched.url, { method: fetched.method, headers }, (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => {
            const empty = [204, 205, 304].includes(response.statusCode);
            resolve(
              new Response(empty ? null : Buffer.concat(chunks), {
                status: response.statusCode,
                headers: response.headers,
              }),
            );
          });
        });
        request.on('error', (cause) => reject(new TypeError('fetch failed', { cause })));
        request.end(body);
      })
      .catch(reject);
  });

if (process.env.AMAZON_PAY_STAND_IN_CLOCK === 'fast') {
  const realSetTimeout = globalThis.setTimeout;
  const fastSetTimeout = (callback, delay, ...args) => {
    if (!(delay >= 100)) return realSetTimeout(callback, delay, ...args);
    record({ kind: 'wait', milliseconds: delay });
    return realSetTimeout(callback, 1, ...args);
  };
  globalThis.setTimeout = Object.assign(fastSetTimeout, realSetTimeout);
}

// So that `import { request } from 'node:https'` sees the replacements too.
Module.syncBuiltinESMExports();
