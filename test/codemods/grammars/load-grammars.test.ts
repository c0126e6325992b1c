import { loadGrammars, parseWith } from '../../../codemods/grammars';
import { codemod } from '../../../codemods/other-languages';
import { migrateTexts } from '../run-codemod';

const parser = { registerDynamicLanguage: () => undefined, parse: () => ({ root: () => undefined }) };

it('goes on without the grammar of one language, and knows why it is missing', () => {
  const registered: string[] = [];
  const { missing } = loadGrammars((name) => {
    if (name === '@ast-grep/napi')
      return { ...parser, registerDynamicLanguage: (all: object) => registered.push(...Object.keys(all)) };
    if (name === '@ast-grep/lang-go') throw new Error('No parser found.');
    return { libraryPath: `/grammars/${name}.so` };
  });
  expect([...missing]).toEqual([['go', 'No parser found.']]);
  expect(registered).toEqual(['php', 'python', 'ruby', 'java', 'csharp']);
});

it('has no language at all where the parser is not built for the machine', () => {
  const { missing, parser: loaded } = loadGrammars((name) => {
    if (name === '@ast-grep/napi') throw new Error('Cannot find native binding.');
    return { libraryPath: '/grammar.so' };
  });
  expect(loaded).toBeUndefined();
  expect([...missing.keys()]).toEqual(['php', 'python', 'ruby', 'java', 'csharp', 'go']);
});

it.each(['php', 'python', 'ruby', 'java', 'csharp', 'go'] as const)('parses %s', (language) => {
  expect(parseWith(language, '').kind()).toMatch(/^(?:program|module|compilation_unit|source_file)$/);
});

it('says so when a file is nested deeper than people write', async () => {
  const text = `<?php $x = ${'('.repeat(3000)}1${')'.repeat(3000)}; (new \\AmazonPay\\Client([]))->capture([]);`;
  const result = await codemod.run({
    files: [{ path: 'deep.php', text, language: 'other' }],
    packages: [],
    strategy: 'instead',
  });
  expect(result.failures).toEqual([{ path: 'deep.php', error: 'nested deeper than 1000 levels' }]);
});

it('reads files of many languages in one run', async () => {
  const { findings } = await migrateTexts(
    codemod,
    new Map([
      ['a.php', '<?php $client = new \\AmazonPay\\Client([]);'],
      ['a.rb', 'client = AmazonPay::Client.new(a, b, c)'],
      ['A.java', 'class A { Object c = new com.amazon.pay.impl.PayClient(x); }'],
    ]),
  );
  expect(findings.map(({ path, rule }) => [path, rule])).toEqual([
    ['a.php', 'other-language/client'],
    ['a.rb', 'other-language/client'],
    ['A.java', 'other-language/client'],
  ]);
});
