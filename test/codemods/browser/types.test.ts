import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { codemod } from '../../../codemods/browser';
import { makeFolder, removeFolders } from '../../workspace/temporary-folder';
import { migrateTexts, readTree } from '../run-codemod';

/** Rewritten TypeScript compiles under `strict`, with the library of the browser and a stub of React. */
const root = join(__dirname, '../../..');
afterEach(removeFolders);

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    module: 'ESNext',
    moduleResolution: 'Bundler',
    jsx: 'preserve',
    types: [],
  },
});
const REACT = `declare module 'react' {
  export function useEffect(effect: () => void, on: unknown[]): void;
  export function useRef<T>(value: null): { current: T | null };
}
declare namespace JSX {
  interface IntrinsicElements { [name: string]: unknown }
}
`;

it('the input needs what it declares, and so does what becomes of it', async () => {
  const input = readTree(join(root, 'fixtures/codemods/browser/typescript/input'));
  const { files } = await migrateTexts(codemod, input);
  for (const texts of [input, files]) {
    const folder = makeFolder({ ...Object.fromEntries(texts), 'react.d.ts': REACT, 'tsconfig.json': TSCONFIG });
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  }
});
