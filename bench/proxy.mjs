/**
 * Acknowledged notifications per second of the proxy, each on the disk before its answer, on SQLite and PostgreSQL, against bare
 * `node:http` and bare fastify that answer a constant. Every server is a process of its own, and the same client asks all in
 * turns, so that a slow moment of the machine hits all. Messages are signed before the time is taken; no two are alike. Beside
 * it: fsyncs per second of the disk that the SQLite file is on, and the memory after many messages. Nothing is asserted.
 *
 *   npm run build && node bench/proxy.mjs [--messages=3000] [--connections=64] [--rounds=3] [--memory=0] [--json]
 *
 * `--memory=1000000` sends so many more messages to the proxy on SQLite, signed on the way (about 1,000 a second and core).
 * PostgreSQL is that of AMAZON_PAY_TEST_POSTGRES, or of 127.0.0.1:5432; where none answers it is left out.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './measure.mjs';
import { measureMemory, measureSyncs, post } from './proxy/measure.mjs';
import { makeMessage, startAmazon } from './proxy/messages.mjs';
import { askUsage, dropSchema, hasPostgres, startProcess } from './proxy/processes.mjs';

const options = { messages: 3000, connections: 64, rounds: 3, memory: 0 };
let asJson = false;
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--(messages|connections|rounds|memory)=(\d+)$/.exec(argument) ?? [];
  if (name !== undefined) options[name] = Number(value);
  else if (argument === '--json') asJson = true;
  else throw new Error(`Unknown option ${argument}. Known: --messages --connections --rounds --memory --json`);
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-proxy-'));
  const schema = `bench_${randomBytes(6).toString('hex')}`;
  const { server, signer, place } = await startAmazon();
  const kinds = ['node', 'fastify', 'sqlite', ...((await hasPostgres()) ? ['postgres'] : [])];
  const environment = { BENCH_FOLDER: folder, BENCH_SCHEMA: schema, BENCH_AMAZON: JSON.stringify(place) };
  const servers = {};
  try {
    for (const kind of kinds) servers[kind] = await startProcess(kind, environment);
    const runs = kinds.flatMap((kind) => ['v1', 'v2'].map((version) => ({ kind, version, figures: [] })));
    const syncs = [];
    for (let round = 0; round <= options.rounds; round += 1) {
      syncs.push(measureSyncs(folder));
      for (const { kind, version, figures } of runs) {
        const { child, url } = servers[kind];
        const bodies = Array.from({ length: options.messages }, () => makeMessage(version, signer));
        const before = await askUsage(child);
        const figure = await post(url, () => bodies.pop(), options.messages, options.connections);
        const after = await askUsage(child);
        // The first round warms up.
        const microseconds = ((after.cpuMs - before.cpuMs) * 1000) / options.messages;
        if (round > 0) figures.push({ ...figure, microseconds, bytes: makeMessage(version, signer).length });
      }
    }
    const memory =
      options.memory > 0 ? await measureMemory(servers.sqlite, signer, join(folder, 'proxy.db'), options) : null;
    report(runs, syncs, memory);
  } finally {
    for (const { child } of Object.values(servers)) child.removeAllListeners('exit').kill();
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
    if (kinds.includes('postgres')) await dropSchema(schema);
  }
}

function report(runs, syncs, memory) {
  const rows = runs.map(({ kind, version, figures }) => {
    const of = (name) => median(figures.map((figure) => figure[name]));
    return {
      server: kind,
      messages: version,
      bytes: of('bytes'),
      'per second': Math.round(of('perSecond')),
      'p50 ms': Number(of('p50').toFixed(1)),
      'p99 ms': Number(of('p99').toFixed(1)),
      'CPU us each': Math.round(of('microseconds')),
    };
  });
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ node: process.version, options, rows, syncs, memory }, null, 2)}\n`);
    return;
  }
  const [{ model }] = cpus();
  process.stdout.write(`Node ${process.version}, ${cpus().length} x ${model}; the client has one of them\n`);
  process.stdout.write(`${JSON.stringify(options)}; median of ${options.rounds} rounds\n`);
  console.table(rows);
  process.stdout.write(`fsyncs of 4 KiB per second, before each round: ${syncs.join(', ')}\n`);
  if (memory !== null) process.stdout.write(`memory: ${JSON.stringify(memory)}\n`);
}

await main();
