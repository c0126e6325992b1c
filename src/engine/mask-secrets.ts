/** A range of a text that holds a credential. */
interface Secret {
  readonly start: number;
  readonly end: number;
}

const MASK = '***';

/** Names whose values are credentials. */
const NAME =
  '[\\w.-]{0,40}(?:(?:access|secret|private|signing)[_.-]?key(?:[_.-]?id)?|client[_.-]?secret|(?:auth|access|refresh|bearer)[_.-]?token|mws[_.-]?token|secret[_.-]?access[_.-]?key|passw(?:or)?d|passphrase|(?:mws|amazon|lwa|api|app)[_.-]?secret)[\\w-]{0,20}';
/** `: `, `=`, `=>`, `:=`, `===`, `||`, `??`, a type annotation before `=`. */
const SEPARATOR = '\\s{0,20}(?::\\s{0,4}string\\s{0,4}=|:=|={1,3}>?|!={1,2}|:|\\|\\||\\?\\?=?)\\s{0,20}';

/** From a name to `value = "…"`: an attribute, an object, the next line; with no other name in between. */
const TO_VALUE =
  '["\'`]?[ \\t]{0,4}[,;]?(?:[ \\t]{0,4}[:=]?[ \\t]{0,4}\\{(?:(?!name)[^{}]){0,400}?|\\s{1,40}|[ \\t](?:(?!name)[^<>\\r\\n]){0,80}?)["\']?\\b(?:value|default)["\']?[ \\t]{0,20}[:=][ \\t]{0,20}';

/** Ranges are those of the group `value`. */
const patterns: readonly RegExp[] = [
  /(?<value>-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,10000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$(?![\s\S])))/dg,
  /\b(?<value>(?:AKIA|ASIA)[A-Z0-9]{12,20})\b/dg,
  /\b(?<value>amzn\.mws\.[0-9a-f-]{20,60})/dg,
  /\b(?<value>amzn1\.oa2-cs\.[\w.-]{20,200})/dg,
  // MWS secrets are 40 characters of base64; mixed case tells them from the hash of a commit.
  /(?<![A-Za-z0-9+/=_-])(?<value>(?=[A-Za-z0-9+/]{0,39}[A-Z])(?=[A-Za-z0-9+/]{0,39}[a-z])(?=[A-Za-z0-9+/]{0,39}[0-9])[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=_-])/dg,
  new RegExp(
    `${NAME}["'\`]?\\]?\\)?${SEPARATOR}(?<quote>["'\`])(?<value>(?:\\\\.|(?!\\k<quote>)[^\\\\\\r\\n]){1,4000})\\k<quote>`,
    'dgi',
  ),
  // `set('mws.secretKey', 'value')`, `--secret-key value`
  new RegExp(`["'\`]${NAME}["'\`]\\s{0,10},\\s{0,10}(?<quote>["'\`])(?<value>[\\w+/=.-]{16,400})\\k<quote>`, 'dgi'),
  new RegExp(`<(?<tag>${NAME})>(?<value>[^<\\r\\n]{1,4000})</`, 'dgi'),
  new RegExp(
    `${NAME}${TO_VALUE}(?<quote>["'\`])(?<value>(?:\\\\.|(?!\\k<quote>)[^\\\\\\r\\n]){1,4000})\\k<quote>`,
    'dgi',
  ),
];

/** Words without quotes; in a script they may be code. */
const barePatterns: readonly RegExp[] = [
  // dotenv, YAML, ini, properties
  new RegExp(
    `(?:^|[\\r\\n])[ \\t]*(?:(?:export|ENV|ARG|-)[ \\t]+)?${NAME}[ \\t]*[=:][ \\t]*(?<value>[^\\s"'\`#;,{}()][^\\r\\n#]{0,4000}?)[ \\t]*(?=[\\r\\n#]|$)`,
    'dgi',
  ),
  new RegExp(`(?:^|[\\r\\n])[ \\t]*ENV[ \\t]+${NAME}[ \\t]+(?<value>[^\\s=#]{1,400})`, 'dgi'),
  // A variable before a command, or in a list: `run: KEY=value npm test`, `["KEY=value"]`
  new RegExp(`(?<=[\\s"'\`;&|([])${NAME}=(?<value>[^\\s"'\`,;&|()[\\]={}]{1,400})`, 'dgi'),
];

/** The same in files that hold no code at all. */
const configurationPatterns: readonly RegExp[] = [
  new RegExp(`[{,][ \\t]*["']?${NAME}["']?[ \\t]*[:=][ \\t]*(?<value>[^\\s"'\`,;{}()[\\]]{1,400})`, 'dgi'),
  new RegExp(`${NAME}${TO_VALUE}(?<value>[^\\s"'\`,;{}()[\\]]{1,400})`, 'dgi'),
  // A value in quotes that goes on in the next line.
  new RegExp(
    `${NAME}[ \\t]*[=:][ \\t]*(?<quote>["'])(?<value>(?:\\\\.|(?!\\k<quote>)[^\\\\]){1,4000})\\k<quote>`,
    'dgi',
  ),
];

