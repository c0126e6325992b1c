/** Loaded with --require: everything of the engine stays real but its runs, which answer from a file. */
const { readFileSync } = require('node:fs');
const Module = require('node:module');

const outcome = JSON.parse(readFileSync(process.env.STUBBED_OUTCOME, 'utf8'));
const load = Module._load;

Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (!/\/engine\/engine(?:\.js)?$/.test(request)) return loaded;
  return { ...loaded, openEngine: (options) => ({ run: () => runEngine(options), stop: () => {} }) };
};

async function runEngine({ signal, command }) {
  if (outcome.behaviour === 'crash') throw new TypeError('the stubbed engine crashed');
  if (outcome.behaviour === 'wait') {
    // A timer keeps the process alive; it ends when it is interrupted, and only then.
    const timer = setInterval(() => {}, 1000);
    process.stderr.write('engine started\n');
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    clearInterval(timer);
    throw signal.reason;
  }
  const changes = (outcome.changes ?? []).map(({ path, before, after }) => ({
    path,
    before: before === null ? null : Buffer.from(before, 'latin1'),
    after: Buffer.from(after, 'latin1'),
  }));
  return { run: { ...outcome.run, command }, changes };
}
