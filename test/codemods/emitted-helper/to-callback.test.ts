import { makeProject } from '../../stand-in/project';
import { runScript, type ScriptRun } from '../../stand-in/stand-in';
import { emit } from './emit';

/** In a process of its own: what a callback throws must reach `uncaughtException`, which a test runner would take. */
async function run(script: string): Promise<ScriptRun> {
  const project = makeProject({
    'amazon-pay-v2.js': emit(['toCallback']),
    'main.js': `const { toCallback } = require('./amazon-pay-v2.js'); const log = (...values) => console.log(values.join(' ')); ${script}`,
  });
  try {
    return await runScript({ entry: 'main.js', cwd: project.directory, answers: [] });
  } finally {
    project.remove();
  }
}

const REPORT = `
process.on('uncaughtException', (error) => log('uncaught', error.message));
process.on('unhandledRejection', (error) => log('unhandled', error));
`;

test('hands over a result or an error, with the number of arguments that Node callbacks have', async () => {
  const result = await run(`
    toCallback(Promise.resolve({ id: 1 }), (...args) => log('ok', JSON.stringify(args)));
    toCallback(Promise.reject(new Error('no')), (...args) => log('failed', args.length, args[0].message));
  `);
  expect(result).toMatchObject({ exitCode: 0, stderr: '', stdout: 'ok [null,{"id":1}]\nfailed 1 no\n' });
});

test('the callback runs on a later turn, also for a promise that is settled already', async () => {
  const result = await run(`
    toCallback(Promise.resolve(1), () => log('callback'));
    process.nextTick(() => log('tick'));
    Promise.resolve().then(() => log('microtask'));
    log('sync');
  `);
  expect(result.stdout).toBe('sync\ntick\nmicrotask\ncallback\n');
});

test.each([
  ['success', 'Promise.resolve(1)'],
  ['failure', "Promise.reject(new Error('declined'))"],
])('what the callback throws after %s is uncaught once, and it is not called again', async (_, promise) => {
  const result = await run(`${REPORT} let calls = 0;
    toCallback(${promise}, () => { calls += 1; log('call', calls); throw new Error('bug in callback'); });`);
  expect(result.stdout).toBe('call 1\nuncaught bug in callback\n');
});

test('without a handler the process dies, as it did with the legacy client', async () => {
  const result = await run(`toCallback(Promise.resolve(1), () => { throw new Error('bug in callback'); });`);
  expect(result.exitCode).not.toBe(0);
  expect(result.stderr).toContain('bug in callback');
});

test('a callback that is missing is an uncaught TypeError, as before', async () => {
  const result = await run(`${REPORT} toCallback(Promise.resolve(1)); log('returned');`);
  expect(result.stdout).toBe('returned\nuncaught callback is not a function\n');
});

test('a rejection without a reason is still an error to the callback', async () => {
  const result = await run(
    `toCallback(Promise.reject(), (error, value) => log(error instanceof Error, value === undefined));`,
  );
  expect(result.stdout).toBe('true true\n');
});
