import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { stores } from '../stores';

const run = join(__dirname, '../../../bench/faults/run.mjs');

/** Runs a part of the matrix: real processes, real kills. */
const matrix = (parameters: readonly string[], environment: Record<string, string> = {}) =>
  new Promise<{ readonly code: unknown; readonly said: string }>((resolve) => {
    const options = { env: { ...process.env, ...environment }, maxBuffer: 2 ** 24 };
    execFile(process.execPath, [run, ...parameters], options, (error, _, said) =>
      resolve({ code: error === null ? 0 : error.code, said }),
    );
  });

describe('the fault matrix', () => {
  /** Of each row what is quick; the whole of it is `npm run faults`. */
  test.each([
    ['what kills do', 'A1,A4,A8,A10,A13c,A14,A15c,A15e,A16,A19,A20'],
    ['what databases and handlers do', 'B3b,B8,B11,C1,C3,C5,C10,C11d,C12'],
    ['what arrives, and what Amazon answers', 'D2,D3b,D5,D10,D10b,D11b,E2a,F1,F2c,F5b,F7,G8'],
  ])(
    '%s breaks no promise',
    async (_, rows) => {
      const parameters = [`--rows=${rows}`, '--share=0.1', '--seed=1', `--stores=${stores.join(',')}`];
      const { code, said } = await matrix(parameters);
      expect(said.split('\n').filter((line) => line.startsWith('broken'))).toEqual([]);
      expect(code).toBe(0);
    },
    400_000,
  );

  test('a proxy that acknowledges before it stores is found out', async () => {
    const { code, said } = await matrix(['--rows=A4', '--share=0.1', '--stores=sqlite'], {
      FAULTS_PLANTED: join(__dirname, 'answers-too-early.cjs'),
      // What was lost does not come, however long one waits.
      FAULTS_PATIENCE_SECONDS: '10',
    });
    expect(said).toMatch(/broken: .*I1 .*was acknowledged and (?:is not stored|never came)/);
    expect(code).toBe(1);
  }, 200_000);
});
