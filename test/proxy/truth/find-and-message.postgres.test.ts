import { toCanonicalObject, type CanonicalObject } from '../../../src/proxy/compare/canonical-object';
import { acceptMessages } from '../../../src/proxy/store/accept-messages';
import { addJob, SWEEP_PRIORITY } from '../../../src/proxy/store/add-jobs';
import { saveObject } from '../../../src/proxy/store/amazon-objects';
import type { Database, Queries } from '../../../src/proxy/store/database';
import type { PlanJobs } from '../../../src/proxy/store/inbox';
import { JobQueue, type Job } from '../../../src/proxy/store/jobs';
import { silentObserver } from '../../../src/proxy/observer';
import { keepAnswer } from '../../../src/proxy/truth/keep-answer';
import { amazonSettings } from '../../../src/proxy/truth/settings';
import type { TruthParts } from '../../../src/proxy/truth/truth-parts';
import { arrivalOf, orderKey, planDeliveries } from '../deliver/seed';
import { Shop } from '../deliver/shop';
import { privateKey } from './truth-bench';

const A = orderKey(1);
const CHARGE = `${A}-C000111`;

/** What a sweep found, and the message about it, in two transactions at once; the second statement of one is held. */
describe('a message that commits while a find of the same change is offered, on postgres', () => {
  let shop: Shop;
  let other: Database;
  beforeEach(async () => {
    shop = await Shop.open('postgres');
    other = await shop.store.open();
    await shop.mode('cutover');
    await save('Authorized');
    shop.clock.advance(60_000);
  });
  afterEach(() => shop.close());

  const objectOf = (state: string): CanonicalObject =>
    toCanonicalObject('CHARGE', CHARGE, {
      chargePermissionId: A,
      chargeAmount: { amount: '94.50', currencyCode: 'USD' },
      statusDetails: { state },
    });
  const save = async (state: string): Promise<void> => {
    const now = shop.clock.now();
    const times = { fetchStartedAt: now, fetchedAt: now, sweepAt: null };
    await saveObject(shop.database, { object: objectOf(state), orderKey: A, causedBy: 'notification', ...times });
  };
  /** The job of a sweep, which has its answer. */
  const claimSweep = async (priority = SWEEP_PRIORITY): Promise<Job> => {
    const about = { lane: `truth:${CHARGE}`, subject: CHARGE, orderKey: A, priority };
    await addJob(shop.database, { kind: 'truth', ...about, runAt: 0 }, shop.clock.now());
    const [job] = await new JobQueue(shop.database, shop.clock, 'one').claim({
      ...{ kind: 'truth', limit: 1, leaseMs: 30_000 },
    });
    return job!;
  };
  /** Keeps what the sweep was answered; `between` happens in front of a statement. */
  const keepFind = async (
    job: Job,
    statement: string,
    between: () => Promise<void>,
    state = 'Captured',
  ): Promise<void> => {
    const { database, clock } = shop;
    const key = { publicKeyId: 'SANDBOX-KEY', privateKey, region: 'na' };
    const parts = {
      ...{ database, clock, settleMs: 0, observer: silentObserver, settings: amazonSettings.parse(key) },
      primaryOf: () => Promise.resolve('migrated' as const),
    } as unknown as TruthParts;
    const startedAt = clock.now();
    await database.transaction(async (queries) => {
      let isHeld = false;
      const holding: Queries = {
        async query(sql, values) {
          if (!isHeld && sql.includes(statement)) {
            isHeld = true;
            await between();
          }
          return queries.query(sql, values);
        },
      };
      await keepAnswer(parts, holding, job, objectOf(state), startedAt);
      await new JobQueue(database, clock, 'one').finish(queries, job, 'done');
    });
  };
  /** Resolves when some transaction waits for a lock that another has, or when `work` has ended. */
  const untilHeldOrDone = async (work: Promise<unknown>): Promise<void> => {
    let isDone = false;
    void work.finally(() => (isDone = true));
    const waits =
      'SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())';
    while (!isDone && (await other.query(waits)).length === 0);
  };
  const deliver = async (): Promise<void> => {
    for (let time = 0; time < 3; time += 1) {
      await shop.instance().deliverDue();
      await save('Captured');
      shop.clock.advance(1000);
    }
  };
  const keys = (): ReadonlySet<string> => new Set(shop.migrated.ledger.map(({ key }) => key));

  test('goes under its key', async () => {
    const job = await claimSweep();
    const arrival = arrivalOf({ order: A, kind: 'v2', number: 1 });
    let accepted: Promise<unknown> = Promise.resolve();
    // The message of the find is about to be written: nobody has told of the change.
    await keepFind(job, 'INSERT INTO inbox', async () => {
      accepted = other.transaction((queries) =>
        acceptMessages(queries, [arrival], shop.clock.now(), planDeliveries, 'postgres'),
      );
      await untilHeldOrDone(accepted);
    });
    await accepted;
    await deliver();
    expect(keys().size).toBe(1);
  });

  test('does not go under its key where a GET takes it for what tells of something newer', async () => {
    await keepFind(await claimSweep(), 'nothing', () => Promise.resolve());
    await shop.instance().deliverDue();
    shop.clock.advance(1000);
    await shop.receive({ order: A, kind: 'v2' });
    shop.clock.advance(1000);
    // A GET that shows nothing newer, and the next one, which does.
    await save('Captured');
    let delivered: Promise<unknown> = Promise.resolve();
    const job = await claimSweep(1);
    await keepFind(
      job,
      'INSERT INTO amazon_object',
      async () => {
        delivered = shop.instance().deliverDue();
        await untilHeldOrDone(delivered);
      },
      'Canceled',
    );
    await delivered;
    await shop.instance().deliverDue();
    expect(shop.migrated.ledger).toHaveLength(2);
    expect(keys().size).toBe(2);
  });

  /** Work about the order that both write: where each held what the other wanted, PostgreSQL undid one of them. */
  test('waits for it and does not undo it', async () => {
    const job = await claimSweep();
    const arrival = arrivalOf({ order: A, kind: 'v2', number: 1 });
    const planWork: PlanJobs = (id, planned, now) => [
      ...planDeliveries(id, planned, now),
      { kind: 'compare', lane: `compare:${A}`, subject: A, orderKey: A, runAt: now },
    ];
    let accepted: Promise<unknown> = Promise.resolve();
    const keeping = keepFind(job, 'pg_advisory_xact_lock(', async () => {
      accepted = other.transaction((queries) =>
        acceptMessages(queries, [arrival], shop.clock.now(), planWork, 'postgres'),
      );
      await untilHeldOrDone(accepted);
    });
    const [kept] = await Promise.allSettled([keeping]);
    const [stored] = await Promise.allSettled([accepted]);
    expect([kept?.status, stored?.status]).toEqual(['fulfilled', 'fulfilled']);
  });
});
