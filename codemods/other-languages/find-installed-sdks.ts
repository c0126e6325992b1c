import { foreignLanguages, languageNames, type ForeignPackage, type LanguageName } from '../../src/catalog/languages';
import { escapePattern } from '../../transforms/escape-pattern';
import { findInstalled, type InstallCommand } from '../carriers/install-commands';
import type { SourceUnit } from '../codemod';
import { pythonName } from './manifest-entries';
import type { Span } from './names';

/** How the packages of a language are installed, and what fetches the sources of any. */
const COMMANDS: Readonly<Record<LanguageName, readonly InstallCommand[]>> = {
  php: [['composer(?:\\.phar)?', 'require']],
  python: [['(?:pip[\\d.]*|pipenv|poetry|pdm|uv|rye|conda|mamba)', '(?:install|add)']],
  ruby: [
    ['gem', 'install'],
    ['bundle', 'add'],
  ],
  java: [['mvnw?', '\\S*dependency:\\S+']],
  csharp: [
    ['dotnet', 'add', 'package'],
    ['dotnet', 'package', 'add'],
    ['paket', 'add'],
    ['nuget', 'install'],
    ['Install-Package'],
  ],
  go: [['go', '(?:get|install)']],
};
const FETCH: readonly InstallCommand[] = [['git', '(?:clone|add)'], ['(?:curl|wget)']];

interface Installed {
  readonly language: LanguageName;
  readonly row: ForeignPackage;
  readonly place: Span;
}

/** Legacy SDKs that a command of a file installs, or whose sources it fetches. */
export function findInstalledSdks(unit: SourceUnit): Installed[] {
  return languageNames.flatMap((language) =>
    foreignLanguages[language].packages.flatMap((row) => {
      const own = COMMANDS[language];
      const name = escapePattern(row.name);
      const named = findInstalled(unit, own, language === 'python' ? pythonName(name) : name);
      const fetched =
        row.repository === undefined
          ? []
          : findInstalled(unit, [...own, ...FETCH], `(?<=[/:])${escapePattern(row.repository)}(?=[/.@#"'\\s]|$)`);
      const others = fetched.filter(({ end }) => !named.some((one) => one.end === end));
      return [...named, ...others].map((place) => ({ language, row, place }));
    }),
  );
}
