/** In a process of its own: one of the servers, which says where it listens and what it used. `node bench/proxy/server.mjs KIND` */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { TOPIC } from './messages.mjs';

const require = createRequire(import.meta.url);
const fromDist = (path) => require(fileURLToPath(new URL(`../../dist/src/${path}`, import.meta.url)));

const rssMB = () => Math.round(process.memoryUsage.rss() / 1024 ** 2);
const peakMB = () =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024);

async function serve(kind) {
  process.on('message', (asked) => {
    if (asked === 'usage') {
      const { user, system } = process.cpuUsage();
      process.send({ cpuMs: (user + system) / 1000, rssMB: rssMB(), peakMB: peakMB() });
    }
  });
  process.on('SIGTERM', () => process.exit());
  process.send({ url: await starters[kind]() });
}

const starters = {
  async node() {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200, { 'content-length': 6 }).end('taken\n'));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${server.address().port}/ipn`;
  },
  async fastify() {
    const server = require('fastify')({ bodyLimit: 262_144 });
    server.addContentTypeParser('text/plain', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    server.post('/ipn', async () => 'taken\n');
    return `${await server.listen({ port: 0, host: '127.0.0.1' })}/ipn`;
  },
  sqlite: () => startProxy({ driver: 'sqlite', path: join(process.env.BENCH_FOLDER, 'proxy.db') }),
  postgres: () => startProxy({ driver: 'postgres', url: process.env.BENCH_POSTGRES, schema: process.env.BENCH_SCHEMA }),
};

async function startProxy(store) {
  const { port, certificate } = JSON.parse(process.env.BENCH_AMAZON);
  class LoopbackAgent extends Agent {
    createConnection(asked) {
      return connect({ ...asked, host: '127.0.0.1', port, ca: certificate });
    }
  }
  const { proxySettings } = fromDist('proxy/configuration/settings.js');
  const settings = proxySettings.parse({
    store,
    receive: { topics: [TOPIC], port: 0 },
    operate: { admin: { port: 0 } },
  });
  const proxy = await fromDist('proxy/proxy.js').startProxy(settings, { agent: new LoopbackAgent() });
  return proxy.url;
}

await serve(process.argv[2]);
