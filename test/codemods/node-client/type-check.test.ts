import { spawnSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { codemod } from '../../../codemods/node-client';
import { makeFolder, removeFolders } from '../../workspace/temporary-folder';
import { migrateTexts, readTree } from '../run-codemod';
import { openLines } from './open-lines';

/** Migrated TypeScript compiles under `strict`, with nothing but the emitted helper and declarations of the SDK. */
const root = join(__dirname, '../../..');
const fixtures = join(root, 'fixtures/codemods/node-client');
afterEach(removeFolders);

const STRICT = {
  strict: true,
  noEmit: true,
  target: 'ES2022',
  esModuleInterop: true,
  types: ['node', 'jest'],
  typeRoots: [join(root, 'node_modules/@types')],
  skipLibCheck: true,
  experimentalDecorators: true,
  allowJs: true,
};
const COMMONJS = {
  ...STRICT,
  module: 'CommonJS',
  moduleResolution: 'Node10',
  baseUrl: '.',
  paths: { '@pay/*': ['src/payments/*'], '@/*': ['src/*'], '@shop/*': ['packages/*'] },
};
const NODE_NEXT = {
  ...STRICT,
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  verbatimModuleSyntax: true,
  isolatedModules: true,
};

/** Packages without types of their own, as a project has them. */
const UNTYPED = ['amazon-payments', 'bluebird', '@nestjs/common', 'express', 'tsyringe', '@shop/container'];

/** Those of them for which the project has written no types. */
const untypedIn = (files: ReadonlyMap<string, string>): string =>
  UNTYPED.filter((name) => ![...files.values()].some((text) => text.includes(`declare module '${name}' {`)))
    .map((name) => `declare module '${name}';\n`)
    .join('');

/** The 2.x of amazon-pay-async, which brings types along. */
const ASYNC_CLIENT = `declare module 'amazon-pay-async' {
  export class AmazonPayClient {
    static Environments: Record<'Production' | 'Sandbox', object>;
    constructor(options: object);
    readonly offAmazonPayments: Record<string, (parameters: object) => Promise<any>>;
  }
  export default AmazonPayClient;
}`;

/** Errors of the compiler, by place (`src/pay.ts:12`). */
function check(files: ReadonlyMap<string, string>, compilerOptions: object): Map<string, string> {
  const folder = realpathSync(
    makeFolder({
      ...Object.fromEntries(files),
      'untyped.d.ts': untypedIn(files),
      'async-client.d.ts': ASYNC_CLIENT,
      'tsconfig.json': JSON.stringify({ compilerOptions }),
    }),
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const errors = [...stdout.matchAll(/^(\S[^(\n]*)(?:\((\d+),\d+\))?: (error .*)$/gm)];
  return new Map(
    errors.map(([, path = '', line, message = '']) => [
      `${relative('.', path).split(sep).join('/')}:${line ?? ''}`,
      message,
    ]),
  );
}

/** Errors that nobody is told of. */
async function silentErrors(files: ReadonlyMap<string, string>, compilerOptions: object): Promise<string[]> {
  const listed = await openLines(files);
  return [...check(files, compilerOptions)].flatMap(([place, message]) =>
    listed.has(place) ? [] : [`${place} ${message}`],
  );
}

const usesTypeScript = (name: string): boolean =>
  [...readTree(join(fixtures, name, 'input')).keys()].some((path) => /\.tsx?$/.test(path));

describe('what is migrated compiles, or the report says where it does not', () => {
  it.each(readdirSync(fixtures).filter(usesTypeScript))('%s', async (name) => {
    const strategy = name.startsWith('beside-') ? 'beside' : 'instead';
    const { files } = await migrateTexts(codemod, readTree(join(fixtures, name, 'input')), strategy);
    expect(await silentErrors(files, files.has('tsconfig.json') ? NODE_NEXT : COMMONJS)).toEqual([]);
  });
});

describe('whole shops compile without an error', () => {
  it.each([
    ['typescript-shop-commonjs', COMMONJS],
    ['typescript-shop-nodenext', NODE_NEXT],
  ])('%s', async (name, options) => {
    const { files } = await migrateTexts(codemod, readTree(join(fixtures, name, 'input')));
    expect(Object.fromEntries(check(files, options))).toEqual({});
  });
});
