import { Writable } from 'node:stream';
import { createLog, createLogObserver } from '../../../src/proxy/operate/log';
import { createMetrics } from '../../../src/proxy/operate/metrics';
import { observeAll } from '../../../src/proxy/operate/observe-all';
import { silentObserver, type Observer } from '../../../src/proxy/observer';

const gauges = {
  openJobs: [{ kind: 'truth', count: 3, oldestMs: 4500 }],
  deadLetters: 2,
  quarantined: 1,
  pendingVerification: 1,
  outOfTime: 8,
  openMismatches: 4,
  v2AtLegacy: 5,
  untold: { refused: 6, notFound: 7 },
  clockSkewMs: -250,
};

/** One of each event. */
function tellAll(observer: Observer): void {
  observer.acknowledged({ status: 200, reason: null, milliseconds: 3 });
  observer.acknowledged({ status: 403, reason: 'signature', milliseconds: 1 });
  observer.received({
    inboxId: 1,
    messageId: 'b4c2f6e0-0000-4000-8000-000000000001',
    kind: 'v2',
    verdict: 'verified',
    isNew: true,
    objectId: 'P01-1112223-3334445-C000111',
  });
  observer.committed({ messages: 12, milliseconds: 2 });
  observer.verified({ inboxId: 1, verdict: 'verified', reason: null });
  observer.quarantined({ inboxId: 2, reason: 'no-version' });
  observer.delivered({ jobId: 1, side: 'legacy', role: 'primary', status: 200, attempts: 1, milliseconds: 40 });
  observer.retried({ jobId: 2, kind: 'deliver-migrated', failure: 'status-5xx', attempts: 2, runAt: 0 });
  observer.dead({ jobId: 2, kind: 'deliver-migrated', failure: 'status-4xx', attempts: 9 });
  observer.superseded({ jobId: 3, kind: 'deliver-migrated', reason: 'mode:observe' });
  observer.breakerChanged({ target: 'migrated', state: 'open' });
  observer.truthFetched({
    objectId: 'P01-1112223-3334445-C000111',
    operation: 'getCharge',
    status: 200,
    isChanged: true,
    milliseconds: 90,
  });
  observer.throttled({ operation: 'getCharge', by: 'own-share', waitMs: 250 });
  observer.swept({ objects: 7, cause: 'gap' });
  observer.compared({ orderKey: 'P01-1112223-3334445', verdict: 'mismatch', atFault: 'migrated', milliseconds: 5 });
  observer.deleted({ what: 'messages', rows: 240, before: 0 });
  observer.modeChanged({ from: 'observe', to: 'shadow', who: 'Ada' });
  observer.alertChanged({ alert: 'dead-letters', isOn: true, value: 2 });
  observer.storeChanged({ isWritable: false, reason: 'unavailable' });
  observer.failed({ part: 'truth', error: Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' }) });
}

test('the metrics count each event, under labels of closed lists', async () => {
  const metrics = createMetrics();
  tellAll(metrics.observer);
  const text = await metrics.render(gauges);
  for (const line of [
    'amazon_pay_proxy_answers_total{status="403",reason="signature"} 1',
    'amazon_pay_proxy_messages_total{kind="v2",verdict="verified",repeated="false"} 1',
    'amazon_pay_proxy_retries_total{kind="deliver-migrated",failure="status-5xx"} 1',
    'amazon_pay_proxy_breaker_open{target="migrated"} 1',
    'amazon_pay_proxy_amazon_requests_total{operation="getCharge",status="2xx"} 1',
    'amazon_pay_proxy_comparisons_total{verdict="mismatch",at_fault="migrated"} 1',
    'amazon_pay_proxy_deleted_rows_total{what="messages"} 240',
    'amazon_pay_proxy_store_writable 0',
    'amazon_pay_proxy_open_jobs{kind="truth"} 3',
    'amazon_pay_proxy_oldest_job_seconds{kind="truth"} 4.5',
    'amazon_pay_proxy_clock_skew_seconds -0.25',
  ])
    expect(text).toContain(line);
  // An id as a label makes a series of each order.
  expect(text).not.toMatch(/P01-|b4c2f6e0|Ada/);
});

test('while the store does not answer the metrics tell what needs no store, and nothing old', async () => {
  const metrics = createMetrics();
  tellAll(metrics.observer);
  await metrics.render(gauges);
  const text = await metrics.render(null);
  expect(text).toContain('amazon_pay_proxy_store_writable 0');
  expect(text).not.toContain('amazon_pay_proxy_open_jobs');
});

test('the metrics count a GET that told nothing new', async () => {
  const metrics = createMetrics();
  for (const isChanged of [true, false, true, false])
    metrics.observer.truthFetched({
      objectId: 'P01',
      operation: 'getCharge',
      status: 200,
      isChanged,
      milliseconds: 90,
    });
  expect(await metrics.render(gauges)).toContain('unchanged_objects_total{operation="getCharge"} 2');
});

test('the log has a line of JSON for each event', () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(...chunk.toString('utf8').trimEnd().split('\n'));
      done();
    },
  });
  tellAll(createLogObserver(createLog('debug', sink)));
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events).toHaveLength(20);
  expect(events.at(-1)).toMatchObject({ event: 'failed', part: 'truth', code: 'EHOSTUNREACH' });
  expect(events.find(({ event }) => event === 'deleted')).toMatchObject({
    ...{ level: 30, what: 'messages', rows: 240, before: '1970-01-01T00:00:00.000Z' },
  });
  expect(events.find(({ event }) => event === 'retried')).toMatchObject({ runAt: '1970-01-01T00:00:00.000Z' });
});

test('a line of the log stays one line, whatever an error says', () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  const error = new Error(`first\n{"level":30,"event":"mode-changed"}\u001b[31m${'x'.repeat(10_000)}`);
  createLogObserver(createLog('info', sink)).failed({ part: 'receive', error });
  const [line = ''] = lines;
  expect(line.trimEnd()).not.toContain('\n');
  expect(line).not.toContain('\u001b');
  expect(line.length).toBeLessThan(1000);
});

test('an observer that fails keeps the others from nothing', () => {
  const seen: string[] = [];
  const failing: Observer = {
    ...silentObserver,
    swept: () => {
      throw new Error('out of order');
    },
  };
  const listening: Observer = { ...silentObserver, swept: ({ cause }) => seen.push(cause) };
  observeAll([failing, listening]).swept({ objects: 1, cause: 'start' });
  expect(seen).toEqual(['start']);
});
