import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codemod } from '../../../codemods/raw-mws';
import { describeFindings, migrateTexts, readTree } from '../run-codemod';

/**
 * Each folder under fixtures/codemods/raw-mws is a case: `input/`, `findings.txt` with what is listed, and in `expected/` the
 * files that are rewritten (UPDATE_FIXTURES=1 writes them; read what came out).
 */
const root = join(__dirname, '../../../fixtures/codemods/raw-mws');
const update = process.env.UPDATE_FIXTURES === '1';

const withoutHelper = (files: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...files].filter(([path]) => !path.includes('amazon-pay-v2')));

describe.each(readdirSync(root))('%s', (name) => {
  const input = readTree(join(root, name, 'input'));

  it('is listed, and rewritten where all is known', async () => {
    const { files, findings } = await migrateTexts(codemod, input);
    const listed = describeFindings(input, findings)
      .map((line) => `${line}\n`)
      .join('');
    if (update) {
      writeFileSync(join(root, name, 'findings.txt'), listed);
      for (const [path, text] of Object.entries(withoutHelper(files))) {
        if (text === input.get(path)) continue;
        mkdirSync(dirname(join(root, name, 'expected', path)), { recursive: true });
        writeFileSync(join(root, name, 'expected', path), text);
      }
    }
    const expected = existsSync(join(root, name, 'expected')) ? readTree(join(root, name, 'expected')) : [];
    expect(listed).toBe(readFileSync(join(root, name, 'findings.txt'), 'utf8'));
    expect(withoutHelper(files)).toEqual(Object.fromEntries([...input, ...expected]));
  });

  it('stays as it is in a second run', async () => {
    const once = await migrateTexts(codemod, input);
    expect((await migrateTexts(codemod, once.files)).edits).toEqual([]);
  });
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
