import { join } from 'node:path';
import { codemod } from '../../../codemods/php';
import { phpHelper } from '../../../codemods/php/emitted-class';
import { handlerToWrite, phpNotification } from '../../../codemods/php/emitted-notification';
import { foreignLanguages } from '../../../src/catalog/languages';
import { ruleExamples } from '../../../src/catalog/rule-examples';
import { migrateTexts, readTree } from '../run-codemod';
import { lintPhp } from './lint';

const { v2 } = foreignLanguages.php;

it.each(Object.entries({ construction: v2?.construction ?? '', ...v2?.calls }))(
  'the code to write for %s is valid PHP',
  (_name, code) => {
    expect(lintPhp(`<?php\n${code}\n`)).toBeUndefined();
  },
);

it('the handler of notifications, and what it loads, are valid PHP', () => {
  expect(lintPhp(phpNotification)).toBeUndefined();
  expect(lintPhp(phpHelper)).toBeUndefined();
  expect(lintPhp(`<?php\n${handlerToWrite(v2?.construction ?? '')}\n`)).toBeUndefined();
});

const examples = Object.entries(ruleExamples).flatMap(([rule, { file, before, after, beside = {} }]) => {
  const files: readonly [string, string][] = [...Object.entries(beside), [file, before], [file, after]];
  return files.flatMap(([name, text]): [string, string][] => (name.endsWith('.php') ? [[rule, text]] : []));
});

it.each(examples)('the example of %s is valid PHP', (_rule, text) => {
  expect(lintPhp(text)).toBeUndefined();
});

it('the v2 call that is suggested for a call that stays is valid PHP', async () => {
  const fixture = readTree(join(__dirname, '../../../fixtures/codemods/php/left/input'));
  const { findings } = await migrateTexts(codemod, fixture, 'instead');
  const suggested = findings.flatMap(({ guidance = '' }) => guidance.split('In v2 the call is:\n\n')[1] ?? []);
  expect(suggested.length).toBeGreaterThan(3);
  for (const code of suggested) expect(lintPhp(`<?php\n${code};\n`)).toBeUndefined();
});
