import type { ForeignLanguage, LanguageName } from '../../src/catalog/languages';
import type { SourceUnit } from '../codemod';
import { parseWith } from '../grammars';
import type { FileNames } from './names';
import { createPhpReader } from './php/read';
import { readNames, type NameReader } from './read-names';
import { copyTree } from './syntax';

const readers: Readonly<Record<LanguageName, (() => NameReader) | undefined>> = {
  php: createPhpReader,
  python: undefined,
  ruby: undefined,
  java: undefined,
  csharp: undefined,
  go: undefined,
};

/**
 * Reads what a file says of names.
 *
 * @throws GrammarError when there is no grammar for the language on this machine
 */
export function readFile(unit: SourceUnit, language: ForeignLanguage): FileNames | undefined {
  const create = readers[language.name];
  return create === undefined
    ? undefined
    : readNames(unit, language, copyTree(parseWith(language.name, unit.text)), create());
}
