import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCertificateServer, type CertificateServer } from '../../amazon-pay/certificate-server';
import { certificateOf } from '../receive/messages';
import { makeStore, type TestStore } from '../stores';
import { countByStatus, makeMessages, send, startProxyProcess } from './proxy-process';
import { readStore } from './read-store';
import { compileSystemCalls } from './system-calls';

describe('a disk whose fsync fails', () => {
  let folder: string;
  let library: string;
  let store: TestStore;
  let amazon: CertificateServer;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fsync-'));
    library = compileSystemCalls(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(async () => {
    store = makeStore('sqlite');
    amazon = await startCertificateServer();
    const certificate = await certificateOf();
    amazon.answer = (_, response) => void response.end(certificate);
  });
  afterEach(async () => {
    await amazon.close();
    await store.remove();
  });

  test('gets no message acknowledged, is not asked again, and ends the process; the next one loses nothing', async () => {
    const failing = join(folder, 'failing');
    const proxy = await startProxyProcess(store.settings, amazon, {
      LD_PRELOAD: library,
      PROXY_DISK_FILES: 'proxy.db',
      PROXY_DISK_FAIL: failing,
    });
    const before = makeMessages(50);
    await send(proxy.url, before);
    expect(countByStatus(before)).toEqual({ 200: before.length });
    writeFileSync(failing, '');
    const after = makeMessages(20);
    await send(proxy.url, after, 20);
    // Those that were not answered found nobody any more: the process ended while they came.
    expect(after.map(({ status }) => status)).toContain(503);
    expect(after.filter(({ status }) => status !== 503 && status !== null)).toEqual([]);
    expect(await proxy.end).toEqual({ code: 74, signal: null });
    expect(proxy.said()).toContain('fsync failed');
    // One of the message's commit, or of the probe: whichever came first, and no second on the same file.
    expect(statSync(failing).size).toBe(1);
    const next = await startProxyProcess(store.settings, amazon);
    await send(next.url, after);
    next.child.kill('SIGTERM');
    await next.end;
    const bodies = new Map(
      (await readStore(store.settings)).messages.map(({ messageId, sha256 }) => [messageId, sha256]),
    );
    expect([...before, ...after].filter(({ id, sha256 }) => bodies.get(id) !== sha256)).toEqual([]);
  });
});
