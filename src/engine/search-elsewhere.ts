import { PHP_HELPER } from '../../codemods/php/emitted-class';
import { foreignLanguageOf } from '../catalog/languages';
import { decode } from '../workspace/decode-text';
import { FileReader } from './read-files';

/**
 * Searches the PHP files that the codemods are not given, since nothing in them says that they use legacy Amazon Pay: a
 * function is called by its name from anywhere. They are read only when a codemod asks, once for each question.
 */
export function createSearch(
  root: string,
  paths: readonly string[],
  given: ReadonlySet<string>,
): (pattern: RegExp) => string | undefined {
  const reader = new FileReader(root);
  const others = paths.filter(
    (path) => !given.has(path) && foreignLanguageOf(path)?.name === 'php' && !path.endsWith(PHP_HELPER),
  );
  const answers = new Map<string, string | undefined>();
  return (pattern) => {
    const question = pattern.toString();
    if (!answers.has(question))
      answers.set(
        question,
        others.find((path) => pattern.test(decode(reader.bytes(path)).text)),
      );
    return answers.get(question);
  };
}
