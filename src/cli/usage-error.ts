import { CliError } from './cli-error';
import { escapePattern } from '../../transforms/escape-pattern';
import { findNearest } from '../../transforms/find-nearest';
import { optionNames } from './options';
import { ParseError } from './parse-error';

const commands = Object.keys(optionNames);

/** Turns what yargs throws about a command line into an error that says what was meant and where help is. */
export function describeUsageError(error: unknown, args: readonly string[]): unknown {
  if (!isParseError(error)) return error;
  const command = findCommand(args);
  const help = `See: amazon-pay-migrate ${command === undefined ? '' : `${command} `}--help`;
  const unknown = /^Unknown arguments?: (.*)$/s.exec(error.message)?.[1]?.split(', ')[0];
  if (unknown !== undefined) return describeUnknown(unknown, args, command, help);
  if (/^Not enough non-option arguments/.test(error.message)) {
    const missing = command === undefined ? undefined : missingArguments[command];
    return new CliError('USAGE', missing ?? 'No command was given.', help);
  }
  const following = /^Not enough arguments following: (.*)$/s.exec(error.message)?.[1];
  if (following !== undefined) return new CliError('USAGE', `--${following} needs a value.`, help);
  const choice = /Argument: (\S+), Given: (.*), Choices: (.*)/s.exec(error.message);
  if (choice !== null) {
    const [, option, given, choices] = choice;
    return new CliError('USAGE', `--${option} cannot be ${given}.`, `Choose one of ${choices?.trim()}. ${help}`);
  }
  return new CliError('USAGE', error.message, help);
}

/** What a command lacks when it was typed alone. */
const missingArguments: Readonly<Record<string, string>> = {
  report: 'report needs the file of a saved run.',
  'ipn send': 'ipn send needs the URL of a handler.',
};

/** The command that was typed, with its second word where it has one. */
function findCommand(args: readonly string[]): string | undefined {
  const command = args.find((argument) => commands.includes(argument));
  const longer = args.map((argument) => `${command} ${argument}`).find((candidate) => commands.includes(candidate));
  return longer ?? command;
}

/** yargs throws some of its errors itself, past the handler that would wrap them. */
function isParseError(error: unknown): error is Error {
  return error instanceof ParseError || (error instanceof Error && error.name === 'YError');
}

function describeUnknown(name: string, args: readonly string[], command: string | undefined, help: string): CliError {
  const typed = args.find((argument) => new RegExp(`^--?(?:no-)?${escapePattern(name)}(?:=|$)`).test(argument));
  if (typed !== undefined) {
    const problem = `There is no option ${typed.replace(/=.*/s, '')}${command === undefined ? '' : ` of ${command}`}.`;
    return new CliError('USAGE', problem, `${suggestOption(name, command)}${help}`);
  }
  const below = commands.filter((candidate) => candidate.startsWith(`${command} `));
  if (below.length > 0) {
    const nearest = findNearest(`${command} ${name}`, below);
    const hint = nearest === null ? `Its commands are ${below.join(', ')}. ` : `Did you mean ${nearest}? `;
    return new CliError('USAGE', `There is no command ${command} ${name}.`, `${hint}${help}`);
  }
  const isCommand = args.find((argument) => !argument.startsWith('-')) === name;
  if (!isCommand) return new CliError('USAGE', `There is one argument too many: ${name}`, help);
  const nearest = findNearest(name, commands);
  const hint = nearest === null ? `Commands are ${commands.join(', ')}. ` : `Did you mean ${nearest}? `;
  return new CliError('USAGE', `There is no command ${name}.`, `${hint}${help}`);
}

function suggestOption(name: string, command: string | undefined): string {
  const owner = commands.find((candidate) => optionNames[candidate]?.includes(name));
  if (owner !== undefined && owner !== command) return `It is an option of ${owner}. `;
  const candidates = command === undefined ? Object.values(optionNames).flat() : (optionNames[command] ?? []);
  const nearest = name.length > 1 ? findNearest(name.replaceAll('_', '-'), candidates) : null;
  return nearest === null ? '' : `Did you mean --${nearest}? `;
}
