import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryPath, startCli } from './run-cli';
import { createFolder, createRepository } from './temporary-folder';

const capture = "module.exports = (pay) => pay.offAmazonPayments.capture({ AmazonAuthorizationId: 'a' });\n";
const files = {
  'package.json': '{ "dependencies": { "amazon-payments": "^0.2.9" } }\n',
  'client.js': "module.exports = require('amazon-payments').connect({ environment: 'sandbox' });\n",
  'capture.js': capture,
};

const interrupted = /^Interrupted\. Nothing was written\.$/m;
const blocked = { NODE_OPTIONS: `--require ${join(__dirname, 'block-codemod.cjs')}` };

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  it('ends an analysis that works without a pause, and nothing was written', async () => {
    const cwd = createRepository(files);
    const { child, finished } = startCli(['migrate', '--write'], { cwd, environment: blocked });
    child.stderr?.once('data', () => child.kill(signal));
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toMatch(interrupted);
    expect(readFileSync(join(cwd, 'capture.js'), 'utf8')).toBe(capture);
  });

  it('ends a question of --interactive', async () => {
    const cwd = createRepository(files);
    const { child, finished } = startCli(['migrate', '--write', '--interactive'], { cwd });
    let said = '';
    child.stdin?.write('\n');
    child.stderr?.on('data', (chunk: Buffer) => {
      const isWaiting = said.split('[y,n,a,q,?]').length === 3;
      said += chunk.toString();
      // Nonsense was answered, so it asks again and waits.
      if (!isWaiting && said.split('[y,n,a,q,?]').length === 3) child.kill(signal);
    });
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toMatch(interrupted);
    expect(readFileSync(join(cwd, 'capture.js'), 'utf8')).toBe(capture);
  });
});

it('takes back what it had put beside the files when a second Ctrl-C does not wait', async () => {
  const cwd = createFolder();
  const script = join(createFolder(), 'write.cjs');
  const dist = join(entryPath, '../..');
  writeFileSync(
    script,
    `const { writeChanges } = require(${JSON.stringify(join(dist, 'workspace/write-changes.js'))});
const { listenForInterruption } = require(${JSON.stringify(join(dist, 'cli/interruption.js'))});
const { interrupt } = listenForInterruption();
const changes = [1, 2, 3].map((n) => ({ path: 'new/deep/' + n + '.js', before: null, after: Buffer.from('x') }));
void writeChanges(${JSON.stringify(cwd)}, changes);
let turns = 0;
setImmediate(function again() { if (++turns === 2) { interrupt(); interrupt(); } setImmediate(again); });
`,
  );
  mkdirSync(join(cwd, 'old'));
  const child = spawn(process.execPath, [script], { stdio: 'inherit' });
  expect(await new Promise((settle) => child.on('close', settle))).toBe(130);
  expect(readdirSync(cwd)).toEqual(['old']);
});

it('takes answers from a pipe in order', async () => {
  const cwd = createRepository(files);
  const { child, finished } = startCli(['migrate', '--write', '--interactive'], { cwd });
  child.stdin?.end('n\ny\nn\n');
  const { code, stderr } = await finished;
  expect(code).toBe(0);
  expect(stderr).toMatch(/\(1\/3\) Change capture\.js\? \[y,n,a,q,\?\] n\n/);
  expect(stderr).toMatch(/\(2\/3\) Change client\.js\? \[y,n,a,q,\?\] y\n/);
  expect(stderr).toMatch(/\(3\/3\) Change package\.json\? \[y,n,a,q,\?\] n\n/);
  expect(readFileSync(join(cwd, 'capture.js'), 'utf8')).toBe(capture);
});
