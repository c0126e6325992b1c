import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { evidenceSchema } from '../../../src/proxy/compare/evidence';
import { proxySettings } from '../../../src/proxy/configuration/settings';
import { silentObserver, type Observer } from '../../../src/proxy/observer';
import { startProxy, type Proxy } from '../../../src/proxy/proxy';
import { startCertificateServer, type CertificateServer } from '../../amazon-pay/certificate-server';
import { certificateOf, envelope, ORDER, TOPIC, v1Message } from '../receive/messages';
import { post } from '../receive/receiving';
import { makeStore, stores, type TestStore } from '../stores';

const reason = { who: 'Ada', why: 'the evidence is good' };

describe.each(stores)('what the admin port lets people see and do, on %s', (driver) => {
  let store: TestStore;
  let amazon: CertificateServer;
  let handler: Server;
  let proxy: Proxy;
  /** What each handler answers. */
  let status: Record<string, number>;
  /** Paths that were called, and under which key. */
  let called: string[];
  let listener: Partial<Observer>;

  beforeEach(async () => {
    store = makeStore(driver);
    amazon = await startCertificateServer();
    const certificate = await certificateOf();
    amazon.answer = (_, response) => void response.end(certificate);
    [status, called, listener] = [{}, [], {}];
    handler = createServer((request, response) => {
      request.resume().on('end', () => {
        called.push(`${request.url} ${String(request.headers['idempotency-key'])}`);
        response.statusCode = status[request.url ?? ''] ?? 200;
        response.end();
      });
    });
    await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(handler.address() as AddressInfo).port}`;
    const secret = 'a secret of the tests, long enough to be one';
    const settings = proxySettings.parse({
      store: store.settings,
      receive: { topics: [TOPIC], port: 0 },
      operate: { admin: { port: 0 } },
      deliver: {
        legacy: { url: `${url}/legacy`, secret },
        migrated: { url: `${url}/migrated`, secret },
        retry: { refusedMs: [1] },
        pollMs: 20,
      },
    });
    const observer: Observer = {
      ...silentObserver,
      delivered: (event) => listener.delivered?.(event),
      dead: (event) => listener.dead?.(event),
    };
    proxy = await startProxy(settings, { agent: amazon.agent, observer });
  });
  afterEach(async () => {
    await proxy.stop();
    handler.closeAllConnections();
    await new Promise((resolve) => handler.close(resolve));
    await amazon.close();
    await store.remove();
  });

  const next = (event: 'delivered' | 'dead'): Promise<void> =>
    new Promise((resolve) => (listener = { [event]: () => resolve() }));
  const ask = async (path: string, body?: object): Promise<{ status: number; json: Record<string, unknown> }> => {
    const response = await fetch(`${proxy.adminUrl}${path}`, {
      headers: { authorization: `Bearer ${proxy.adminToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : { text } };
  };
  /** A message that the legacy handler took. */
  const deliver = async (): Promise<void> => {
    const taken = next('delivered');
    await post(proxy.url, envelope());
    await taken;
  };

  test('the status tells the flow, the mode, and what to look at first', async () => {
    await deliver();
    expect((await ask('/api/status')).json).toMatchObject({
      mode: 'observe',
      change: null,
      messages: [{ kind: 'v2', verdict: 'verified', count: 1, seen: 1 }],
      targets: [
        { side: 'legacy', breaker: 'closed' },
        { side: 'migrated', breaker: 'closed' },
      ],
      gate: { isOpen: false },
      warnings: [
        'v2 messages while the legacy handler counts: 1. It may answer 200 to them and do nothing.',
        'No key for Amazon is configured: nobody is the referee.',
      ],
    });
  });

  test('a change of mode takes effect at once, and says who made it and why', async () => {
    const changed = await ask('/api/mode', { mode: 'cutover', force: true, ...reason });
    expect(changed).toMatchObject({ status: 200, json: { mode: 'cutover', change: reason } });
    await deliver();
    expect(called).toEqual([expect.stringMatching(/^\/migrated /)]);
    expect((await ask('/api/audit')).json).toMatchObject({
      entries: [{ action: 'mode', ...reason }],
      check: { entries: 1, broken: null },
    });
  });

  test('while the gate is closed nobody switches over without saying so, and everybody may go back', async () => {
    const cutover = { mode: 'cutover', sharePercent: 5, ...reason };
    const refused = await ask('/api/mode', cutover);
    expect(refused).toMatchObject({
      status: 409,
      json: {
        error: 'gate-closed',
        missing: expect.arrayContaining([expect.stringContaining('agreement')]) as unknown,
      },
    });
    expect((await ask('/api/status')).json).toMatchObject({ mode: 'observe', change: null });
    const since = await ask('/api/mode', { ...cutover, since: '2026-11-26T08:00:00Z' });
    expect(since).toMatchObject({ status: 409, json: { error: 'gate-closed' } });
    expect(await ask('/api/mode', { ...cutover, force: true })).toMatchObject({
      status: 200,
      json: { mode: 'cutover', gateMissing: refused.json['missing'] },
    });
    expect(await ask('/api/mode', { mode: 'rollback', ...reason })).toMatchObject({ status: 200 });
    const { entries } = (await ask('/api/audit')).json as { entries: readonly { detail: string }[] };
    const [back, over] = entries.map(({ detail }) => JSON.parse(detail) as Record<string, unknown>);
    expect(over).toMatchObject({ mode: 'cutover', sharePercent: 5, force: true, gateMissing: refused.json['missing'] });
    expect(back).toMatchObject({ mode: 'rollback', from: 'cutover', force: false });
    expect(back).not.toHaveProperty('gateMissing');
  });

  test('shadow without an address for dry runs says that it teaches nothing', async () => {
    expect((await ask('/api/status')).json['warnings']).not.toContainEqual(expect.stringContaining('dryRunUrl'));
    const { json } = await ask('/api/mode', { mode: 'shadow', ...reason });
    expect(json['warnings']).toContainEqual(expect.stringContaining('deliver.migrated.dryRunUrl is not set'));
  });

  test('one order of legacy is moved alone under cutover, and nothing else of it is', async () => {
    expect(await ask(`/api/orders/${ORDER}/side`, { side: 'legacy', ...reason })).toMatchObject({
      status: 409,
      json: { error: 'unknown-order' },
    });
    await ask('/api/mode', { mode: 'cutover', force: true, ...reason });
    const taken = next('delivered');
    await post(proxy.url, envelope({ Message: v1Message() }));
    await taken;
    expect(await ask(`/api/orders/${ORDER}/side`, { side: 'legacy', ...reason })).toEqual({
      status: 200,
      json: { orderKey: ORDER, side: 'legacy', isMoved: true },
    });
    expect((await ask(`/api/orders/${ORDER}/side`, { side: 'legacy', ...reason })).json).toMatchObject({
      isMoved: false,
    });
    expect((await ask('/api/status')).json).toMatchObject({ movedByHand: { legacy: 1, migrated: 0 } });
    called = [];
    const again = next('delivered');
    await post(proxy.url, envelope({ Message: v1Message() }));
    await again;
    expect(called).toEqual([expect.stringMatching(/^\/legacy /)]);
    expect((await ask('/api/audit')).json).toMatchObject({ entries: [{ action: 'move-order', ...reason }, {}] });
  });

  test('a change that says no reason, or takes orders back, is refused and changes nothing', async () => {
    expect(await ask('/api/mode', { mode: 'cutover', who: 'Ada', why: ' ' })).toMatchObject({ status: 400 });
    await ask('/api/mode', { mode: 'cutover', force: true, ...reason });
    await deliver();
    expect(await ask('/api/mode', { mode: 'observe', ...reason })).toMatchObject({
      status: 409,
      json: { error: 'moves-orders-back' },
    });
    expect((await ask('/api/status')).json).toMatchObject({ mode: 'cutover' });
  });

  test('a replay says first what it would send, and sends it with the same key', async () => {
    await deliver();
    const replay = { filter: { orderKey: ORDER, side: 'legacy' }, ...reason };
    expect(await ask('/api/replay', replay)).toMatchObject({
      status: 200,
      json: { id: null, messages: 1, deliveries: 1, primaries: 1 },
    });
    expect(await ask('/api/replay', { ...replay, dryRun: false })).toMatchObject({
      status: 409,
      json: { error: 'needs-confirm' },
    });
    const again = next('delivered');
    const begun = await ask('/api/replay', { ...replay, dryRun: false, confirm: true, ratePerSecond: 1000 });
    expect(begun).toMatchObject({ status: 200, json: { id: expect.any(String) as unknown } });
    await again;
    expect(called).toHaveLength(2);
    expect(new Set(called).size).toBe(1);
  });

  test('what a handler refuses is a dead letter, and goes to it again when it is told to', async () => {
    status['/legacy'] = 404;
    const dead = next('dead');
    await post(proxy.url, envelope());
    await dead;
    expect((await ask('/api/dead-letters')).json).toMatchObject({
      deadLetters: [{ kind: 'deliver-legacy', orderKey: ORDER, reason: 'status-4xx' }],
    });
    status = {};
    const taken = next('delivered');
    expect((await ask('/api/dead-letters/redrive', { filter: {}, ...reason })).json).toEqual({ redriven: 1, left: 0 });
    await taken;
    expect((await ask('/api/dead-letters')).json).toEqual({ deadLetters: [] });
    expect((await ask('/api/status')).json).toMatchObject({ deadLetters: 0 });
  });

  test.each([
    ['/api/mode', { mode: 'cutovr' }, 'mode must be one of "observe", "shadow", "parallel", "cutover", "rollback".'],
    ['/api/mode', { mode: 'cutover', sharePercent: 200 }, 'sharePercent must be at most 100.'],
    ['/api/mode', { mode: 'shadow', who: '' }, 'who is empty.'],
    ['/api/replay', { filter: { since: 'yesterday' } }, 'filter.since is no time: 2026-11-26T08:00:00Z'],
    ['/api/replay', { filter: {}, ratePerSecond: 0 }, 'ratePerSecond must be more than 0.'],
    ['/api/replay', { filter: { order: 'x' } }, 'filter has "order", which is not known here.'],
  ])('%s with %j is refused in plain words', async (path, body, said) => {
    expect(await ask(path, { ...reason, ...body })).toMatchObject({
      status: 400,
      json: { error: 'invalid', message: expect.stringContaining(said) as unknown },
    });
  });

  test('orders, messages and their bytes', async () => {
    await deliver();
    expect((await ask('/api/orders')).json).toMatchObject({ orders: [{ order_key: ORDER, messages: 1 }] });
    const { json } = await ask('/api/messages?limit=10');
    const [message] = json['messages'] as readonly { id: number; object_id: string }[];
    expect(message).toMatchObject({ object_id: `${ORDER}-C000111` });
    expect((await ask(`/api/messages/${message?.id}/body`)).json).toMatchObject({ TopicArn: TOPIC });
    expect(await ask(`/api/orders/${ORDER}`)).toMatchObject({ status: 200, json: { orderKey: ORDER } });
    expect(await ask('/api/orders/P01-0000000-0000000')).toMatchObject({ status: 404 });
    expect(await ask('/api/divergences/1/resolve', reason)).toMatchObject({ status: 404 });
  });

  test('the evidence follows its schema', async () => {
    await deliver();
    const { json } = await ask('/api/evidence?since=0');
    expect(evidenceSchema.parse(json)).toMatchObject({ messages: { total: 1, byType: { 'v2:CHARGE': 1 } } });
  });

  test('the metrics count what was done', async () => {
    await deliver();
    const { json } = await ask('/metrics');
    expect(json['text']).toContain('amazon_pay_proxy_answers_total{status="200",reason="none"} 1');
    expect(json['text']).toContain('amazon_pay_proxy_forward_seconds_count{side="legacy",role="primary"} 1');
  });
});
