const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');

// Tests of what keeps messages run on both stores, in schemas that they make and drop (test/proxy/stores.ts).
const postgresUrl = (process.env.AMAZON_PAY_TEST_POSTGRES ??= 'postgres://postgres@127.0.0.1:5432/test');
const connect = `new (require('pg').Client)({connectionString: process.argv[1], connectionTimeoutMillis: 3000})
  .connect().then(() => process.exit(0), () => process.exit(1))`;

/**
 * Tests that need what not every machine has say so in their names: `checkout.chromium.test.ts`. Where it is missing they
 * are left out with a warning; in CI they run, and fail.
 */
const needs = {
  chromium: () => existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium'),
  php: () => spawnSync('php', ['--version']).status === 0,
  gcc: () => process.platform === 'linux' && spawnSync('gcc', ['--version']).status === 0,
  python: () => spawnSync('python3', ['-c', 'import sqlite3']).status === 0,
  linux: () => process.platform === 'linux',
  // Only root may make a file system of its own.
  mount: () => process.platform === 'linux' && process.getuid() === 0,
  postgres: () => spawnSync(process.execPath, ['-e', connect, postgresUrl], { cwd: __dirname }).status === 0,
};
const missing = process.env.CI === 'true' ? [] : Object.keys(needs).filter((name) => !needs[name]());
process.env.AMAZON_PAY_TEST_STORES = missing.includes('postgres') ? 'sqlite' : 'sqlite,postgres';
for (const name of missing) console.warn(`Left out for want of ${name}: test/**/*.${name}.test.ts`);

/** Tests mirror the source tree; swc strips the types, `npm run typecheck` checks them. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // What is loaded only where it is needed comes by import(), which wants the extension that the compiled file has.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testPathIgnorePatterns: ['/node_modules/', ...missing.map((name) => `\\.${name}\\.test\\.ts$`)],
  testTimeout: 60_000,
};
