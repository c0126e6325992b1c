import { hasModules, ModulePaths, type NamedText } from './module-paths';
import type { FileNames } from './names';

/** Where an import leads: into a module or, where classes hold what is static, into a class. */
export type Imported =
  | { readonly kind: 'module'; readonly module: string; readonly name?: string }
  | { readonly kind: 'class'; readonly owner: string; readonly name: string };

/** The modules of the merchant, by the names under which files import them. */
export class ImportedModules {
  private readonly byPath: ReadonlyMap<string, FileNames>;
  private readonly paths: ModulePaths | undefined;
  private readonly byFolder = new Map<string, FileNames[]>();

  constructor(files: readonly FileNames[], texts: readonly NamedText[]) {
    this.byPath = new Map(files.map((file) => [file.unit.path, file]));
    const language = files[0]?.language.name;
    if (language === undefined || !hasModules(language)) return;
    this.paths = new ModulePaths(language, [...this.byPath.keys()], texts);
    for (const file of files) {
      const folder = folderOf(file);
      this.byFolder.set(folder, [...(this.byFolder.get(folder) ?? []), file]);
    }
  }

  /** What a file imports under a name. */
  importOf(file: FileNames, local: string): Imported | undefined {
    const target = file.imports.find((one) => one.local === local)?.target;
    if (target === undefined) return undefined;
    switch (file.language.name) {
      case 'go':
        return { kind: 'module', module: target };
      case 'python':
        return splitTarget(target);
      case 'java': {
        const [, owner, name] = /(?:^|\.)([A-Z]\w*)\.(\w+)$/.exec(target) ?? [];
        return owner === undefined || name === undefined ? undefined : { kind: 'class', owner, name };
      }
      default:
        return undefined;
    }
  }

  /** Where a module takes a name from that it hands on. */
  exportOf(file: FileNames, name: string): Imported | undefined {
    if (file.language.name !== 'python') return undefined;
    const own = this.importOf(file, name);
    if (own !== undefined) return own;
    const all = file.imports.find(({ local, target }) => local === '*' && this.filesOf(file, target).length > 0);
    return all === undefined ? undefined : { kind: 'module', module: all.target, name };
  }

  /** The files whose names a file knows without an import: those of its package. */
  packageOf(file: FileNames): readonly FileNames[] {
    return file.language.name === 'go' ? (this.byFolder.get(folderOf(file)) ?? []) : [];
  }

  /** The files of a module. */
  filesOf(importer: FileNames, module: string): readonly FileNames[] {
    const paths = this.paths?.resolve(importer.unit.path, module) ?? [];
    return paths.flatMap((path) => this.byPath.get(path) ?? []);
  }

  /** Whether a name is that of a module of the merchant, or of one that holds such modules. */
  isKnown(importer: FileNames, module: string): boolean {
    return this.filesOf(importer, module).length > 0 || this.paths?.holds(importer.unit.path, module) === true;
  }
}

/** `a.b.c`: the name c of the module a.b, which may be a module itself. */
function splitTarget(target: string): Imported {
  const [, before = '', name = ''] = /^(.*?)([^.]*)$/.exec(target) ?? [];
  const module = /^\.*$/.test(before) ? before : before.slice(0, -1);
  return module === '' || name === '' ? { kind: 'module', module: target } : { kind: 'module', module, name };
}

const folderOf = (file: FileNames): string => file.unit.path.replace(/[^/]*$/, '');
