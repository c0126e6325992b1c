import type { Span } from './names';

/** Tables that list packages: `[project.optional-dependencies]`, `[tool.poetry.group.dev.dependencies]`, `[packages]`. */
const TABLE = /(?:^|[.-])(?:dependencies|dependency-groups|packages|dev-packages)$/;
/** Lists of packages in other tables: `dependencies` of `[project]`, `requires` of `[build-system]`. */
const LIST = /^(?:(?:[\w-]+-)?dependencies|requires|install_requires|extras)$/;

const HEADER = /^\s*\[\[?\s*([^\]]+?)\s*\]/;
const KEY = /^\s*["']?([\w.-]+)["']?\s*=/;
const QUOTED = /(["'])([\w.-]+)(?=\s*(?:\1|[[=<>~!;@,( ]))/g;

/** Where a TOML file lists a package: as a key, as a table of its own, or as text in a list. */
export function findTomlRequirements(text: string, name: RegExp): Span[] {
  const found: Span[] = [];
  let table = '';
  let key = '';
  let offset = 0;
  for (const line of text.split('\n')) {
    const add = (part: string, from: number): void => {
      const start = offset + line.indexOf(part, from);
      if (name.test(part)) found.push({ start, end: start + part.length });
    };
    const header = HEADER.exec(line)?.[1];
    if (header !== undefined && KEY.exec(line) === null && !/^\s*\[\s*["']/.test(line)) {
      [table, key] = [header, ''];
      const own = /^(.*)\.["']?([\w-]+)["']?$/.exec(header);
      if (own !== null && TABLE.test(own[1] ?? '')) add(own[2] ?? '', line.indexOf(own[1] ?? ''));
    } else {
      const written = KEY.exec(line)?.[1];
      if (written !== undefined) key = written;
      if (written !== undefined && TABLE.test(table)) add(written, 0);
      if (TABLE.test(table) || LIST.test(key))
        for (const { index, 2: part = '' } of line.matchAll(QUOTED)) if (written !== part) add(part, index);
    }
    offset += line.length + 1;
  }
  return found;
}
