import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { z } from 'zod';
import { startDemo, type Demo } from '../../proxy/demo/start-demo';
import { exitCodes, type ExitCode } from '../exit-codes';
import { listenForInterruption } from '../interruption';
import type { Streams } from '../terminal-streams';

const settings = z.object({ open: z.boolean().default(true) });

/** `proxy demo`. Resolves when it is interrupted, and leaves nothing behind. */
export async function handleDemo(argv: unknown, { stdout }: Streams): Promise<ExitCode> {
  const { open } = settings.parse(argv);
  const interruption = listenForInterruption();
  const interrupted = new Promise<void>((resolve) => {
    interruption.signal.addEventListener('abort', () => resolve());
  });
  const waiting: string[] = [];
  let tell = (line: string): void => void waiting.push(line);
  const demo = await startDemo({ tell: (line) => tell(line) });
  // A second Ctrl-C does not wait: the data goes all the same.
  const remove = (): void => rmSync(demo.folder, { recursive: true, force: true });
  process.once('exit', remove);
  stdout.write(describe(demo));
  tell = (line) => void stdout.write(`* ${line}\n`);
  for (const line of waiting) tell(line);
  if (open && stdout.isTTY === true) openBrowser(addressOf(demo));
  await interrupted;
  stdout.write('Ending: what came is answered, and the data of the demo is deleted.\n');
  await demo.stop();
  interruption.dispose();
  process.off('exit', remove);
  return exitCodes.done;
}

// What stands behind # is never sent with a request.
const addressOf = ({ proxy }: Demo): string => `${proxy.adminUrl}/#token=${proxy.adminToken}`;

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** A machine without a browser goes on without one: the address was printed. */
function openBrowser(url: string): void {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function describe(demo: Demo): string {
  const { proxy, emulatorUrl } = demo;
  return `The proxy runs, with a local Amazon Pay, two sample handlers and buyers. No money moves.

  dashboard     ${addressOf(demo)}
  Amazon Pay    ${emulatorUrl}/_/
  IPN           ${proxy.url}

In another terminal
  export AMAZON_PAY_PROXY_URL=${proxy.adminUrl} AMAZON_PAY_PROXY_TOKEN=${proxy.adminToken}
  npx amazon-pay-migrate proxy status
  npx amazon-pay-migrate proxy divergences
  npx amazon-pay-migrate proxy dead-letters
  npx amazon-pay-migrate proxy mode rollback --by me --reason "to see what it does"

Within a minute
  messages flow; the migrated handler loses the cents of a refund, which Amazon's word shows;
  the legacy handler refuses a refund, which ends as a dead letter; the mode goes from shadow to parallel.

Ctrl-C ends it.
`;
}
