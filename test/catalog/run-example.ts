import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plainManifest, type RuleExample } from '../../src/catalog/rule-examples';
import { codemodList } from '../../src/engine/codemod-list';
import type { EngineOutcome } from '../../src/engine/engine';
import type { Finding } from '../../src/engine/run';
import { run } from '../engine/fake-codemods';
import { createFolder } from '../engine/project-folder';

const write = (root: string, path: string, content: string | Buffer): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};

export interface ExampleRun {
  /** The shop around the example, as it is on the disk. */
  readonly root: string;
  /** Findings of the rule in the file of the example. */
  readonly found: readonly Finding[];
  /** What the file is after migrating. */
  readonly after: string;
}

const findIn = (outcome: EngineOutcome, rule: string, file: string): Finding[] =>
  outcome.run.findings.filter((finding) => finding.rule === rule && finding.file === file);

const textOf = (outcome: EngineOutcome, file: string): string | undefined =>
  outcome.changes.find(({ path }) => path === file)?.after.toString('utf8');

const EMITTED = /^([ \t]*)function (\w*AmazonPay\w*)\(/gm;

/**
 * The functions that migrate adds at the end of a script of a page are longer than any example, and always the same: a line
 * with their names stands for them.
 */
export function withoutEmittedFunctions(text: string): string {
  const functions = [...text.matchAll(EMITTED)];
  const [first] = functions;
  if (first === undefined) return text;
  const head = text.slice(0, first.index).replace(/(?:[ \t]*\/\/[^\n]*\n)+$/, '');
  const rest = text.indexOf('</script>', first.index);
  const names = functions.map(([, , name]) => name).join(', ');
  return `${head}${first[1]}// … functions that migrate adds here: ${names}\n${rest === -1 ? '' : text.slice(rest)}`;
}

/** Migrates the shop of an example; what the command would write is on the disk afterwards. */
export async function runExample(rule: string, example: RuleExample): Promise<ExampleRun> {
  const { file, before, beside, scaffold = false, writtenBy } = example;
  const isScaffolded = scaffold && writtenBy === 'hand';
  const root = createFolder({
    'package.json': plainManifest,
    ...beside,
    ...(isScaffolded ? {} : { [file]: before }),
  });
  const outcome = await run(root, codemodList, { scaffold });
  for (const { path, after } of outcome.changes) write(root, path, after);
  const after = textOf(outcome, file) ?? before;
  if (isScaffolded && !after.includes(before)) throw new Error(`The scaffold does not write this any more: ${before}`);
  return { root, found: findIn(outcome, rule, file), after };
}

/** Findings of the rule in the file, and why the file could not be read, with `text` in place of what was there. */
export async function auditText(
  root: string,
  rule: string,
  file: string,
  text: string,
): Promise<{ found: readonly Finding[]; error: string | undefined }> {
  write(root, file, text);
  const outcome = await run(root, codemodList, { command: 'audit' });
  const failed = outcome.run.files.find(({ path, status }) => path === file && status === 'failed');
  return { found: findIn(outcome, rule, file), error: failed?.error };
}
