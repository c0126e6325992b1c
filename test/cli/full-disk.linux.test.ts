import { closeSync, openSync } from 'node:fs';
import { createFinding, createRun } from '../report/sample-run';
import { runCli } from './run-cli';
import { createFolder } from './temporary-folder';

const automatic = createFinding({ fingerprint: 'a' });

it('an answer that could not be written (full disk) is not a success', () => {
  const full = openSync('/dev/full', 'w');
  try {
    const outcome = { run: createRun([automatic]) };
    const { code, stderr } = runCli(['audit', '--json', '--quiet'], { cwd: createFolder(), outcome, stdout: full });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error WRITE_FAILED: stdout could not be written: .*ENOSPC/);
  } finally {
    closeSync(full);
  }
});
