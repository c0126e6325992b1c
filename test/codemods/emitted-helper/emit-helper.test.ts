import ts from 'typescript';
import { readExisting } from '../../../codemods/emitted-helper/read-existing';
import type { HelperFunction } from '../../../codemods/v2-request/types';
import { makeProject } from '../../stand-in/project';
import { ALL_FUNCTIONS, emit } from './emit';

const FORMATS = ['commonjs', 'esm', 'typescript'] as const;
const exportsOf = (text: string): string[] => [...readExisting(text).exported].sort();

/** Messages of a parse alone; a JavaScript file with types in it, or a second declaration, has some. */
function syntaxErrors(text: string, format: (typeof FORMATS)[number]): string[] {
  const fileName = format === 'typescript' ? 'helper.ts' : format === 'esm' ? 'helper.mjs' : 'helper.cjs';
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, allowJs: true },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('what a new file contains', () => {
  test.each(FORMATS)('the %s file with everything exports every function and parses', (format) => {
    const text = emit(ALL_FUNCTIONS, { format });
    expect(syntaxErrors(text, format)).toEqual([]);
    expect(exportsOf(text)).toEqual(expect.arrayContaining([...ALL_FUNCTIONS, 'AmazonPayError']));
  });

  test.each(FORMATS.flatMap((format) => ALL_FUNCTIONS.map((name) => [format, name] as const)))(
    'in %s, %s alone leans on nothing that is missing',
    (format, name) => {
      const text = emit([name], { format });
      expect(syntaxErrors(text, format)).toEqual([]);
      expect(exportsOf(text)).toContain(name);
      expect(unresolvedNames(text, format)).toEqual([]);
    },
  );

  test('only what is needed', () => {
    expect(exportsOf(emit(['isTrue']))).toEqual(['isTrue']);
    expect(exportsOf(emit(['toPrice']))).toEqual(['price', 'toPrice']);
    expect(exportsOf(emit(['sendCharge']))).toEqual(['AmazonPayError', 'send', 'sendCharge']);
    expect(emit(['price'])).not.toContain('node:crypto');
  });

  test('modules of Node are its only dependencies', () => {
    for (const format of FORMATS) {
      const text = emit(ALL_FUNCTIONS, { format });
      expect([...text.matchAll(/(?:require\(|from )'([^']+)'/g)].map(([, name]) => name)).toEqual([
        'node:crypto',
        'node:crypto',
        'node:https',
      ]);
    }
  });

  test('the order in which functions are asked for does not show', () => {
    expect(emit([...ALL_FUNCTIONS].reverse())).toBe(emit(ALL_FUNCTIONS));
  });

  test.each(FORMATS)('no marker of the template is left in %s', (format) => {
    expect(emit(ALL_FUNCTIONS, { format })).not.toMatch(/[⟦⟧⟪⟫]|\/\/ +$|[ \t]+$/m);
  });
});

/** Names that nothing declares, as the checker sees them in a program of this file alone with Node's globals. */
function unresolvedNames(text: string, format: (typeof FORMATS)[number]): string[] {
  const fileName = format === 'typescript' ? '/helper.ts' : '/helper.js';
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const globals = `declare const require: any, module: any, Uint8Array: any, RegExp: any, console: any, Buffer: any, Map: any, setTimeout: any, setImmediate: any, Object: any, Error: any, TypeError: any,
    Number: any, Date: any, Math: any, String: any, Array: any, JSON: any, Promise: any, Set: any; declare const undefined: any;`;
  const ambient = ts.createSourceFile('/globals.d.ts', globals, ts.ScriptTarget.Latest, true);
  const files = new Map([file, ambient].map((source) => [source.fileName, source]));
  const options: ts.CompilerOptions = {
    noLib: true,
    allowJs: true,
    checkJs: true,
    types: [],
    noResolve: true,
    target: ts.ScriptTarget.ESNext,
  };
  const program = ts.createProgram([...files.keys()], options, {
    getSourceFile: (name) => files.get(name),
    getDefaultLibFileName: () => '/lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => files.has(name),
    readFile: () => undefined,
  });
  const cannotFindName = new Set([2304, 2552, 2663]);
  return program
    .getSemanticDiagnostics(file)
    .filter(({ code }) => cannotFindName.has(code))
    .map(({ messageText }) => String(messageText))
    .filter((message) => !/'(?:PromiseLike|Promise|Record|Partial|Extract|Exclude)'/.test(message));
}

describe('style', () => {
  test.each(FORMATS)('%s in double quotes, tabs, CRLF and without semicolons', (format) => {
    const text = emit(ALL_FUNCTIONS, { format, quote: '"', unit: '\t', eol: '\r\n', semicolons: false });
    expect(syntaxErrors(text, format)).toEqual([]);
    const code = text.split('\r\n').filter((line) => !/^\s*(?:\/\/|\/\*|\*)/.test(line));
    expect(code.join('\n')).not.toContain("'");
    expect(code.filter((line) => line.endsWith(';'))).toEqual([]);
    expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    expect(code.filter((line) => line.startsWith(' '))).toEqual([]);
    expect(code.some((line) => line.startsWith('\t\t'))).toBe(true);
    // Comments keep the space in front of their asterisk.
    expect(text).toMatch(/\r\n \* /);
  });

  test('four spaces per level', () => {
    expect(emit(['isTrue'], { unit: '    ' })).toContain('\n    return String(value)');
  });
});

