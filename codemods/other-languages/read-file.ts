import type { ForeignLanguage, LanguageName } from '../../src/catalog/languages';
import type { SourceUnit } from '../codemod';
import { parseWith } from '../grammars';
import { createGrammarReader } from './grammar-reader';
import type { FileNames } from './names';
import { readNames, type NameReader } from './read-names';
import { csharp } from './readers/csharp';
import { go } from './readers/go';
import { java } from './readers/java';
import { createPhpReader } from './readers/php';
import { python } from './readers/python';
import { ruby } from './readers/ruby';
import { copyTree } from './syntax';

const readers: Readonly<Record<LanguageName, () => NameReader>> = {
  php: createPhpReader,
  python: () => createGrammarReader(python),
  ruby: () => createGrammarReader(ruby),
  java: () => createGrammarReader(java),
  csharp: () => createGrammarReader(csharp),
  go: () => createGrammarReader(go),
};

/**
 * Reads what a file says of names.
 *
 * @throws GrammarError when there is no grammar for the language on this machine
 */
export const readFile = (unit: SourceUnit, language: ForeignLanguage): FileNames =>
  readNames(unit, language, copyTree(language.name, parseWith(language.name, unit.text)), readers[language.name]());
