import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCertificateServer } from '../../amazon-pay/certificate-server';
import { certificateOf } from '../receive/messages';
import { countByStatus, makeMessages, send, sendUntilTaken, startProxyProcess, type Sent } from './proxy-process';
import { readStore } from './read-store';

const folder = mkdtempSync(join(tmpdir(), 'disk-full-'));
const disk = join(folder, 'disk');
mkdirSync(disk);
/** A file system of its own. */
beforeAll(() => {
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk])).toMatchObject({ status: 0 });
});
let end: () => void = () => undefined;
afterAll(() => {
  end();
  spawnSync('umount', ['-l', disk]);
  rmSync(folder, { recursive: true });
});

/** Writes until nothing more fits. */
function fill(path: string): void {
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

test('a disk that is full: nothing is acknowledged, and it goes on when there is room', async () => {
  const amazon = await startCertificateServer();
  const certificate = await certificateOf();
  amazon.answer = (_, response) => void response.end(certificate);
  const settings = { driver: 'sqlite' as const, path: join(disk, 'proxy.db') };
  const proxy = await startProxyProcess(settings, amazon);
  end = () => proxy.child.kill('SIGKILL');
  const messages = makeMessages(80);
  await send(proxy.url, messages);
  expect(countByStatus(messages)).toEqual({ 200: 80 });

  fill(join(disk, 'filler'));
  // The log has room that was used before, and what goes there is acknowledged rightly, until it is used up.
  let refused: Sent[] = [];
  while (refused.length === 0) {
    const during = makeMessages(200);
    await send(proxy.url, during);
    expect(countByStatus(during)).not.toHaveProperty('none');
    refused = during.filter(({ status }) => status === 503);
    messages.push(...during);
  }

  rmSync(join(disk, 'filler'));
  await sendUntilTaken(proxy.url, refused);
  expect(countByStatus(messages)).toEqual({ 200: messages.length });
  expect((await fetch(`${proxy.adminUrl}/readyz`)).status).toBe(200);
  proxy.child.kill('SIGTERM');
  expect(await proxy.end).toEqual({ code: 0, signal: null });
  const { messages: stored, deliveries } = await readStore(settings);
  expect(stored.map(({ sha256 }) => sha256).sort()).toEqual(messages.map(({ sha256 }) => sha256).sort());
  expect(new Set(deliveries).size).toBe(2 * messages.length);
  await amazon.close();
});
