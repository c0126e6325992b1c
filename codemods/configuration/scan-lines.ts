import { type KeyPlace, MAX_LINE_LENGTH } from './key-place';

/** `KEY=`, `key:`, `- KEY=`, `export KEY=`, `ENV KEY=`, `"key" =`; the name is the first group. */
const KEY = /^(\s*(?:-\s+)?(?:(?:export|set|setx|ENV|ARG)\s+)?["']?)([A-Za-z_][\w.-]*)["']?\s*[?:+]?[:=]/;
/** `- KEY` in a list of variables that are passed through, `ARG KEY` in a Dockerfile. */
const BARE = /^(\s*(?:-|ARG)\s+["']?)([A-Z][A-Z0-9_]+)["']?\s*(?:#.*)?$/;
/** `variable "mws_access_key" {` */
const TERRAFORM_BLOCK = /^(\s*(?:variable|output|resource\s+"[\w-]+"|data\s+"[\w-]+")\s+")([\w-]+)"/;
/** `name: KEY` and `key: KEY`: Kubernetes, ECS and Helm name variables in values. */
const NAMED =
  /^(\s*(?:-\s+)?["']?(?:name|key|secretName|Name)["']?\s*[:=]\s*["']?(?:[\w./-]*\/)?)([A-Za-z_][\w.-]*)["']?\s*,?\s*(?:#.*)?$/;
/** `{ name = "KEY", value = … }`: the same on one line with others. */
const NAMED_WITHIN = /[{,]\s*["']?(?:name|Name)["']?\s*[:=]\s*["']([A-Za-z_][\w.-]*)["']/g;
/** `ENV KEY value` in a Dockerfile */
const ENV = /^(\s*ENV\s+)([A-Za-z_]\w*)\s+[^\s=]/;
/** `<add key="KEY" value="…" />` of web.config */
const XML = /^(\s*<\w+\s[^>]*?\b(?:key|name)=["'])([A-Za-z_][\w.:-]*)["']/;
/** `["KEY=value"]`, `run: KEY=value npm test`, `ENV A=1 KEY=value` */
const INLINE = /(?<=[\s"'`;&|([])([A-Z][A-Z0-9]*_[A-Z0-9_]+)=/g;
/** `{ KEY: …, KEY: … }` */
const FLOW_KEY = /[{,]\s*["']?([A-Za-z_][\w.-]*)["']?\s*[:=]/g;
/** `${KEY}`, `$KEY`, `$(KEY)`, `$env:KEY`, `%KEY%`, `${{ secrets.KEY }}`, `var.key`, `{{ .Values.amazon.key }}`, `-e KEY` */
const REFERENCE =
  /(?:\$\{\{?\s*(?:secrets\.|env\.|vars\.)?|\$(?:env:|\(|\$)?|%|(?<=\s)(?:-e|--env)[= ]\s*|\bvar\.|\blocal\.|\.Values\.(?:[\w-]+\.)*)([A-Za-z_]\w*)/g;
const SECTION = /^\s*\[+\s*["']?([^\]"']+)["']?\s*\]+\s*(?:[#;].*)?$/;
const COMMENT = /^\s*(?:#|\/\/|;|!|\/\*|\*|REM\b)/;

interface Level {
  readonly indent: number;
  readonly name: string;
}

/** The names on one line; a line that has a key of its own names nothing else worth a second place. */
function namesOn(line: string): { readonly name: string; readonly at: number; readonly kind: KeyPlace['kind'] }[] {
  const found: { name: string; at: number; kind: KeyPlace['kind'] }[] = [];
  const add = (name: string | undefined, at: number, kind: KeyPlace['kind']): void => {
    if (name !== undefined && !found.some((other) => other.at === at)) found.push({ name, at, kind });
  };
  for (const pattern of [TERRAFORM_BLOCK, KEY, BARE, ENV, NAMED, XML]) {
    const match = pattern.exec(line);
    if (match !== null) add(match[2], match[1]?.length ?? 0, pattern === NAMED ? 'reference' : 'key');
  }
  if (/[{,]/.test(line))
    for (const match of line.matchAll(FLOW_KEY)) add(match[1], match.index + match[0].indexOf(match[1] ?? ''), 'key');
  for (const match of line.matchAll(NAMED_WITHIN))
    add(match[1], match.index + match[0].length - (match[1]?.length ?? 0) - 1, 'reference');
  for (const match of line.matchAll(INLINE)) add(match[1], match.index, 'key');
  for (const match of line.matchAll(REFERENCE))
    add(match[1], match.index + match[0].length - (match[1]?.length ?? 0), 'reference');
  return found;
}

/** Keys of a file that is read line by line: dotenv, YAML, TOML, INI, properties, Terraform, Dockerfile. */
export function scanLines(text: string): KeyPlace[] {
  const places: KeyPlace[] = [];
  let levels: Level[] = [];
  let section: string[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    if (line.length > MAX_LINE_LENGTH || COMMENT.test(line) || line.trim() === '') continue;
    const header = SECTION.exec(line)?.[1];
    if (header !== undefined) {
      section = header.split('.').map((part) => part.trim());
      levels = [];
      continue;
    }
    const indent = /^\s*/.exec(line)?.[0].length ?? 0;
    levels = levels.filter((level) => level.indent < indent);
    const parents = [...section, ...levels.map(({ name }) => name)];
    const names = namesOn(line);
    for (const { name, at, kind } of names)
      places.push({ name, parents, start: start + at, end: start + at + name.length, kind });
    const opener = /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*(?::\s*(?:[|>][+-]?\d*|[&!]\S+)?|=?\s*\{)\s*(?:#.*)?\r?$/.exec(
      line,
    )?.[1];
    if (opener !== undefined) levels.push({ indent, name: opener });
  }
  return places;
}
