import tseslint from 'typescript-eslint';

/**
 * Imports go down this list only (design: "The house"). A folder may import itself and everything below it.
 * The lint is what keeps it so; there is no other guard.
 */
const layers = [
  'src/cli',
  'src/proxy',
  'src/emulator',
  'src/report',
  'src/engine',
  'src/workspace',
  'src/amazon-pay',
  'codemods',
  'transforms',
  'src/catalog',
];

const importDirection = layers.map((layer, index) => ({
  files: [`${layer}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: layers.slice(0, index).map((above) => ({
          regex: `^(\\.\\./)+${above.startsWith('src/') ? `(src/)?${above.slice(4)}` : above}(/|$)`,
          message: `${layer} may not import ${above}: imports go down only.`,
        })),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist', 'fixtures', 'coverage', 'jest.config.js', '.demo'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['test/**', 'bench/**', '**/*.js', '**/*.mjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-console': 'off' },
  },
  ...importDirection,
);
