import { PHP_HELPER } from '../../codemods/php/emitted-class';
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
  const others = paths.filter((path) => !given.has(path) && !path.endsWith(PHP_HELPER));
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
