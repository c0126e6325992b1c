import { codemod } from '../../../codemods/node-client';
import { isLeftOut } from '../../../codemods/emitted-helper';
import { findConfigurations } from '../../../src/workspace/find-configurations';
import { migrateTexts } from '../run-codemod';

const PATH = 'src/pay/amazon-pay-api-sdk-nodejs.d.ts';
const readsAll = (configuration: object): boolean =>
  !isLeftOut(
    PATH,
    findConfigurations(['tsconfig.json'], () => JSON.stringify(configuration)),
  );

it.each([
  [{}, true],
  [{ files: [], references: [{ path: './src' }] }, true],
  [{ include: ['src'] }, true],
  [{ include: ['.'] }, true],
  [{ include: ['./src/**/*'] }, true],
  [{ include: ['${configDir}/src/**/*.ts'] }, true],
  [{ include: ['**/*.d.ts', 'server.ts'] }, true],
  [{ include: ['src/*/*'] }, true],
  [{ include: ['src/*'] }, false],
  [{ include: ['src/**/*.tsx'] }, false],
  [{ include: ['types', 'src/pay/index.ts'] }, false],
  [{ files: ['src/index.ts'] }, false],
  [{ files: ['src/index.ts'], include: ['src/pay'] }, true],
  [{ extends: './tsconfig.json', include: ['test'] }, false],
])('%j reads a declaration that nothing imports: %s', (configuration, expected) => {
  expect(readsAll(configuration)).toBe(expected);
});

it('takes what a configuration does not say from the one that it extends', () => {
  const files: Record<string, string> = {
    'tsconfig.json': '{"extends":"./config/base.json","compilerOptions":{"strict":true}}',
    'config/base.json': '{"include":["../src/index.ts"]}',
  };
  expect(
    isLeftOut(
      PATH,
      findConfigurations(['tsconfig.json'], (path) => files[path]),
    ),
  ).toBe(true);
});

const shop = (include: string): Map<string, string> =>
  new Map([
    ['package.json', '{"name":"shop","dependencies":{"amazon-payments":"^0.2.9"}}'],
    ['tsconfig.json', `{"include":["${include}"]}`],
    [
      'src/index.ts',
      `import amazonPayments from 'amazon-payments';\n\nexport const client = amazonPayments.connect({ environment: amazonPayments.Environment.Sandbox });\n`,
    ],
  ]);

it('has the helper refer to the declarations of the SDK where nothing else leads the compiler to them', async () => {
  const helperOf = async (include: string): Promise<string | undefined> =>
    (await migrateTexts(codemod, shop(include))).files.get('src/amazon-pay-v2.ts');
  expect(await helperOf('src/index.ts')).toMatch(
    /^\/\/\/ <reference path="\.\/amazon-pay-api-sdk-nodejs\.d\.ts" \/>\n\n\/\*\*/,
  );
  expect(await helperOf('src')).toMatch(/^\/\*\*/);
});
