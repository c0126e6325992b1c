const MASK = '***';

/** Names whose values are nobody's business. */
const SECRET_NAME = String.raw`[\w$.-]*(?:secret|private[_-]?key|access[_-]?key(?:[_-]?id)?|auth[_-]?token|password|passphrase|signature)[\w$-]*`;

const PATTERNS: readonly [pattern: RegExp, replacement: string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
  [/\bA(?:KIA|SIA)[A-Z0-9]{12,}\b/g, MASK],
  [/\b(?:amzn\.mws|amzn1\.oa2-cs)[\w.-]{12,}/g, MASK],
  // key: 'value', "key": "value", key = 'value'
  [
    new RegExp(String.raw`((['"]?)${SECRET_NAME}\2\s*[:=]\s*)(['"\x60])((?:(?!\3)[^\\\n]|\\.)+)\3`, 'gi'),
    `$1$3${MASK}$3`,
  ],
  // KEY=value and key: value as in .env and YAML; code (process.env.X, config.x, calls) is no value
  [
    new RegExp(
      String.raw`^(\s*(?:export\s+|-\s+)?${SECRET_NAME}\s*[:=]\s*)(?!['"\x60*{$]|process\.|[\w$]+[.([])([^\s'"#,;]{8,})`,
      'gim',
    ),
    `$1${MASK}`,
  ],
];

/** Replaces what looks like a credential; names stay, so that one sees what was there. */
export function maskSecrets(text: string): string {
  return PATTERNS.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
}
