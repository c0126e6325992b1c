import { PHP_HELPER } from '../../codemods/php/emitted-class';
import { PHP_NOTIFICATION } from '../../codemods/php/emitted-notification';
import { decode } from '../workspace/decode-text';
import { FileReader } from './read-files';

/**
 * Searches the files that the codemods are not given, since nothing in them says that they use legacy Amazon Pay: a function
 * is called by its name from anywhere. They are read only when a codemod asks, once for each question.
 */
export function createSearch(
  root: string,
  paths: readonly string[],
  given: ReadonlySet<string>,
): (pattern: RegExp, files: RegExp) => string | undefined {
  const reader = new FileReader(root);
  const isEmitted = (path: string): boolean => path.endsWith(PHP_HELPER) || path.endsWith(PHP_NOTIFICATION);
  const others = paths.filter((path) => !given.has(path) && !isEmitted(path));
  const answers = new Map<string, string | undefined>();
  return (pattern, files) => {
    const question = `${files} ${pattern}`;
    if (!answers.has(question)) {
      const found = others.find((path) => files.test(path) && pattern.test(decode(reader.bytes(path)).text));
      answers.set(question, found);
    }
    return answers.get(question);
  };
}
