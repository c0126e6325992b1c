import type { LanguageName } from '../../src/catalog/languages';

/** Languages whose files import each other by where they lie. */
export const hasModules = (language: LanguageName): boolean => language === 'python' || language === 'go';

/** `shop/payments/__init__.py` is the module shop.payments; a package of Go is a folder. */
function partsOf(language: LanguageName, path: string): readonly string[] {
  const parts = path.split('/');
  const file = (parts.pop() ?? '').replace(/\.pyw?$/i, '');
  return language === 'go' || file === '__init__' ? parts : [...parts, file];
}

const endsWith = (parts: readonly string[], end: readonly string[]): boolean =>
  end.length <= parts.length && end.every((part, index) => parts[parts.length - end.length + index] === part);

const startsWith = (parts: readonly string[], start: readonly string[]): boolean =>
  start.length <= parts.length && start.every((part, index) => parts[index] === part);

export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/** What go.mod calls the packages of a folder. */
interface GoModule {
  readonly folder: readonly string[];
  readonly name: readonly string[];
}

const goModulesIn = (texts: readonly NamedText[]): GoModule[] =>
  texts.flatMap(({ path, text }) => {
    const name = /(?:^|\/)go\.mod$/.test(path) ? /^module\s+"?([\w./-]+)/m.exec(text)?.[1] : undefined;
    return name === undefined ? [] : [{ folder: path.split('/').slice(0, -1), name: name.split('/') }];
  });

/** Files by the names under which others import them. */
export class ModulePaths {
  /** By the last part of their names. */
  private readonly modules = new Map<string, { readonly parts: readonly string[]; readonly path: string }[]>();

  private readonly goModules: readonly GoModule[];

  /** @param texts among which go.mod may be */
  constructor(
    private readonly language: LanguageName,
    paths: readonly string[],
    texts: readonly NamedText[],
  ) {
    this.goModules = goModulesIn(texts);
    for (const path of paths) {
      const parts = partsOf(language, path);
      const last = parts.at(-1) ?? '';
      this.modules.set(last, [...(this.modules.get(last) ?? []), { parts, path }]);
    }
  }

  /** The files that an import means; of several with as good a claim all. */
  resolve(from: string, target: string): readonly string[] {
    return this.language === 'go' ? this.packageOf(target) : this.moduleOf(from, target);
  }

  private packageOf(target: string): readonly string[] {
    const wanted = target.split('/');
    const folders = this.goModules.flatMap(({ folder, name }) =>
      startsWith(wanted, name) ? [[...folder, ...wanted.slice(name.length)].join('/')] : [],
    );
    const known = (last: string) => this.modules.get(last) ?? [];
    if (this.goModules.length > 0)
      return folders.flatMap((folder) =>
        known(folder.replace(/^.*\//, '')).flatMap(({ parts, path }) => (parts.join('/') === folder ? [path] : [])),
      );
    // Without go.mod packages lie in a folder around, whose name nothing says.
    return known(wanted.at(-1) ?? '').flatMap(({ parts, path }) => (endsWith(wanted, parts) ? [path] : []));
  }

  private moduleOf(from: string, target: string): readonly string[] {
    const { folder, named } = nameOf(from, target);
    const known = this.modules.get([...(folder ?? []), ...named].at(-1) ?? '') ?? [];
    if (folder !== undefined) {
      const wanted = [...folder, ...named].join('/');
      return known.flatMap(({ parts, path }) => (parts.join('/') === wanted ? [path] : []));
    }
    const ending = known.filter(({ parts }) => endsWith(parts, named));
    // Modules are looked for from a folder that is around; which one, settings outside of the code say.
    const around = from.split('/').slice(0, -1);
    const near = ending.filter(({ parts }) => startsWith(around, parts.slice(0, parts.length - named.length)));
    const shortest = Math.min(...near.map(({ parts }) => parts.length));
    return (near.length === 0 ? ending : near.filter(({ parts }) => parts.length === shortest)).map(({ path }) => path);
  }

  /** Whether there are modules below a name: a folder of Python needs no file that says so. */
  holds(from: string, target: string): boolean {
    if (this.language !== 'python') return false;
    const { folder, named } = nameOf(from, target);
    const isBelow = (parts: readonly string[]): boolean =>
      folder === undefined
        ? parts.some((_, index) => index > 0 && endsWith(parts.slice(0, index), named))
        : parts.length > folder.length + named.length && startsWith(parts, [...folder, ...named]);
    return [...this.modules.values()].flat().some(({ parts }) => isBelow(parts));
  }
}

/** The parts of a name in Python, and the folder from which its dots count. */
function nameOf(
  from: string,
  target: string,
): { readonly folder?: readonly string[]; readonly named: readonly string[] } {
  const dots = /^\.*/.exec(target)?.[0].length ?? 0;
  const named = target
    .slice(dots)
    .split('.')
    .filter((part) => part !== '');
  const around = from.split('/').slice(0, -1);
  return dots === 0 ? { named } : { folder: around.slice(0, around.length + 1 - dots), named };
}

const PYTHON_IMPORT = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]*(\([^)]*\)|[^\n]*)|import[ \t]+([^\n]+))/gm;
const GO_IMPORT = /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w./-]+)"/gm;

/** What a text imports, without its tree: modules, and what may be modules of them. */
export function importsIn(language: LanguageName, text: string): string[] {
  if (language === 'go') return [...text.matchAll(GO_IMPORT)].flatMap(([, path]) => path ?? []);
  const names = (list: string): string[] =>
    list
      .replace(/[()]|#[^\n]*/g, ' ')
      .split(',')
      .flatMap((part) => /[\w.]+/.exec(part)?.[0] ?? []);
  return [...text.matchAll(PYTHON_IMPORT)].flatMap(([, from, imported, plain]) => {
    if (from === undefined) return names(plain ?? '');
    return [from, ...names(imported ?? '').map((name) => joinModule(from, name))];
  });
}

/** `from . import a` and `from .a import b` */
export const joinModule = (module: string, name: string): string =>
  module === '' || module.endsWith('.') ? module + name : `${module}.${name}`;
