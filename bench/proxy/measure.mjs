/** What is measured: answers by the second, the disk, and memory. */
import { closeSync, fdatasyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'undici';
import { quantile } from '../faults/latency.mjs';
import { makeAnyMessage } from './messages.mjs';
import { askUsage } from './processes.mjs';

/** Posts messages over kept connections. Any answer but 200 would mean that the work was not done. */
export async function post(url, next, count, connections) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: connections, pipelining: 1 });
  const milliseconds = [];
  let left = count;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left > 0) {
        left -= 1;
        const asked = performance.now();
        const { statusCode, body } = await pool.request({
          path: pathname,
          method: 'POST',
          headers: { 'content-type': 'text/plain; charset=UTF-8' },
          body: next(),
        });
        await body.dump();
        if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}.`);
        milliseconds.push(performance.now() - asked);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  milliseconds.sort((a, b) => a - b);
  return { perSecond: count / seconds, p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) };
}

/** How often this disk can be told in a second to keep 4 KiB that were appended. */
export function measureSyncs(folder) {
  const path = join(folder, 'syncs');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(4096, 1);
  let count = 0;
  const started = performance.now();
  for (; performance.now() - started < 1000; count += 1) {
    writeSync(file, block);
    fdatasyncSync(file);
  }
  closeSync(file);
  rmSync(path);
  return count;
}

/** Sends many more, and tells how much memory the proxy had on the way. */
export async function measureMemory({ child, url }, signer, path, { memory, connections }) {
  const steps = [];
  const started = performance.now();
  for (let sent = 0; sent < memory;) {
    const count = Math.min(Math.ceil(memory / 10), memory - sent);
    await post(url, () => makeAnyMessage(signer), count, connections);
    sent += count;
    const { rssMB: now } = await askUsage(child);
    steps.push({ messages: sent, rssMB: now });
  }
  const { peakMB: peak } = await askUsage(child);
  const size = (ending) => Math.round((statSync(path + ending, { throwIfNoEntry: false })?.size ?? 0) / 1024 ** 2);
  const seconds = Math.round((performance.now() - started) / 1000);
  return { steps, peakMB: peak, databaseMB: size(''), logMB: size('-wal'), seconds };
}
