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
  testTimeout: 60_000,
};
