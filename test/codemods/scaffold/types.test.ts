import path from 'node:path';
import ts from 'typescript';
import { scaffoldProject } from './scaffold-project';

const root = path.resolve(__dirname, '../../..');

/** What strict TypeScript says about a scaffold, checked where the packages and their types are. */
async function check(files: Readonly<Record<string, string>>, options: ts.CompilerOptions): Promise<string[]> {
  const project = await scaffoldProject(files);
  try {
    const names = ts.sys.readDirectory(project.directory, ['.ts'], ['node_modules']);
    const compilerOptions: ts.CompilerOptions = {
      noEmit: true,
      strict: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      types: ['node', 'jest'],
      typeRoots: [path.join(root, 'node_modules/@types')],
      ...options,
    };
    const program = ts.createProgram(names, compilerOptions, hostFor(compilerOptions));
    return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
      const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      return `${path.basename(file?.fileName ?? '')}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  } finally {
    project.remove();
  }
}

/** Parsing the declarations of packages costs most of the time; they do not change between programs of one module kind. */
const libraries = new Map<string, ts.SourceFile>();
function hostFor(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) => {
    if (!name.includes('/node_modules/')) return getSourceFile(name, ...rest);
    const key = `${options.module} ${name}`;
    const file = libraries.get(key) ?? getSourceFile(name, ...rest);
    if (file !== undefined) libraries.set(key, file);
    return file;
  };
  return host;
}

const node16 = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };
const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
const manifest = (...names: string[]): string =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });
const legacy = '// client.offAmazonPayments.capture\n';
const subscription = '// AmazonBillingAgreementId\n';

it('would say what does not compile', async () => {
  const wrong = "import { checkout } from './amazon-pay/checkout';\ncheckout.result(1);\n";
  const said = await check({ 'package.json': manifest(), 'legacy.ts': legacy, 'wrong.ts': wrong }, node16);
  expect(said).toEqual([expect.stringContaining("wrong.ts:2 Argument of type 'number'")]);
});

describe.each([
  ['express', manifest('express'), legacy, node16],
  ['express with subscriptions and jest', manifest('express', 'jest'), subscription, node16],
  ['express with ES modules', manifest('express').replace('{', '{"type":"module",'), legacy, node16],
  ['fastify', manifest('fastify'), legacy, node16],
  ['koa', manifest('koa'), legacy, node16],
  ['hapi', manifest('@hapi/hapi'), legacy, node16],
  ['http', manifest(), legacy, node16],
  ['nest', manifest('@nestjs/platform-express', 'express'), legacy, node16],
  ['next', manifest('next'), legacy, bundler],
  ['next with the Pages Router', '{"dependencies":{"next":"^12.0.0"}}', legacy, node16],
  ['nuxt', manifest('nuxt'), legacy, bundler],
  ['nuxt 2', '{"dependencies":{"nuxt":"^2.0.0"}}', legacy, node16],
])('%s', (_, text, evidence, options) => {
  it('compiles under strict', async () => {
    expect(await check({ 'package.json': text, 'legacy.ts': `${evidence}export {};\n` }, options)).toEqual([]);
  });
});
