import type { PackageInfo } from '../../codemods/codemod';
import { directoriesAbove, directoryOf } from '../workspace/directories';
import { isScript } from './check-syntax';

/** Where settings are kept whose names say Amazon only together: `[mws]`, then `access_key`. */
const SETTINGS =
  /\.(?:properties|toml|ini|cfg|conf|tf|tfvars|hcl|ya?ml|sh|bash|bat|cmd|ps1|mk)$|(?:^|\/)(?:\.env[^/]*|[^/]+\.env|Dockerfile[^/]*|Procfile|(?:GNU)?[Mm]akefile|Jenkinsfile|(?:web|app)\.config|app\.json)$|(?:^|\/)(?:config|configs|configuration|settings|secrets|env|environments|deploy)\/[^/]+\.(?:json5?|[cm]?[jt]s)$|(?:^|[/.-])(?:config|configuration|settings|env|environment|secrets?|credentials?|keys)(?:\.[\w-]+)*\.(?:json5?|[cm]?[jt]s)$/;
const OF_MWS = /(?<![a-z])mws(?![a-z])|mws[A-Z_]|\bamazon[_.-]?(?:seller|merchant|client)/i;

/** Settings of the packages of the candidates that hold no marker of their own. */
export function findSettings(
  paths: readonly string[],
  candidates: readonly string[],
  packages: readonly PackageInfo[],
  read: (path: string) => Buffer,
): string[] {
  const above = directoriesAbove(candidates.filter(isScript));
  const around = new Set(packages.flatMap(({ directory }) => (above.has(directory) ? [directory] : [])));
  if (around.size === 0) return [];
  const own = new Set(packages.map(({ directory }) => directory));
  const packageOf = (path: string): string => {
    let directory = directoryOf(path);
    while (directory !== '' && !own.has(directory)) directory = directoryOf(directory);
    return directory;
  };
  return paths.filter(
    (path) => SETTINGS.test(path) && around.has(packageOf(path)) && OF_MWS.test(read(path).toString('latin1')),
  );
}
