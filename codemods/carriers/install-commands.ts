import { mayHoldCommands } from '../../src/catalog/command-files';
import type { SourceUnit } from '../codemod';
import type { Range } from './find-elements';

/** Lines that are comments in shells, YAML, images, builds and batch files. */
const COMMENTS = /(?:^|[ \t])#[^\n]*|^[ \t]*(?:\/\/|::|rem[ \t])[^\n]*/gim;
/** What stands between words: also those of `RUN ["npm", "install", "amazon-payments"]`. */
const GAP = `[\\s"',]+`;
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
  return (/\.json$/i.test(path) ? /[^\n;&|"]*$/ : /[^\n;&|]*$/).exec(before)?.[0] ?? '';
}

/**
 * Where one of the commands of a file installs a package.
 *
 * @param name the pattern of its name, as source text; one that begins with a look behind says itself where it begins and ends
 */
export function findInstalled({ path, text }: SourceUnit, commands: readonly InstallCommand[], name: string): Range[] {
  if (!mayHoldCommands(path, text)) return [];
  const code = text.replace(COMMENTS, (comment) => comment.replace(/[^\n]/g, ' '));
  const patterns = commands.map((words) => `${words.join(`(?:${GAP}.*?)?${GAP}`)}${GAP}`);
  const command = new RegExp(`(?:^|[^\\w.-])(?:${patterns.join('|')})`, 'i');
  const whole = name.startsWith('(?<') ? name : `(?<![\\w/-])${name}(?![\\w/-])`;
  return [...code.matchAll(new RegExp(whole, 'gi'))].flatMap(({ index, 0: match }) =>
    command.test(commandBefore(path, code, index)) ? [{ start: index, end: index + match.length }] : [],
  );
}
