import { startCertificateServer, type CertificateServer } from '../../amazon-pay/certificate-server';
import { certificateOf } from '../receive/messages';
import { makeStore, stores, type TestStore } from '../stores';
import { countByStatus, makeMessages, send, startProxyProcess, type ProxyProcess, type Sent } from './proxy-process';
import { readStore } from './read-store';

/** Where a message is on its way in, from the first byte to the answer; and the n-th passing at which the process dies. */
const points: readonly (readonly [point: string, times: number])[] = [
  ['receive-read', 1],
  ['receive-read', 40],
  ['receive-judged', 40],
  ['accept-before-transaction', 2],
  ['accept-before-commit', 1],
  ['accept-before-commit', 3],
  ['accept-committed', 1],
  ['accept-committed', 3],
  ['receive-stored', 1],
  ['receive-stored', 40],
  ['receive-answered', 1],
  ['receive-answered', 40],
];

describe.each(stores)('a proxy that is killed, on %s', (driver) => {
  let store: TestStore;
  let amazon: CertificateServer;
  beforeEach(async () => {
    store = makeStore(driver);
    amazon = await startCertificateServer();
    const certificate = await certificateOf();
    amazon.answer = (_, response) => void response.end(certificate);
  });
  afterEach(async () => {
    await amazon.close();
    await store.remove();
  });

  /** Every message that was acknowledged is there, byte for byte, once, with its work; and none that was never sent. */
  async function checkAgainst(messages: readonly Sent[]): Promise<void> {
    const { messages: stored, deliveries } = await readStore(store.settings);
    const acknowledged = messages.filter(({ status }) => status === 200);
    const bodies = new Map(stored.map(({ messageId, sha256 }) => [messageId, sha256]));
    expect(bodies.size).toBe(stored.length);
    expect(acknowledged.filter(({ id, sha256 }) => bodies.get(id) !== sha256)).toHaveLength(0);
    const wanted = stored.flatMap(({ messageId }) => [`deliver-legacy ${messageId}`, `deliver-migrated ${messageId}`]);
    expect([...deliveries].sort()).toEqual(wanted.sort());
  }

  /** As if the time had come, for what waits and for leases of who is gone. */
  async function makeDue(): Promise<void> {
    const database = await store.open();
    await database.query(`UPDATE job SET state = 'ready', run_at = 0 WHERE state IN ('ready', 'leased')`);
    await database.close();
  }

  /** Dies at this passing of a point, or at the first later one that is none of the start: how many commits that makes changes. */
  async function startToBeKilled(point: string, times: number): Promise<ProxyProcess> {
    for (let passing = times; ; passing += 1) {
      const environment = { AMAZON_PAY_PROXY_FAIL_POINT: `${point}:${passing}` };
      const started = await startProxyProcess(store.settings, amazon, environment).catch((error: Error) => error);
      if (!(started instanceof Error)) return started;
      expect(started.message).toContain('it ended (SIGKILL)');
    }
  }

  const both = driver === 'sqlite' ? ([...points, ['sqlite-before-commit', 6]] as const) : points;
  test.each(both)('at %s, passing %i, has lost nothing that it acknowledged', async (point, times) => {
    const messages = makeMessages(120);
    const killed = await startToBeKilled(point, times);
    await send(killed.url, messages);
    expect(await killed.end).toEqual({ code: null, signal: 'SIGKILL' });
    await checkAgainst(messages);
    // The sender tries again with what was not acknowledged; the next process takes over what the first left locked.
    const next = await startProxyProcess(store.settings, amazon);
    await send(
      next.url,
      messages.filter(({ status }) => status !== 200),
    );
    expect(countByStatus(messages)).toEqual({ 200: messages.length });
    next.child.kill('SIGTERM');
    expect(await next.end).toEqual({ code: 0, signal: null });
    await checkAgainst(messages);
    expect((await readStore(store.settings)).messages).toHaveLength(120);
  });

  test.each([
    ['verify-judged', 2],
    ['verify-before-commit', 2],
  ])('at %s, passing %i, goes on checking where it was', async (point, times) => {
    const certificate = await certificateOf();
    const messages = makeMessages(5);
    amazon.answer = (_, response) => void response.writeHead(503).end();
    const first = await startProxyProcess(store.settings, amazon);
    await send(first.url, messages);
    expect(countByStatus(messages)).toEqual({ 200: messages.length });
    first.child.kill('SIGKILL');
    await first.end;
    amazon.answer = (_, response) => void response.end(certificate);
    await makeDue();
    const killed = await startProxyProcess(store.settings, amazon, {
      AMAZON_PAY_PROXY_FAIL_POINT: `${point}:${times}`,
    });
    expect(await killed.end).toEqual({ code: null, signal: 'SIGKILL' });
    await makeDue();
    const next = await startProxyProcess(store.settings, amazon);
    await next.verified(4);
    next.child.kill('SIGTERM');
    await next.end;
    const { deliveries } = await readStore(store.settings);
    expect(deliveries).toHaveLength(10);
    expect(new Set(deliveries).size).toBe(10);
  });
});
