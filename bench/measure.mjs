import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TIME = '/usr/bin/time';

/** GNU time reports the peak of the largest process of a command; other systems' `time` has no such option. */
const hasGnuTime = existsSync(TIME) && spawnSync(TIME, ['-f', '%M', 'true'], { encoding: 'utf8' }).status === 0;

/** How peaks are measured here, for the report. */
export const memorySource = hasGnuTime
  ? 'GNU time: the largest single process of the command'
  : existsSync('/proc/self/status')
    ? '/proc, read every 5 ms: the first process of the command only'
    : 'not available on this system';

/** The kernel keeps the peak itself (VmHWM), so a reading shortly before the end is close. */
function readPeak(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) || undefined;
  } catch {
    return undefined;
  }
}

/** Runs a command as a whole process; gives its wall time, peak memory, exit code and output. */
export async function measure([program, ...parameters], options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'amazon-pay-bench-'));
  const report = join(folder, 'peak');
  const command = hasGnuTime ? [TIME, '-f', '%M', '-o', report, program, ...parameters] : [program, ...parameters];
  let sampler;
  try {
    const started = process.hrtime.bigint();
    const child = spawn(command[0], command.slice(1), { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let peak;
    if (!hasGnuTime) sampler = setInterval(() => (peak = readPeak(child.pid) ?? peak), 5);
    const chunks = [];
    const errors = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => errors.push(chunk));
    const code = await new Promise((settle, fail) => {
      child.once('error', fail);
      child.once('close', settle);
    });
    const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
    // A command that fails makes GNU time write a line about it before the figure.
    if (hasGnuTime) peak = Number(readFileSync(report, 'utf8').trim().split('\n').at(-1)) || undefined;
    return {
      milliseconds,
      peakKilobytes: peak,
      code,
      stdout: Buffer.concat(chunks).toString(),
      stderr: Buffer.concat(errors).toString(),
    };
  } finally {
    clearInterval(sampler);
    rmSync(folder, { recursive: true, force: true });
  }
}

export const median = (values) => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length === 0
    ? undefined
    : sorted.length % 2 === 1
      ? sorted[middle]
      : (sorted[middle - 1] + sorted[middle]) / 2;
};
