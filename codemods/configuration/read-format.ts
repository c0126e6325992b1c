import type { SourceUnit } from '../codemod';

export type Format = 'lines' | 'json' | 'script';

const NOT_CONFIGURATION =
  /(?:^|\/)(?:package(?:-lock)?|npm-shrinkwrap|composer|bower|deno|tsconfig(?:\.[\w-]+)?|jsconfig)\.json$|(?:^|\/)(?:pnpm-lock|yarn)\.(?:yaml|lock)$|\.lock$/;
const LINES =
  /(?:^|\/)(?:\.env[^/]*|[^/]+\.env|env\.[\w-]+|\.envrc|Dockerfile[^/]*|Procfile|(?:GNU)?[Mm]akefile|Jenkinsfile|(?:web|app)\.config)$|\.(?:sh|bash|zsh|ksh|bat|cmd|ps1|mk|ini|cfg|conf|properties|toml|tf|tfvars|hcl|service|ya?ml|json5|jsonc)(?:\.(?:example|sample|dist|template|tpl|tmpl))?$/i;
const SCRIPTS = new Set(['javascript', 'typescript', 'jsx', 'tsx']);

/** How the names in a file are found; undefined for a file that holds no configuration. */
export function readFormat({ path, language }: SourceUnit): Format | undefined {
  if (NOT_CONFIGURATION.test(path)) return undefined;
  if (language === 'dotenv' || language === 'yaml' || LINES.test(path))
    return SCRIPTS.has(language) ? 'script' : 'lines';
  if (language === 'json') return 'json';
  return SCRIPTS.has(language) ? 'script' : undefined;
}
