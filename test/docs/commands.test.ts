import { PassThrough } from 'node:stream';
import { rules } from '../../src/catalog';
import { createParser } from '../../src/cli/create-parser';
import { exitCodes } from '../../src/cli/exit-codes';
import { handleExplain } from '../../src/cli/handle-explain';
import { BUNDLES, codemodList } from '../../src/engine/codemod-list';
import { UNCLAIMED } from '../../src/engine/unclaimed';
import { documents } from './documents';

/** A line of a shell without what follows the command: a comment, a pipe, another command. */
const firstCommand = (line: string): string => (line.split(/\s+(?:#|\|{1,2}|&&|>>?)(?=\s|$)/)[0] ?? '').trim();

/** The words of a command as a shell hands them over. */
const toArguments = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** Every call of the tool, in blocks of code and in sentences. */
const commandsIn = (text: string): string[] => [
  ...new Set(
    [
      ...text.matchAll(
        /(?<![\w/'"-])(?:npx )?amazon-pay-migrate ((?:audit|migrate|report|ipn|proxy|emulate|explain|completion)\b[^`\n]*)/g,
      ),
    ].map(([, rest = '']) => firstCommand(rest)),
  ),
];

const cases = documents.flatMap(([path, text]) => commandsIn(text).map((command) => [path, command] as const));

class Taken extends Error {}

/** The real parser, stopped when it has taken the line and would begin to work. */
async function parse(command: string): Promise<unknown> {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), environment: {} };
  const parser = createParser(toArguments(command), { streams, exitCode: exitCodes.done });
  parser.middleware(() => {
    throw new Taken();
  });
  try {
    return await parser.parseAsync();
  } catch (error) {
    return error;
  }
}

it('reads the commands that the guide and the README name', () => {
  const named = (name: string): string[] => cases.filter(([path]) => path === name).map(([, command]) => command);
  expect(named('README.md')).toEqual(
    expect.arrayContaining(['audit', 'migrate --write', 'ipn translate messages.jsonl']),
  );
  expect(named('MIGRATION.md').length).toBeGreaterThan(15);
});

it.each(cases)('%s: amazon-pay-migrate %s', async (_path, command) => {
  // These two yargs answers by itself.
  const asked = command.replace(/ --help$/, '');
  if (asked === 'completion') return;
  expect(await parse(asked)).toBeInstanceOf(Taken);
  for (const [, name = ''] of asked.matchAll(/--(?:only|skip) ([\w-]+\/[\w-]+)/g)) expect(rules).toHaveProperty([name]);
  const [, name] = /^explain (?!RULE\b)(\S+)/.exec(asked) ?? [];
  if (name !== undefined)
    expect(handleExplain({ name }, { stdout: new PassThrough(), environment: {} })).toBe(exitCodes.done);
});

it('would notice an option or a command that is not there', async () => {
  expect(await parse('audit --fail-onn manual')).not.toBeInstanceOf(Taken);
  expect(await parse('audit --fail-on sometimes')).not.toBeInstanceOf(Taken);
  expect(await parse('audti')).not.toBeInstanceOf(Taken);
});

it('names every codemod that --only and --skip take', () => {
  const row = /`--skip NAME` \| codemods \(([^)]*)\)/.exec(new Map(documents).get('README.md') ?? '')?.[1];
  const names = [...codemodList, BUNDLES, UNCLAIMED].map(({ name }) => name);
  expect([...(row ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name).sort()).toEqual(names.sort());
});
