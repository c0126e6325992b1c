import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { helperParts } from '../../codemods/emitted-helper/parts';
import { rules } from '../../src/catalog';
import { ruleExamples } from '../../src/catalog/rule-examples';
import { removeFolders } from '../engine/project-folder';
import { auditText, runExample, withoutEmittedFunctions } from './run-example';

afterEach(removeFolders);

const folder = join(__dirname, '../../src/catalog/rule-examples');
const update = process.env.UPDATE_TABLES === '1';

const asLiteral = (text: string): string => `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``;

/** Writes what `migrate` made into the row of the rule, in whichever file that stands. */
function writeAfter(rule: string, after: string): void {
  const row = new RegExp(`('${rule}': \\{[\\s\\S]*?writtenBy: 'migrate',\\s+after: )\`(?:[^\`\\\\]|\\\\.)*\``);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    const updated = text.replace(row, (_whole, start: string) => start + asLiteral(after));
    if (updated !== text) writeFileSync(join(folder, name), updated);
  }
}

function syntaxErrors(file: string, text: string): string[] {
  if (file.endsWith('.json')) {
    JSON.parse(text);
    return [];
  }
  if (!/\.[cm]?[jt]sx?$/.test(file)) return [];
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { allowJs: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/**
 * Rules that have no example yet. The list is exact: a rule that has one may not stand here, and a rule without one must. How
 * to write one: CONTRIBUTING.md.
 */
const WITHOUT_EXAMPLE: readonly string[] = [];

it('every rule has an example, but for those that are named', () => {
  expect(Object.keys(rules).filter((id) => ruleExamples[id] === undefined)).toEqual(WITHOUT_EXAMPLE);
  expect(Object.keys(ruleExamples).filter((id) => rules[id] === undefined)).toEqual([]);
});

it('what is automatic is shown as migrate writes it, what is manual as people do', () => {
  const wrong = Object.entries(ruleExamples).filter(
    ([id, { writtenBy }]) => rules[id]?.automation === (writtenBy === 'hand' ? 'automatic' : 'manual'),
  );
  expect(wrong.map(([id]) => id)).toEqual([]);
});

it('calls nothing that neither the SDK nor the emitted helper has', () => {
  const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs') as {
    WebStoreClient: { prototype: object };
  };
  const emitted = new Set<string>(helperParts.filter(({ exported }) => exported).map(({ name }) => name));
  const unknown = Object.entries(ruleExamples).flatMap(([id, { after }]) => [
    ...[...after.matchAll(/\bclient\.(\w+)\(/g)].flatMap(([, method = '']) =>
      method in WebStoreClient.prototype ? [] : [`${id}: client.${method}`],
    ),
    ...[...after.matchAll(/\{ ([\w, ]+) \} = require\('\.\/amazon-pay-v2'\)/g)]
      .flatMap(([, names = '']) => names.split(', '))
      .flatMap((name) => (emitted.has(name) ? [] : [`${id}: ${name}`])),
  ]);
  expect(unknown).toEqual([]);
});

const cases = Object.entries(ruleExamples);
const ofMigrate = cases.filter(([, { writtenBy }]) => writtenBy === 'migrate');
const ofPeople = cases.filter(([, { writtenBy }]) => writtenBy === 'hand');

describe.each(ofMigrate)('%s', (id, example) => {
  it('is found, and becomes what the example says', async () => {
    const { root, found, after } = await runExample(id, example);
    expect(found.length).toBeGreaterThan(0);
    const shown = withoutEmittedFunctions(after);
    if (update) writeAfter(id, shown);
    else expect(shown).toBe(example.after);
    expect(after).not.toBe(example.before);
    const again = await auditText(root, id, example.file, after);
    expect(again.error).toBeUndefined();
    // What waits for a decision stays listed until its comment is gone.
    const decided = again.found.filter(({ legacy }) => legacy.name !== 'TODO(amazon-pay-v2)');
    expect(decided.map(({ message }) => message)).toEqual([]);
  });
});

describe.each(ofPeople)('%s', (id, example) => {
  it('is found, and what a person writes in its place parses and is done', async () => {
    const { root, found, after } = await runExample(id, example);
    expect(found.length).toBeGreaterThan(0);
    const whole = example.scaffold === true ? after.replace(example.before, () => example.after) : example.after;
    const left = await auditText(root, id, example.file, whole);
    expect(left.error).toBeUndefined();
    expect(syntaxErrors(example.file, whole)).toEqual([]);
    // A decision of the scaffold can stand at several functions; the example shows one.
    const others = example.scaffold === true ? after.split(`${id}:`).length - 2 : 0;
    expect(left.found.map(({ message }) => message)).toHaveLength(others);
  });
});
