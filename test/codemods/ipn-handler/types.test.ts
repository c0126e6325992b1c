import { join } from 'node:path';
import ts from 'typescript';
import { codemod } from '../../../codemods/node-client';
import { migrateTexts, readTree } from '../run-codemod';

/** Handlers in TypeScript compile after migration, with the merchant's own interfaces, as strictly as before. */
const root = join(__dirname, '../../..');
const fixtures = join(root, 'fixtures/codemods/ipn-handler');

function diagnose(files: ReadonlyMap<string, string>): string[] {
  const directory = join(root, 'a-shop');
  const inMemory = new Map([...files].map(([path, text]) => [join(directory, path), text]));
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitReturns: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.directoryExists = () => true;
  host.fileExists = (name) => inMemory.has(name) || fileExists(name);
  host.readFile = (name) => inMemory.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = inMemory.get(name);
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version, true);
  };
  const program = ts.createProgram(
    [...inMemory.keys()].filter((path) => path.endsWith('.ts')),
    options,
    host,
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName ?? ''} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

test.each(['nest-controller', 'nest-service', 'amazon-pay-async', 'next-own-types', 'layers-in-typescript'])(
  '%s',
  async (name) => {
    const input = new Map([...readTree(join(fixtures, name, 'input')), ['package.json', '{}']]);
    const { files } = await migrateTexts(codemod, input, 'instead');
    const before = new Set(diagnose(input));
    expect(diagnose(files).filter((problem) => !before.has(problem))).toEqual([]);
  },
);
