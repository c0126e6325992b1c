import { parse } from 'jsonc-parser';
import { z } from 'zod';
import type { ScriptConfiguration } from '../../codemods/codemod';
import { directoryOf, joinInside } from './directories';

const CONFIGURATION = /(?:^|\/)(?:tsconfig(?:\.[\w.-]+)?|jsconfig)\.json$/;
/** A chain of `extends` that is longer goes in a circle. */
const MAX_CHAIN = 10;

const list = z.array(z.string()).optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const schema = z.object({
  extends: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .optional()
    .catch(undefined),
  files: list,
  include: list,
  compilerOptions: z
    .object({
      baseUrl: text,
      module: text,
      moduleResolution: text,
      paths: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

interface Options extends Partial<Omit<ScriptConfiguration, 'directory' | 'selections'>> {
  readonly files?: readonly string[];
  readonly include?: readonly string[];
}

/**
 * Reads what tsconfig.json and jsconfig.json say about how modules are named. Several in one folder
 * (`tsconfig.app.json` beside a `tsconfig.json` that only refers to it) count together.
 *
 * @param read the text of a file; undefined where there is none or it cannot be read
 */
export function findConfigurations(
  paths: readonly string[],
  read: (path: string) => string | undefined,
): ScriptConfiguration[] {
  const optionsOf = (path: string, depth = 0): Options => {
    const content = depth > MAX_CHAIN ? undefined : read(path);
    const found = content === undefined ? undefined : schema.safeParse(parse(content.replace(/^\uFEFF/, '')));
    if (found?.success !== true) return {};
    const directory = directoryOf(path);
    const inherited = (found.data.extends ?? [])
      .filter((one) => one.startsWith('.'))
      .map((one) => joinInside(directory, one.endsWith('.json') ? one : `${one}.json`))
      .reduce<Options>(
        (options, base) => ({ ...options, ...(base === undefined ? {} : optionsOf(base, depth + 1)) }),
        {},
      );
    const { baseUrl, paths: aliases, module = '', moduleResolution = '' } = found.data.compilerOptions ?? {};
    const base = baseUrl === undefined ? inherited.baseUrl : joinInside(directory, baseUrl);
    const below = (patterns: readonly string[]): string[] =>
      patterns.flatMap((pattern) => joinInside(directory, pattern.replace(/^\$\{configDir\}\//, '')) ?? []);
    const { files, include } = found.data;
    const isSet = module !== '' || moduleResolution !== '';
    return {
      ...inherited,
      ...(files === undefined ? {} : { files: below(files) }),
      ...(include === undefined ? {} : { include: below(include) }),
      ...(base === undefined ? {} : { baseUrl: base }),
      ...(aliases === undefined ? {} : { aliases: resolveAliases(aliases, base ?? directory) }),
      ...(isSet ? { namesExtensions: /^node(?:16|18|20|next)$/i.test(moduleResolution || module) } : {}),
    };
  };
  const found = new Map<string, ScriptConfiguration>();
  for (const path of paths.filter((one) => CONFIGURATION.test(one)).sort()) {
    const directory = directoryOf(path);
    const { aliases = [], baseUrl, namesExtensions, files = [], include = [] } = optionsOf(path);
    const other = found.get(directory);
    const base = other?.baseUrl ?? baseUrl;
    const told = [other?.namesExtensions, namesExtensions].filter((one) => one !== undefined);
    const selections = [...(other?.selections ?? []), ...[[...files, ...include]].filter(({ length }) => length > 0)];
    found.set(directory, {
      directory,
      aliases: [...(other?.aliases ?? []), ...aliases],
      ...(base === undefined ? {} : { baseUrl: base }),
      ...(selections.length === 0 ? {} : { selections }),
      ...(told.length === 0 ? {} : { namesExtensions: told.includes(true) }),
    });
  }
  return [...found.values()];
}

const resolveAliases = (
  aliases: Readonly<Record<string, readonly string[]>>,
  base: string,
): ScriptConfiguration['aliases'] =>
  Object.entries(aliases).map(([pattern, targets]) => ({
    pattern,
    targets: targets.flatMap((target) => joinInside(base, target) ?? []),
  }));
