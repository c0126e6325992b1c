import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codemod } from '../../../codemods/raw-mws';
import { describeFindings, migrateTexts, readTree } from '../run-codemod';

/** Each folder under fixtures/codemods/raw-mws is a case: `input/`, and `findings.txt` with what is listed (UPDATE_FIXTURES=1 writes it). */
const root = join(__dirname, '../../../fixtures/codemods/raw-mws');

it.each(readdirSync(root))('%s', async (name) => {
  const input = readTree(join(root, name, 'input'));
  const { files, findings } = await migrateTexts(codemod, input);
  const listed = describeFindings(input, findings)
    .map((line) => `${line}\n`)
    .join('');
  if (process.env.UPDATE_FIXTURES === '1') writeFileSync(join(root, name, 'findings.txt'), listed);
  expect(listed).toBe(readFileSync(join(root, name, 'findings.txt'), 'utf8'));
  expect(files).toEqual(input);
});

it('names the v2 call with its parameters', async () => {
  const input = readTree(join(root, 'one-function-per-operation/input'));
  const { findings } = await migrateTexts(codemod, input);
  const capture = findings.find(({ legacy }) => legacy.operation === 'Capture');
  expect(capture).toMatchObject({
    automation: 'manual',
    rewritten: false,
    replacement: { name: 'captureCharge', operation: 'POST /v2/charges/{chargeId}/capture' },
  });
  expect(capture?.guidance).toContain('AmazonAuthorizationId → chargeId (A becomes C)');
  const read = findings.find(({ legacy }) => legacy.name.endsWith('AuthorizationStatus.State'));
  expect(read?.replacement).toEqual({ name: 'charge.statusDetails.state' });
});

it('lists a computed action without guessing', async () => {
  const { findings } = await migrateTexts(codemod, readTree(join(root, 'generic-executor/input')));
  expect(findings.filter(({ message }) => /computed/.test(message)).map(({ legacy }) => legacy.operation)).toEqual([
    undefined,
  ]);
});
