import type { Settings } from './settings';

/** The path and options that shaped a run, as arguments: the next command must be about the same files and rules. */
export function toScopeArguments(settings: Settings, command: 'audit' | 'migrate'): string[] {
  return [
    ...(settings.path === '.' ? [] : [settings.path.startsWith('-') ? `./${settings.path}` : settings.path]),
    ...(command === 'migrate' && settings.strategy !== 'instead' ? ['--strategy', settings.strategy] : []),
    ...(command === 'migrate' && settings.scaffold ? ['--scaffold'] : []),
    ...repeat('--only', settings.only),
    ...repeat('--skip', settings.skip),
    ...repeat('--include', settings.include),
  ];
}

function repeat(option: string, values: readonly string[]): string[] {
  return values.flatMap((value) => [option, value]);
}
