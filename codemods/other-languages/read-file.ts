import {
  templateKindOf,
  type ForeignLanguage,
  type LanguageName,
  type TemplateForm,
} from '../../src/catalog/languages';
import { readServerCode } from '../carriers/server-code';
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
export function readFile(unit: SourceUnit, language: ForeignLanguage): FileNames {
  const template = templateKindOf(unit.path, unit.text);
  return template === undefined || template.form === 'php'
    ? readCode(unit, language, '')
    : readTemplate(unit, language, template.form);
}

function readCode(unit: SourceUnit, language: ForeignLanguage, head: string): FileNames {
  const tree = copyTree(language.name, parseWith(language.name, head + unit.text), head.length);
  return readNames(unit, language, tree, readers[language.name]());
}

/** Names of these files count in all of their kind. */
const SHARED = /(?:^|\/)(?:_ViewImports\.cshtml|_Imports\.razor)$/i;

/** The code of the server in a page, which is blank there; offsets are those of the file. */
function readTemplate(unit: SourceUnit, language: ForeignLanguage, form: TemplateForm): FileNames {
  const { code, imports, typed } = readServerCode(form, unit.path, unit.text);
  const file = readCode({ ...unit, text: code }, language, form === 'blade' ? '<?php ' : '');
  const shared = SHARED.test(unit.path) ? ({ isGlobal: true } as const) : {};
  for (const { local, target, start, end } of imports)
    file.imports.push({ local, target, node: { start, end }, ...shared });
  for (const { name, type } of typed) file.typed.push({ scope: file.root, name, type, member: false });
  return file;
}
