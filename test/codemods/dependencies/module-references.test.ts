import * as parser from '../../../codemods/typed-program/parser';
import { moduleReferences, packageNameOf } from '../../../codemods/dependencies/module-references';
import type { Language } from '../../../codemods/codemod';

const references = (text: string, language: Language = 'javascript'): string[] =>
  [...moduleReferences(parser, { path: language === 'other' ? 'a.vue' : 'a.js', text, language })].sort();

describe('moduleReferences', () => {
  it.each([
    [`const a = require('amazon-payments');`],
    [`import a from "amazon-payments";`],
    [`import 'amazon-payments';`],
    [`export { connect } from 'amazon-payments';`],
    [`import a = require('amazon-payments');`],
    [`type A = import('amazon-payments').Client;`],
    [`const a = await import('amazon-payments');`],
    ['const a = require(`amazon-payments`);'],
    [`require.resolve('amazon-payments/lib/amazon');`],
    [`jest.mock('amazon-payments', () => ({}));`],
    [`const { connect } = await vi.importActual('amazon-payments');`],
    [`proxyquire('./order', { 'amazon-payments': stub });`],
    [`define(['amazon-payments'], (a) => a);`],
    [`/// <reference types="amazon-payments" />`],
  ])('%s loads the client', (text) => {
    const language = /^(?:type|import a =)/.test(text) ? 'typescript' : 'javascript';
    expect(references(text, language)).toContain('amazon-payments');
  });

  it.each([
    [`// const a = require('amazon-payments');`],
    [`/* import a from 'amazon-payments' */`],
    [`const method = 'amazon-payments';`],
    [`const example = "require('amazon-payments')";`],
    [`require('./amazon-payments');`],
    [`require('amazon-payments-extra');`],
    [`fetch('amazon-payments');`],
    [`declare module 'amazon-payments' { }`],
  ])('%s does not', (text) => {
    expect(references(text, 'typescript')).not.toContain('amazon-payments');
  });

  it('reads the script of a component without a parser for its language', () => {
    expect(references(`<script>\nimport pay from 'amazon-payments';\n</script>`, 'other')).toEqual(['amazon-payments']);
  });

  it('survives a file that does not parse', () => {
    expect(references(`const a = require('amazon-payments'); function (`)).toEqual(['amazon-payments']);
  });
});

it.each([
  ['amazon-payments/lib/amazon', 'amazon-payments'],
  ['@madisonreed/amazon-payments', '@madisonreed/amazon-payments'],
  ['@madisonreed/amazon-payments/lib', '@madisonreed/amazon-payments'],
  ['./amazon-payments', '.'],
])('the package of %s is %s', (specifier, name) => {
  expect(packageNameOf(specifier)).toBe(name);
});
