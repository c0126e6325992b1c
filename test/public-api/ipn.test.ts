import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `amazon-pay-migrate/ipn` as it is packed and installed, from a project that has nothing else. */
const root = resolve(__dirname, '../..');
const project = mkdtempSync(join(tmpdir(), 'amazon-pay-ipn-consumer-'));
const installed = join(project, 'node_modules/amazon-pay-migrate');

beforeAll(() => {
  // The tests run on what `npm run build` made; packing would build it again.
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', join(project, filename), '-C', installed, '--strip-components=1']);
  for (const name of ['fast-xml-parser', 'zod', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
});
afterAll(() => rmSync(project, { recursive: true }));

const run = (name: string, source: string): string => {
  writeFileSync(join(project, name), source);
  return execFileSync(process.execPath, [name], { cwd: project, encoding: 'utf8' });
};
const message = readFileSync(join(root, 'fixtures/ipn/v1-capture.json'), 'utf8');
const use = `
const { fetch } = translate(${JSON.stringify(message)});
const status = toLegacyStatus('REFUND', { statusDetails: { state: 'Refunded' } });
createSnsVerifier({ topics: [] }).verify('x').catch((error) => {
  console.log(JSON.stringify({ argument: fetch.argument, state: status.refund.State, code: error.code, isOurs: error instanceof SnsVerificationError }));
});`;
const names = 'createSnsVerifier, SnsVerificationError, toLegacyStatus, translate';
const expected = { argument: 'P01-1234567-1234567-C000111', state: 'Completed', code: 'unreadable', isOurs: true };

test('from CommonJS', () => {
  const printed = run('consumer.cjs', `const { ${names} } = require('amazon-pay-migrate/ipn');${use}`);
  expect(JSON.parse(printed)).toEqual(expected);
});

test('from ESM', () => {
  const printed = run('consumer.mjs', `import { ${names} } from 'amazon-pay-migrate/ipn';${use}`);
  expect(JSON.parse(printed)).toEqual(expected);
});

test('loads nothing but itself, zod and fast-xml-parser', () => {
  const source = `require('amazon-pay-migrate/ipn'); console.log(JSON.stringify(Object.keys(require.cache)));`;
  const modules = JSON.parse(run('modules.cjs', source)) as string[];
  const packages = modules.flatMap((path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  // What fast-xml-parser stands on comes with it.
  expect([...new Set(packages)].filter((name) => name !== 'amazon-pay-migrate').sort()).toEqual(
    expect.arrayContaining(['fast-xml-parser']),
  );
  expect(
    packages.filter((name) =>
      /^(?:ts-morph|@ts-morph|typescript|jscodeshift|recast|yargs|diff|ignore|jsonc-parser)$/.test(name),
    ),
  ).toEqual([]);
  const own = modules
    .filter((path) => path.includes('/dist/'))
    .map((path) => path.replace(/.*\/amazon-pay-migrate\//, ''));
  expect(own.filter((path) => /dist\/(?:codemods|src\/(?:cli|engine|workspace|report))\//.test(path))).toEqual([]);
});

const typed = `
import {
  createSnsVerifier, SnsVerificationError, toLegacyStatus, translate, UnknownStateError,
  type Fetch, type LegacyObjectStatus, type Notification, type Refusal, type SnsVerifier, type Translation, type VerifiedMessage,
} from 'amazon-pay-migrate/ipn';

export async function handle(body: string, verifier: SnsVerifier): Promise<string> {
  const message: VerifiedMessage = await verifier.verify(body);
  if (message.Type === 'SubscriptionConfirmation') await verifier.confirm(message);
  const translation: Translation = translate(message.Message);
  const error: Refusal | undefined = translation.error;
  if (translation.version === 'unknown') {
    const nothing: null = translation.fetch;
    return String(nothing) + (translation.confirmation?.type ?? error?.code ?? '');
  }
  const notification: Notification | null = translation.notification;
  const fetch: Fetch | null = translation.fetch;
  const status: LegacyObjectStatus = toLegacyStatus('CHARGE', {});
  // What v2 does not have is typed as absent.
  const fee: undefined = status.CaptureFee;
  const kind: undefined = status.RefundType;
  if (status.object === 'charge') return status.capture?.State ?? status.authorization.SoftDecline ?? '';
  if (status.object === 'refund') return status.refund.State;
  return [status.status.State, notification?.ObjectId, fetch?.sdkMethod, fee, kind].join();
}
export const verifier = createSnsVerifier({ topics: ['arn'], timeoutMs: 1 });
export const isRetryable = (error: unknown): boolean => error instanceof SnsVerificationError && error.retryable;
export const isUnknown = (error: unknown): boolean => error instanceof UnknownStateError;
// @ts-expect-error: a message that was not verified confirms nothing.
void verifier.confirm({});
// @ts-expect-error: topics are not optional.
createSnsVerifier({});
// @ts-expect-error: there is no reference id.
toLegacyStatus('REFUND', {}).RefundReferenceId.length;
// @ts-expect-error: disputes have no legacy counterpart.
toLegacyStatus('CHARGEBACK', {});
`;

test.each([
  ['consumer.cts', 'node16', 'node16'],
  ['consumer.mts', 'node16', 'node16'],
  ['consumer.ts', 'esnext', 'bundler'],
])('declarations hold in strict TypeScript: %s, %s, %s', (name, module, moduleResolution) => {
  writeFileSync(join(project, name), typed);
  const options = [
    '--strict',
    '--noEmit',
    '--exactOptionalPropertyTypes',
    '--module',
    module,
    '--moduleResolution',
    moduleResolution,
    '--target',
    'es2022',
    '--types',
    'node',
  ];
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), ...options, name],
    {
      cwd: project,
      encoding: 'utf8',
    },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

test('the functions have docstrings in the declarations', () => {
  for (const [file, name] of [
    ['transforms/ipn/translate', 'translate'],
    ['transforms/ipn/legacy-status', 'toLegacyStatus'],
    ['src/amazon-pay/sns-verifier', 'createSnsVerifier'],
  ])
    expect(readFileSync(join(installed, `dist/${file}.d.ts`), 'utf8')).toMatch(
      new RegExp(`\\*/\\nexport declare function ${name}\\b`),
    );
});
