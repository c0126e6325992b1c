import { csharp } from './csharp';
import { go } from './go';
import { java } from './java';
import { php } from './php';
import { python } from './python';
import { ruby } from './ruby';
import type { ForeignLanguage, LanguageName } from './types';

export { foreignEvidence, foreignFiles, foreignMarkers } from './markers';
export { phpEvidence } from './php';
export { phpParameters, phpParametersThatStay } from './php-parameters';
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

/** The language of a file, by its name. */
export const foreignLanguageOf = (path: string): ForeignLanguage | undefined =>
  Object.values(foreignLanguages).find(({ files }) => files.test(path));
