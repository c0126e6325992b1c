import * as parser from '../../../codemods/typed-program/parser';
import { findEndpoints } from '../../../codemods/configuration/find-endpoints';
import { scanJson } from '../../../codemods/configuration/scan-json';
import { scanLines } from '../../../codemods/configuration/scan-lines';
import { isConfigurationModule, scanScript } from '../../../codemods/configuration/scan-script';
import type { KeyPlace } from '../../../codemods/configuration/key-place';

const shown = (places: readonly KeyPlace[]): string[] =>
  places.map(({ name, parents, kind }) => `${[...parents, name].join('/')} ${kind}`);

describe('scanLines', () => {
  it('covers the name and never the value', () => {
    const text = 'A=1\r\n  export KEY = "value"\r\n';
    expect(scanLines(text).map(({ start, end }) => text.slice(start, end))).toEqual(['A', 'KEY']);
  });

  it('knows the keys around a key of YAML, and leaves them again', () => {
    expect(shown(scanLines('a:\n  b:\n    key: 1\n  c: 2\nd: 3\n'))).toEqual([
      'a key',
      'a/b key',
      'a/b/key key',
      'a/c key',
      'd key',
    ]);
  });

  it('reads flow maps, pass-through lists and names in values', () => {
    expect(shown(scanLines('env: { ONE: 1, "TWO": 2 }'))).toEqual(['env key', 'ONE key', 'TWO key']);
    expect(shown(scanLines('  - PASSED_THROUGH'))).toEqual(['PASSED_THROUGH key']);
    expect(shown(scanLines('- name: FROM_SECRET'))).toEqual(['name key', 'FROM_SECRET reference']);
    expect(shown(scanLines('x: ${{ secrets.FROM_CI }}'))).toEqual(['x key', 'FROM_CI reference']);
  });

  it('reads variables of commands, of lists in one line, of ENV, and at the end of a path', () => {
    const names = (text: string): string[] => scanLines(text).map(({ name }) => name);
    expect(names('ENV MWS_ACCESS_KEY x')).toEqual(['MWS_ACCESS_KEY']);
    expect(names('ENV MWS_ACCESS_KEY=x LWA_CLIENT_ID=y')).toEqual(['MWS_ACCESS_KEY', 'LWA_CLIENT_ID']);
    expect(names('- run: MWS_SECRET_KEY=x npm test')).toContain('MWS_SECRET_KEY');
    expect(names(`e: ["MWS_SECRET_KEY=x", 'MWS_ACCESS_KEY=y']`).sort()).toEqual([
      'MWS_ACCESS_KEY',
      'MWS_SECRET_KEY',
      'e',
    ]);
    expect(names('name = "/shop/MWS_SECRET_KEY"')).toContain('MWS_SECRET_KEY');
  });

  it('passes over comments and lines nobody wrote by hand', () => {
    expect(scanLines('# KEY=1\n; KEY=1\n// KEY=1\n! KEY=1')).toEqual([]);
    expect(scanLines(`KEY=${'x'.repeat(3_000)}`)).toEqual([]);
  });

  it('reads a block of settings inside another file', () => {
    expect(shown(scanLines('data:\n  .env: |\n    KEY=1\n'))).toContain('data/.env/KEY key');
  });
});

describe('scanJson', () => {
  it('gives keys with the keys around them, and strings that only name a variable', () => {
    expect(
      shown(scanJson('{"a": {"b": "plain text", "c": "SOME_VARIABLE"}, /* why */ "d": [{"name": "x"}],}')),
    ).toEqual([
      ...['a key', 'a/b key', 'a/c key', 'a/c/SOME_VARIABLE reference', 'd key', 'd/name key', 'd/name/x reference'],
    ]);
  });

  it('survives what is no JSON', () => {
    expect(scanJson('not json')).toEqual([]);
    expect(scanJson('')).toEqual([]);
  });
});

describe('scanScript', () => {
  const scan = (path: string, text: string): string[] =>
    shown(scanScript(parser, { path, text, language: 'javascript' }));

  it('gives the keys of a configuration module and the variables behind them', () => {
    expect(scan('config/pay.js', `module.exports = { pay: { 'mws-key': '1', on: process.env.ON } }`)).toEqual([
      ...['pay key', 'pay/mws-key key', 'pay/on key', 'pay/on/ON reference'],
    ]);
  });

  it('gives only the variables that other modules read', () => {
    expect(
      scan('lib/pay.js', `const { A, B: b } = process.env; use({ key: process.env['C'], d: import.meta.env.D });`),
    ).toEqual([...['A reference', 'B reference', 'key/C reference', 'd/D reference']]);
  });

  it('leaves the arguments of the legacy constructors to the codemod that rewrites them', () => {
    expect(scan('lib/pay.js', `amazon.connect({ mwsAccessKey: process.env.MWS_ACCESS_KEY })`)).toEqual([]);
  });
});

it.each([
  'config/index.js',
  'src/config.ts',
  'app.config.js',
  'settings/pay.cjs',
  'src/environments/environment.prod.ts',
])('%s holds settings', (path) => {
  expect(isConfigurationModule(path)).toBe(true);
});

it.each(['src/pay.js', 'jest.config.js', 'webpack.config.ts', 'src/reconfigure.js'])('%s does not', (path) => {
  expect(isConfigurationModule(path)).toBe(false);
});

describe('findEndpoints', () => {
  it.each([
    ['https://mws.amazonservices.com/OffAmazonPayments/2013-01-01', true, 'na'],
    ['mws-eu.amazonservices.com', false, 'eu'],
    ['https://mws.amazonservices.jp/', false, 'jp'],
  ])('%s', (address, namesAmazonPay, region) => {
    expect(findEndpoints(`url: ${address}`)).toMatchObject([
      { start: 5, end: 5 + address.length, namesAmazonPay, region },
    ]);
  });

  it.each([
    '# https://mws.amazonservices.com',
    'https://mws.amazonservices.com/Orders/2013-09-01',
    'https://pay-api.amazon.eu/v2',
    'https://mws.example.com',
  ])('nothing in %s', (text) => {
    expect(findEndpoints(text)).toEqual([]);
  });
});
