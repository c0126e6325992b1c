import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { listVersions } from '../../../src/proxy/store/amazon-objects';
import { openDatabase } from '../../../src/proxy/store/open-database';
import { stores } from '../stores';
import { MINUTE, openEmulatorBench, pay } from './truth-bench';

const points = ['truth:before-get', 'truth:answered', 'truth:stored'] as const;

/** Runs the part until it ends, or is killed by its fail point. Returns the signal. */
function run(settings: object, failPoint: string | null): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [join(__dirname, 'run-truth.cjs'), JSON.stringify(settings)], {
    env: { ...process.env, ...(failPoint === null ? {} : { AMAZON_PAY_PROXY_FAIL_POINT: `${failPoint}:1` }) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) =>
      code === null || code === 0 ? resolve(signal) : reject(new Error(`exit ${code}`)),
    );
  });
}

describe.each(stores)('killed on %s', (driver) => {
  test.each(points)(
    'at %s: the object is known once, its comparison is asked for, and no GET is lost',
    async (point) => {
      const { bench, shop } = await openEmulatorBench(driver);
      try {
        const { chargeId, permissionId } = await pay(bench.emulator!, shop);
        await bench.tell({ kind: 'v2', objectId: chargeId });
        bench.gets();
        // SQLite has one owner at a time.
        await bench.database.close();
        const settings = (now: number): object => ({
          store: bench.store.settings,
          settings: bench.parts.settings,
          now,
        });
        expect(await run(settings(bench.clock.now()), point)).toBe('SIGKILL');
        expect(await run(settings(bench.clock.now() + MINUTE), null)).toBeNull();
        const database = await openDatabase(bench.store.settings);
        try {
          expect(await listVersions(database, chargeId)).toHaveLength(1);
          expect(await listVersions(database, permissionId)).toHaveLength(1);
          const jobs = await database.query('SELECT kind, subject, state FROM job ORDER BY id');
          expect(jobs).toEqual([
            { kind: 'truth', subject: chargeId, state: 'done' },
            expect.objectContaining({ subject: permissionId }),
            expect.objectContaining({ subject: permissionId }),
          ]);
          expect(jobs.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
            'compare ready',
            'truth done',
            'truth done',
          ]);
        } finally {
          await database.close();
        }
        // One more GET at the most, where an answer was not kept.
        const again = { 'truth:before-get': 1, 'truth:answered': 2, 'truth:stored': 1 }[point];
        expect(bench.gets().filter((id) => id === chargeId)).toHaveLength(again);
      } finally {
        await bench.close();
      }
    },
  );
});
