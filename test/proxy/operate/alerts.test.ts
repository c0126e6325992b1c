import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alerts, Alerts } from '../../../src/proxy/operate/alerts';
import { createMetrics } from '../../../src/proxy/operate/metrics';
import type { Overview } from '../../../src/proxy/store/overview';

const quiet: Overview = {
  messages: [],
  lastReceivedAt: null,
  openJobs: [],
  deadLetters: 0,
  quarantined: 0,
  pendingVerification: 0,
  outOfTime: 0,
  verdicts: {},
  openMismatches: 0,
  v2AtLegacy: 0,
  untold: { refused: 0, notFound: 0, objectIds: [] },
};

function startAlerts() {
  const told: string[] = [];
  const world = { overview: quiet as Overview | null, isWritable: true, isBroken: false, skewMs: 0 };
  const looking = new Alerts({
    limits: { lagMinutes: 15, refusedPerMinute: 30 },
    observer: { alertChanged: ({ alert, isOn, value }) => void told.push(`${alert} ${isOn ? 'on' : 'off'} ${value}`) },
    isWritable: () => world.isWritable,
    breaker: (side) => (world.isBroken && side === 'migrated' ? 'open' : 'closed'),
    clockSkewMs: () => world.skewMs,
    readOverview: () =>
      world.overview === null ? Promise.reject(new Error('no store')) : Promise.resolve(world.overview),
  });
  return { told, world, looking };
}

test('each is told when it begins and when it is over, once', async () => {
  const { told, world, looking } = startAlerts();
  await looking.look(60_000);
  expect(told).toEqual([]);
  world.isBroken = true;
  world.overview = {
    ...quiet,
    deadLetters: 2,
    openMismatches: 1,
    v2AtLegacy: 3,
    openJobs: [{ kind: 'truth', count: 1, oldestMs: 16 * 60_000 }],
  };
  for (let count = 0; count < 31; count += 1)
    looking.observer.acknowledged({ status: 403, reason: 'signature', milliseconds: 1 });
  await looking.look(60_000);
  await looking.look(60_000);
  expect(told).toEqual([
    'breaker-open on 1',
    'signatures-refused on 31',
    'dead-letters on 2',
    'divergences on 1',
    'v2-at-legacy on 3',
    'lag on 16',
    'signatures-refused off 0',
  ]);
  told.length = 0;
  world.isBroken = false;
  world.overview = quiet;
  await looking.look(60_000);
  expect(told).toEqual([
    'breaker-open off 0',
    'dead-letters off 0',
    'divergences off 0',
    'v2-at-legacy off 0',
    'lag off 0',
  ]);
});

test('a clock that is wrong is told by the messages that do not fit it, and one that was set by its difference', async () => {
  const { told, world, looking } = startAlerts();
  world.skewMs = 59_000;
  await looking.look(60_000);
  world.overview = { ...quiet, outOfTime: 4 };
  await looking.look(60_000);
  world.overview = quiet;
  world.skewMs = -180_000;
  await looking.look(60_000);
  world.skewMs = 0;
  await looking.look(60_000);
  expect(told).toEqual(['clock on 4', 'clock off 0']);
});

test('a store that does not answer is told all the same', async () => {
  const { told, world, looking } = startAlerts();
  world.isWritable = false;
  world.overview = null;
  await expect(looking.look(60_000)).rejects.toThrow('no store');
  expect(told).toEqual(['store-not-writable on 1']);
});

describe('what stands in docs/proxy', () => {
  const read = (name: string): string => readFileSync(join(__dirname, '../../../docs/proxy', name), 'utf8');

  test('there is a rule and a section of the runbook for each alert', () => {
    const [rules, runbook] = [read('alerts.yml'), read('runbook.md')];
    for (const alert of alerts) {
      expect(rules).toContain(`alert="${alert}"`);
      expect(runbook).toContain(`\n### ${alert}\n`);
      expect(rules).toContain(`runbook.md#${alert}`);
    }
  });

  test('the rules use metrics that exist', async () => {
    const { render } = createMetrics();
    const gauges = { ...quiet, clockSkewMs: 0 };
    const known = await render(gauges);
    for (const [name] of read('alerts.yml').matchAll(/amazon_pay_proxy_\w+/g))
      expect(known).toContain(`# TYPE ${name.replace(/_bucket$/, '')} `);
  });
});

test('an Amazon that is only probed wakes somebody as a handler does', async () => {
  const told: string[] = [];
  const looking = new Alerts({
    limits: { lagMinutes: 15, refusedPerMinute: 30 },
    observer: { alertChanged: ({ alert, isOn }) => void told.push(`${alert} ${isOn ? 'on' : 'off'}`) },
    isWritable: () => true,
    breaker: (target) => (target === 'amazon' ? 'open' : 'closed'),
    clockSkewMs: () => 0,
    readOverview: () => Promise.resolve(quiet),
  });
  await looking.look(60_000);
  expect(told).toEqual(['breaker-open on']);
});
