import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codemod } from '../../../codemods/dependencies';
import { describeFindings, migrateTexts, readTree } from '../run-codemod';

/**
 * Each folder under fixtures/codemods/dependencies is a case: `input/` holds a project with its sources already rewritten
 * (or not), `expected/` the files that come out different or must come out the same, `findings.txt` what is said about it.
 * To write the findings of a new case, run with UPDATE_FIXTURES=1 and read what came out.
 */
const root = join(__dirname, '../../../fixtures/codemods/dependencies');
const update = process.env.UPDATE_FIXTURES === '1';

describe.each(readdirSync(root))('%s', (name) => {
  const input = readTree(join(root, name, 'input'));
  const expected = new Map([...input, ...readTree(join(root, name, 'expected'))]);

  it('gives package.json as expected, every other file untouched', async () => {
    const migrated = await migrateTexts(codemod, input);
    expect(Object.fromEntries(migrated.files)).toEqual(Object.fromEntries(expected));
  });

  it('says what it did and what is left', async () => {
    const { findings } = await migrateTexts(codemod, input);
    const places = describeFindings(input, findings);
    const messages = findings.map(({ path, message, guidance }) => `${path}: ${message} ${guidance ?? ''}`).sort();
    const listed = [...places, '', ...messages, ''].join('\n');
    const file = join(root, name, 'findings.txt');
    if (update) writeFileSync(file, listed);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(listed);
  });

  it('changes nothing in a second run', async () => {
    expect((await migrateTexts(codemod, expected)).edits).toEqual([]);
  });

  it('still gives JSON', async () => {
    const { files } = await migrateTexts(codemod, input);
    for (const [path, text] of files)
      if (path.endsWith('package.json')) expect(() => JSON.parse(text) as unknown).not.toThrow();
  });
});
