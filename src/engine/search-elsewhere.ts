import type { CodemodInput } from '../../codemods/codemod';
import { decode } from '../workspace/decode-text';
import { FileReader } from './read-files';

/**
 * Searches the files that the codemods are not given, since nothing in them says that they use legacy Amazon Pay: a function
 * is called by its name from anywhere. They are read only when a codemod asks, once for all that it asks together.
 */
export function createSearch(
  root: string,
  paths: readonly string[],
  given: ReadonlySet<string>,
): NonNullable<CodemodInput['searchElsewhere']> {
  const others = paths.filter((path) => !given.has(path));
  return (questions) => {
    const reader = new FileReader(root);
    const answers = questions.map((): string | undefined => undefined);
    for (const path of others) {
      const open = [...questions.entries()].filter(
        ([index, { isWanted }]) => answers[index] === undefined && isWanted(path),
      );
      if (open.length === 0) continue;
      const { text } = decode(reader.bytes(path));
      for (const [index, { pattern }] of open) if (pattern.test(text)) answers[index] = path;
    }
    return answers;
  };
}
