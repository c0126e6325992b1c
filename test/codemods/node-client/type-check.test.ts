import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { codemod } from '../../../codemods/node-client';
import { makeFolder, removeFolders } from '../../workspace/temporary-folder';
import { migrateTexts, readTree } from '../run-codemod';

/** Migrated TypeScript compiles under `strict`, with nothing but the emitted helper and declarations of the SDK. */
const root = join(__dirname, '../../..');
afterEach(removeFolders);

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'ES2022',
    module: 'CommonJS',
    moduleResolution: 'Node10',
    esModuleInterop: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    skipLibCheck: true,
    baseUrl: '.',
    paths: { '@pay/*': ['src/payments/*'], '@/*': ['src/*'] },
    experimentalDecorators: true,
  },
});

it.each(['amazon-pay-async-typescript', 'typescript-aliases-and-types', 'typescript-promisified-members'])(
  '%s',
  async (name) => {
    const input = readTree(join(root, 'fixtures/codemods/node-client', name, 'input'));
    const { files } = await migrateTexts(codemod, input);
    const folder = makeFolder({ ...Object.fromEntries(files), 'tsconfig.json': TSCONFIG });
    const { stdout, status } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder],
      { encoding: 'utf8' },
    );
    expect(stdout).toBe('');
    expect(status).toBe(0);
  },
);