/** In a shell every bare word is a value: what is read from elsewhere begins with `$` or a backtick. */
const shellValues = ['(?<value>[^\\s"\'`;&|(){}]{1,4000})', '(?<quote>["\'])(?<value>[^"\'\\r\\n]{1,4000})\\k<quote>'];
const shellPatterns: readonly RegExp[] = [
  ...shellValues.flatMap((value) => [
    // `KEY=value`, `${KEY:-value}`, `set KEY=value`, `client_secret=value&…` in the body of a request
    new RegExp(`(?<![\\w.-])${NAME}(?::?[=-]|\\+=)${value}`, 'dgi'),
    // `setx KEY value`, `setenv KEY value`, `--secret-key value`
    new RegExp(`(?:\\b(?:setx|setenv)[ \\t]+|--)${NAME}[ \\t]+${value}`, 'dgi'),
  ]),
  // A header: `-H "X-Client-Secret: value"`
  new RegExp(`(?<![\\w.-])${NAME}:[ \\t]+(?<value>[^"'\`\\r\\n]{1,4000})`, 'dgi'),
];

/** Values that only say where the credential is: other variables, templates, placeholders. */
function isReference(value: string): boolean {
  return (
    /^(?:process\.env\b|env\.|import\.meta\b|\$\{|\$[A-Za-z_({]|\{\{|<%|%[A-Z_]+%|!|ref\+|arn:|vault:|\$[\d@*]|\$$)/.test(
      value,
    ) ||
    // A template literal whose text comes from elsewhere.
    /^\$\{[^}]*\}$/.test(value) ||
    // The name of a variable: MWS_SECRET_KEY.
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) ||
    /^(?:true|false|null|undefined|none|string|String)$/.test(value)
  );
}

/** Code, not a value: `config.mws.secretKey`, `read('key')`, `secretKey`. */
const isExpression = (value: string): boolean =>
  /^(?:[A-Za-z_$][\w$]*)(?:\??\.[A-Za-z_$][\w$]*|\[[^\]]*\])+[;,]?$|[()[\]{};]|,$|=>/.test(value) ||
  /^[A-Za-z_$][\w$]*;$/.test(value);

/** A bare word in a script is a variable; in a configuration file it is the value. */
const looksRandom = (value: string): boolean => /[0-9+/=-]/.test(value) && value.length >= 8;

/** What an unquoted word is: a variable in `code`, a value in `configuration` and in a `shell`. */
type Kind = 'code' | 'configuration' | 'shell';

const byKind: Readonly<Record<Kind, { readonly bare: readonly RegExp[]; readonly certain: readonly RegExp[] }>> = {
  code: { bare: barePatterns, certain: patterns },
  configuration: { bare: [...barePatterns, ...configurationPatterns], certain: patterns },
  shell: { bare: [], certain: [...patterns, ...shellPatterns] },
};

/** Finds credentials, sorted. */
function findSecrets(text: string, kind: Kind): Secret[] {
  const found: Secret[] = [];
  const { bare, certain } = byKind[kind];
  for (const pattern of [...certain, ...bare]) {
    const isBare = bare.includes(pattern);
    for (const match of text.matchAll(pattern)) {
      const range = match.indices?.groups?.['value'];
      const value = match.groups?.['value'];
      if (range === undefined || value === undefined || value === MASK || isReference(value)) continue;
      if (isBare && (isExpression(value) || !(kind === 'configuration' || looksRandom(value)))) continue;
      found.push({ start: range[0], end: range[1] });
    }
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * Replaces credentials by `***`; line breaks inside them stay, so that lines keep their numbers. Names of variables and
 * code that reads a credential from elsewhere stay as they are.
 *
 * @param path decides whether a bare word is a value (`.env`, `.sh`) or a variable (`.js`)
 */
export function maskSecrets(text: string, path = ''): string {
  let result = '';
  let from = 0;
  for (const { start, end } of findSecrets(text, kindOf(path))) {
    if (end <= from) continue;
    const first = Math.max(start, from);
    result += text.slice(from, first) + maskLines(text.slice(first, end));
    from = end;
  }
  return result + text.slice(from);
}

/** Whether something in a text looks like a credential. */
export const holdsSecret = (text: string): boolean => findSecrets(text, 'code').length > 0;

const maskLines = (secret: string): string => secret.replace(/[^\r\n]+/g, MASK);

const kindOf = (path: string): Kind =>
  isShellFile(path) ? 'shell' : isConfigurationFile(path) ? 'configuration' : 'code';

const isShellFile = (path: string): boolean =>
  /(?:^|\/)(?:Makefile|Procfile|Jenkinsfile|\.(?:bash|zsh)[^/]*|\.profile)$|\.(?:sh|bash|zsh|ksh|csh|fish|bat|cmd|ps1|mk)(?:\.\w+)?$/i.test(
    path,
  );

const isConfigurationFile = (path: string): boolean =>
  /(?:^|\/)(?:\.env[^/]*|[^/]+\.env|\.npmrc|\.envrc|Dockerfile[^/]*)$|\.(?:ya?ml|ini|cfg|conf|properties|toml|tf|tfvars|hcl|xml|config|json5?|txt)(?:\.\w+)?$/i.test(
    path,
  );
