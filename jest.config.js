const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');

/**
 * Tests that need what not every machine has say so in their names: `checkout.chromium.test.ts`. Where it is missing they
 * are left out with a warning; in CI they run, and fail.
 */
const needs = {
  chromium: () => existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium'),
  php: () => spawnSync('php', ['--version']).status === 0,
  linux: () => process.platform === 'linux',
};
const missing = process.env.CI === 'true' ? [] : Object.keys(needs).filter((name) => !needs[name]());
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
  // Codemods and the parser are loaded by import(), which wants the extension that the compiled file has.
  moduleNameMapper: { '^(.*/(?:codemods/[^/]+/index|typed-program/parser))\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testPathIgnorePatterns: ['/node_modules/', ...missing.map((name) => `\\.${name}\\.test\\.ts$`)],
  testTimeout: 60_000,
};
