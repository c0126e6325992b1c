import { escapePattern } from '../../transforms/escape-pattern';
import type { ScriptConfiguration } from '../codemod';

/** A pattern of `include`: a folder means all that is in it. */
function matcherOf(pattern: string): RegExp {
  const source = escapePattern(pattern)
    .replace(/\\\*\\\*\//g, '(?:[^/]+/)*')
    .replace(/\\\*\\\*$/, '.*')
    .replace(/\\\*/g, '[^/]*')
    .replace(/\\\?/g, '[^/]');
  const isFolder = !/[.*?][^/]*$/.test(pattern);
  return new RegExp(`^${source}${isFolder ? '(?:/.*)?' : ''}$`);
}

/**
 * Whether a compiler that is told which files to read is not told of this one: a declaration file that nothing imports is
 * then not seen, and what it declares has no types.
 */
export const isLeftOut = (path: string, configurations: readonly ScriptConfiguration[]): boolean =>
  configurations
    .filter(({ directory }) => directory === '' || path.startsWith(`${directory}/`))
    .some(({ selections = [] }) =>
      selections.some((patterns) => !patterns.some((pattern) => pattern === '' || matcherOf(pattern).test(path))),
    );