describe('a second run', () => {
  const existing = emit(['send', 'price'], { format: 'esm' });

  test.each([[['send', 'price']], [['price']], [[]]] satisfies [HelperFunction[]][])(
    'with %p returns the file byte for byte',
    (functions) => {
      expect(emit(functions, { format: 'esm', existing })).toBe(existing);
      const edited = `\uFEFF// ours now\r\n${existing.replace('Amazon', 'amazon')}`;
      expect(emit(functions, { format: 'esm', existing: edited, eol: '\n', quote: '"' })).toBe(edited);
    },
  );

  test.each(FORMATS)('in %s, what is missing is added to the end and the rest stays', (format) => {
    const before = emit(['send', 'price', 'toChargeId'], { format });
    const after = emit(['sendCharge', 'idempotencyKey', 'toPrice', 'price'], { format, existing: before });
    expect(after.startsWith(before)).toBe(true);
    expect(syntaxErrors(after, format)).toEqual([]);
    expect(exportsOf(after)).toEqual(
      [
        ...new Set([
          ...exportsOf(before),
          'sendCharge',
          'idempotencyKey',
          'toPrice',
          ...(format === 'typescript' ? ['DeclinedCharge'] : []),
        ]),
      ].sort(),
    );
    expect(emit(['sendCharge', 'idempotencyKey'], { format, existing: after })).toBe(after);
    for (const name of ['function price', 'class AmazonPayError', 'function refuse', 'function send(']) {
      expect(after.split(name)).toHaveLength(before.split(name).length);
    }
  });

  test.each(FORMATS)('in %s, growing one by one ends with everything, declared once', (format) => {
    const grown =
      ALL_FUNCTIONS.reduce<string | undefined>(
        (text, name) => emit([name], { format, ...(text === undefined ? {} : { existing: text }) }),
        undefined,
      ) ?? '';
    expect(syntaxErrors(grown, format)).toEqual([]);
    expect(exportsOf(grown)).toEqual(exportsOf(emit(ALL_FUNCTIONS, { format })));
    expect(unresolvedNames(grown, format)).toEqual([]);
  });

  test('a function that lost its export gets it back instead of a second declaration', () => {
    const edited = existing.replace('export function price', 'function price');
    expect(emit(['price'], { format: 'esm', existing: edited })).toBe(`${edited}\nexport { price };\n`);
  });

  test('a file without line break at its end still gets its addition on a line of its own', () => {
    const cut = existing.trimEnd();
    expect(emit(['isTrue'], { format: 'esm', existing: cut, eol: '\r\n' })).toContain(`${cut}\r\n\r\n/**`);
  });

  test('an empty file counts as none', () => {
    expect(emit(['isTrue'], { existing: '\n' })).toBe(emit(['isTrue']));
  });

  test('a CommonJS file that grew, or was rewritten around its exports, can be required', () => {
    const before = emit(['isTrue']);
    const rewritten = `const isTrue = (v) => v === 'yes';\nmodule.exports = { isTrue, other: 1 };\n`;
    const project = makeProject({
      'grown.js': emit(ALL_FUNCTIONS, { existing: before }),
      'rewritten.js': emit(['isTrue', 'toPrice'], { existing: rewritten }),
    });
    try {
      const load = (name: string): Record<string, unknown> =>
        require(`${project.directory}/${name}`) as Record<string, unknown>;
      expect(Object.keys(load('grown.js')).sort()).toEqual(
        [...ALL_FUNCTIONS, 'AmazonPayError', 'readNotification'].sort(),
      );
      const { isTrue, other, toPrice } = load('rewritten.js') as {
        isTrue(v: string): boolean;
        other: number;
        toPrice(v: unknown): unknown;
      };
      expect([isTrue('yes'), other, toPrice({ Amount: 5, CurrencyCode: 'USD' })]).toEqual([
        true,
        1,
        { amount: '5', currencyCode: 'USD' },
      ]);
    } finally {
      project.remove();
    }
  });
});

describe('readExisting', () => {
  test.each([
    ['exports.a = exports.b = 1;', ['a', 'b']],
    ['module.exports.a = 1;', ['a']],
    ["module.exports = { a, 'b': 1, c() {}, ...d };", ['a', 'b', 'c']],
    ['exports = module.exports = { a };', ['a']],
    [
      'export const { a, b: [c] } = x; export async function d() {} export class e {} export type F = 1;',
      ['F', 'a', 'c', 'd', 'e'],
    ],
    ['function a() {} export { a as b };', ['b']],
    ["export { a } from './b';", ['a']],
    ['// exports.a = 1;\n/* export const b = 1; */ const c = "exports.d = 1";', []],
    ['exports.a === 1; x.exports.b = 2; a.b = 3;', []],
    ['export function a( {', ['a']],
  ])('%s exports %p', (text, expected) => {
    expect(exportsOf(text)).toEqual(expected);
  });

  test('imports are declarations, so that a name is not declared twice', () => {
    const { declared } = readExisting(
      `import a, { b as c } from 'x'; import * as d from 'y'; const { e } = require('z'); enum F {} interface G {}`,
    );
    expect([...declared].sort()).toEqual(['F', 'G', 'a', 'c', 'd', 'e']);
  });
});
