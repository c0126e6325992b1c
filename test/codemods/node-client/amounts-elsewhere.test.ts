import { join } from 'node:path';
import { codemod } from '../../../codemods/node-client';
import { languageOf, readTree } from '../run-codemod';

const fixture = join(__dirname, '../../../fixtures/codemods/node-client/amounts-of-the-shop/input');
const all = [...readTree(fixture)]
  .filter(([path]) => !path.startsWith('typed/'))
  .map(([path, text]) => ({ path, text, language: languageOf(path) }));
const elsewhere = all.filter(({ path }) => path === 'invoice.js');

/** Files that load a helper, and in which nothing is of legacy, are given to no codemod. */
async function edited(found: boolean): Promise<string[]> {
  const { edits } = await codemod.run({
    files: all.filter((unit) => !elsewhere.includes(unit)),
    packages: [],
    strategy: 'instead',
    searchElsewhere: (questions) =>
      questions.map(({ pattern, isWanted }) =>
        found ? elsewhere.find(({ path, text }) => isWanted(path) && pattern.test(text))?.path : undefined,
      ),
  });
  return edits.filter(({ path }) => path === 'money.js').map(({ text }) => text);
}

it('reads amounts of both kinds in a helper that a file elsewhere loads by its name', async () => {
  const texts = await edited(true);
  expect(texts).toContain('price.amount ?? price.Amount');
  expect(texts).toContain('{ Amount: legacyAmount, amount: Amount = legacyAmount }');
  // No other file names `digits`.
  expect(texts).toContain('price.amount');
});

it('reads those of v2 alone where no other file loads it', async () => {
  expect((await edited(false)).join('\n')).not.toMatch(/legacyAmount|\?\?/);
});
