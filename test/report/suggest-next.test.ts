import { suggestNext } from '../../src/report/suggest-next';
import { createFinding, createRun } from './sample-run';

it('suggests an audit of the same files, without the options that audit does not have', () => {
  const file = { path: 'a.js', language: 'javascript', status: 'changed', reason: 'changed by fake' } as const;
  const run = createRun([createFinding({ status: 'migrated' })], [file]);
  const summary = { ...run.summary, files: { ...run.summary.files, scanned: 1, changed: 1 } };
  const scope = ['shop', '--strategy', 'beside', '--scaffold', '--skip', 'bundles'];
  expect(suggestNext({ ...run, summary }, 'written', scope).command).toBe(
    'npx amazon-pay-migrate audit shop --skip bundles',
  );
});
