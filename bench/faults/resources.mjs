/** What the processes of the proxies use, over time. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { note, now } from './ledger.mjs';

const EVERY_MS = 200;

/** Returns a function that notes what the proxies use, no oftener than it makes sense to. */
export function sampler(path) {
  let last = -Infinity;
  return (proxies) => {
    if (now() < last + EVERY_MS) return;
    last = now();
    for (const { process } of proxies) sample(path, process.pid);
  };
}

function sample(path, pid) {
  const sizeMB = (name) => (statSync(path(name), { throwIfNoEntry: false })?.size ?? 0) / 2 ** 20;
  try {
    const rssMB = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    const files = readdirSync(`/proc/${pid}/fd`).length;
    const sizes = { logMB: sizeMB('disk/proxy.db-wal'), fileMB: sizeMB('disk/proxy.db') };
    note(path('resources.jsonl'), { at: now(), rssMB, files, ...sizes });
  } catch {
    // It has just ended.
  }
}
