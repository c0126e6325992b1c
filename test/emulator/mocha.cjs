'use strict';

/**
 * Just enough of mocha to run the test script of the SDK, which is no dependency of this project: `describe`, `before`, `it`
 * with its `skip`, one after the other. `node mocha.cjs SCRIPT PATTERN` prints a line for each test whose name matches.
 */
const [script, pattern] = process.argv.slice(2);
const tests = [];
const describe = (_, body) => body.call({});
// The tests that Amazon's script leaves out want a session that a buyer went through.
const it = Object.assign((name, body) => tests.push([name, body]), { skip() {} });
Object.assign(globalThis, { describe, it, before: () => {} });
require(script);

const run = (body) =>
  new Promise((resolve) =>
    body((error) => resolve(error ? (error.response?.data?.reasonCode ?? error.message) : 'passed')),
  );

(async () => {
  for (const [name, body] of tests) if (new RegExp(pattern).test(name)) console.log(`${name}: ${await run(body)}`);
})();
