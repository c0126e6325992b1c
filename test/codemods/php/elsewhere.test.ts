import { join } from 'node:path';
import type { SearchQuestion } from '../../../codemods/codemod';
import { codemod } from '../../../codemods/php';
import { languageOf, readTree } from '../run-codemod';

const input = {
  files: [...readTree(join(__dirname, '../../../fixtures/codemods/php/returned/input'))].map(([path, text]) => ({
    path,
    text,
    language: languageOf(path),
  })),
  packages: [],
  strategy: 'instead',
} as const;

/** Each search reads the whole project. */
it('asks all that it wants to know of other files together', () => {
  const rounds: (readonly SearchQuestion[])[] = [];
  codemod.run({
    ...input,
    searchElsewhere: (questions) => {
      rounds.push(questions);
      return questions.map(() => undefined);
    },
  });
  const [first = [], ...others] = rounds;
  expect(first.length).toBeGreaterThan(5);
  expect(others).toEqual([]);
});

it('asks again only what an answer brings up, and nothing twice', () => {
  const asked: string[] = [];
  codemod.run({
    ...input,
    searchElsewhere: (questions) => {
      asked.push(...questions.map(({ pattern }) => String(pattern)));
      return questions.map(() => 'elsewhere.php');
    },
  });
  expect(new Set(asked).size).toBe(asked.length);
});
