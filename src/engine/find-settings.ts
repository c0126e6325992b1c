import type { PackageInfo } from '../../codemods/codemod';
import { inPackagesAround } from './packages-around';

/** Where settings are kept whose names say Amazon only together: `[mws]`, then `access_key`. */
const SETTINGS =
  /\.(?:properties|toml|ini|cfg|conf|tf|tfvars|hcl|ya?ml|sh|bash|bat|cmd|ps1|mk)$|(?:^|\/)(?:\.env[^/]*|[^/]+\.env|Dockerfile[^/]*|Procfile|(?:GNU)?[Mm]akefile|Jenkinsfile|(?:web|app)\.config|app\.json)$|(?:^|\/)(?:config|configs|configuration|settings|secrets|env|environments|deploy)\/[^/]+\.(?:json5?|[cm]?[jt]s)$|(?:^|[/.-])(?:config|configuration|settings|env|environment|secrets?|credentials?|keys)(?:\.[\w-]+)*\.(?:json5?|[cm]?[jt]s)$/;
const OF_MWS = /(?<![a-z])mws(?![a-z])|mws[A-Z_]|\bamazon[_.-]?(?:seller|merchant|client)|seller[_-]?id/i;

/** Settings of the packages of the candidates that hold no marker of their own. */
export function findSettings(
  paths: readonly string[],
  candidates: readonly string[],
  packages: readonly PackageInfo[],
  read: (path: string) => Buffer,
): string[] {
  const isAround = inPackagesAround(candidates, packages);
  return paths.filter((path) => SETTINGS.test(path) && isAround(path) && OF_MWS.test(read(path).toString('latin1')));
}
