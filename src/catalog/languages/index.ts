import { csharp } from './csharp';
import { go } from './go';
import { java } from './java';
import { php } from './php';
import { python } from './python';
import { ruby } from './ruby';
import { templateKindOf } from './templates';
import type { ForeignLanguage, LanguageName } from './types';

export { foreignEvidence, foreignFiles, foreignMarkers } from './markers';
export { phpEvidence } from './php';
export { phpParameters, phpParametersThatStay } from './php-parameters';
export { otherTemplates, templateKindOf, templateKinds, type TemplateForm, type TemplateKind } from './templates';
export { textOnlyLanguageOf, textOnlyNames, type TextOnlyLanguage } from './text-only';
export { languageNames } from './types';
export type { ForeignLanguage, ForeignPackage, ForeignSdk, LanguageName, LegacyClass, LegacyRole } from './types';

/** Every language besides JavaScript that is read by its syntax. */
export const foreignLanguages: Readonly<Record<LanguageName, ForeignLanguage>> = {
  php,
  python,
  ruby,
  java,
  csharp,
  go,
};

/** The language of the code in a file: its own, or that of the server in a template. */
export const codeLanguageOf = (path: string, text: string): ForeignLanguage | undefined => {
  const template = templateKindOf(path, text);
  return template === undefined ? foreignLanguageOf(path) : foreignLanguages[template.language];
};

/** The language of a file, by its name. */
export const foreignLanguageOf = (path: string): ForeignLanguage | undefined =>
  Object.values(foreignLanguages).find(({ files }) => files.test(path));
