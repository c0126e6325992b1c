import { mayHoldCommands } from '../../src/catalog/command-files';
import type { SourceUnit } from '../codemod';
import type { Range } from './find-elements';

/** Lines that are comments in shells, YAML, images, builds and batch files. */
const COMMENTS = /(?:^|[ \t])#[^\n]*|^[ \t]*(?:\/\/|::|rem[ \t])[^\n]*/gim;
/** What stands between words: also those of `RUN ["npm", "install", "amazon-payments"]`. */
const GAP = /[\s"',]+/;
/** Nobody writes longer commands. */
const LONGEST = 4000;

/** The words of a command that installs packages, as patterns; options may stand between them. */
export type InstallCommand = readonly string[];

/**
 * The command up to a place: it goes on after a backslash, and ends where another one begins. In JSON it is one string, or
 * part of one.
 */
function commandBefore(path: string, code: string, place: number): string {
  const before = code.slice(Math.max(0, place - LONGEST), place).replace(/\\\r?\n/g, ' ');
  return before.split(/\.json$/i.test(path) ? /[\n;&|"]/ : /[\n;&|]/).at(-1) ?? '';
}

/** Whether the words of one of the commands follow each other, whatever options stand between: word by word, for a long line. */
function isCommand(commands: readonly (readonly RegExp[])[], written: readonly string[]): boolean {
  return commands.some((words) => {
    let known = 0;
    for (const word of written) if (words[known]?.test(word) === true) known += 1;
    return known === words.length;
  });
}

/**
 * Where one of the commands of a file installs a package.
 *
 * @param name the pattern of its name, as source text; one that begins with a look behind says itself where it begins and ends
 */
export function findInstalled({ path, text }: SourceUnit, commands: readonly InstallCommand[], name: string): Range[] {
  if (!mayHoldCommands(path, text)) return [];
  const code = text.replace(COMMENTS, (comment) => comment.replace(/[^\n]/g, ' '));
  const patterns = commands.map((words) =>
    words.map((word, index) => new RegExp(`${index === 0 ? '(?:^|[^\\w.-])' : '^'}(?:${word})$`, 'i')),
  );
  const whole = name.startsWith('(?<') ? name : `(?<![\\w/-])${name}(?![\\w/-])`;
  return [...code.matchAll(new RegExp(whole, 'gi'))].flatMap(({ index, 0: match }) =>
    // What is last is a part of the word that the name stands in.
    isCommand(patterns, commandBefore(path, code, index).split(GAP).slice(0, -1))
      ? [{ start: index, end: index + match.length }]
      : [],
  );
}
