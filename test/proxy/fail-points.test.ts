import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';

const failPoints = join(__dirname, '../../dist/src/proxy/fail-points.js');

/** Passes the point `asked` three times, and says so each time. */
function pass(setting: string | undefined, asked: string): SpawnSyncReturns<string> {
  const script = `const { failPoint } = require(${JSON.stringify(failPoints)});
    for (let time = 1; time <= 3; time += 1) { require('fs').writeSync(1, String(time)); failPoint('${asked}'); }`;
  const environment = { ...process.env };
  if (setting !== undefined) environment['AMAZON_PAY_PROXY_FAIL_POINT'] = setting;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env: environment });
}

describe('fail points', () => {
  test('kill the process at the n-th passing, without any tidying up', () => {
    expect(pass('committed:2', 'committed')).toMatchObject({ signal: 'SIGKILL', stdout: '12' });
  });

  test('let pass what was not asked for, and everything when nothing was', () => {
    expect(pass('committed:1', 'answered')).toMatchObject({ status: 0, stdout: '123' });
    expect(pass(undefined, 'committed')).toMatchObject({ status: 0, stdout: '123' });
  });

  test('a setting that cannot be read is an error, not a test that passes because nothing happens', () => {
    expect(pass('committed three', 'committed')).toMatchObject({ status: 1 });
  });
});
