import * as fc from 'fast-check';
import { findSpecifiers, keywordsWith } from '../../src/workspace/find-specifiers';
import { ImportIndex } from '../../src/workspace/import-index';

/** What a scan must find, as an expression over the text. */
const SPECIFIER = /(?:\bfrom|\bimport|\brequire)[\t-\r ]*\(?[\t-\r ]*(['"`])([^'"`\r\n]{1,500})\1/g;

const code = fc
  .array(
    fc.constantFrom(
      'from',
      'import',
      'require',
      'import(',
      'require (',
      ' ',
      '\n',
      '\t',
      "'",
      '"',
      '`',
      './a',
      '../b/c.js',
      '(',
      'x',
      '_',
      '@s/p',
      'ä',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

it('finds the specifiers that an expression finds', () => {
  fc.assert(
    fc.property(code, (text) => {
      expect(findSpecifiers(Buffer.from(text))).toEqual([...text.matchAll(SPECIFIER)].map((match) => match[2]));
    }),
    { seed: 4, numRuns: 10_000 },
  );
});

it.each([500, 501])('reads specifiers of up to 500 bytes (%i)', (length) => {
  const found = findSpecifiers(Buffer.from(`import '${'a'.repeat(length)}'; import './b'`));
  expect(found).toEqual(length === 500 ? ['a'.repeat(500), './b'] : ['./b']);
});

function indexOf(...scripts: readonly string[]): ImportIndex {
  const index = new ImportIndex();
  scripts.forEach((text, file) => index.add(file, Buffer.from(text), Buffer.byteLength(text)));
  return index;
}

it.each([
  ["require('./pay/client')", ['client'], true],
  ["require('./pay/client/')", ['client'], true],
  ["require('./pay/client/.')", ['client'], true],
  ["import a from '@shop/client'", ['client'], true],
  ["import a from './zähler'", ['zähler'], true],
  ["import a from './zähler'", [], true],
  ["import a from '..'", ['client'], true],
  ["import a from './'", ['client'], true],
  ["import a from './pay/clients'", ['client'], false],
  ["import a from './client/other'", ['client'], false],
  ["import a from './client'", [], false],
])('%s, asked for %j: %s', (text, names, expected) => {
  expect(indexOf('', text).filesThatName(names)).toEqual(new Set(expected ? [1] : []));
});

it('notes words that stand in quotes', () => {
  const index = new ImportIndex();
  const keywords = keywordsWith(['Open']);
  [`a === 'Open'`, 'Open()', `['Opened', "Open"]; import './a'`].forEach((text, file) =>
    index.add(file, Buffer.from(text), text.length, keywords),
  );
  expect(index.filesThatName(['Open'])).toEqual(new Set([0, 2]));
  expect(index.filesThatName(['a'])).toEqual(new Set([2]));
});

it('notes names wherever they stand', () => {
  const index = new ImportIndex();
  const keywords = keywordsWith([], ['CaptureFee']);
  ['a.CaptureFee.Amount', 'LastCaptureFee', 'const { CaptureFees } = a', `{CaptureFee}; import './a'`].forEach(
    (text, file) => index.add(file, Buffer.from(text), text.length, keywords),
  );
  expect(index.filesThatName(['CaptureFee'])).toEqual(new Set([0, 3]));
  expect(index.filesThatName(['a'])).toEqual(new Set([3]));
});

it('grows, and takes in what other threads have noted', () => {
  const index = indexOf(...Array.from({ length: 3000 }, (_, file) => `import './m${file}'`));
  const other = indexOf("import './elsewhere'");
  index.merge(other.take());
  expect(index.filesThatName(['m2999', 'm7'])).toEqual(new Set([2999, 7]));
  expect(index.filesThatName(['elsewhere'])).toEqual(new Set([0]));
});
