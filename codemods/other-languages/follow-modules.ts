import type { Sources } from './collect-sources';
import { legacyOf, type Held, type SourceTable } from './held';
import type { Imported, ImportedModules } from './imported-modules';
import { joinModule } from './module-paths';
import type { FileNames } from './names';

/** A module, by the name under which a file imports it. */
type Module = Pick<Extract<Held['what'], { readonly kind: 'module' }>, 'importer' | 'target'>;

/** What the follower of clients knows besides modules. */
interface Reach {
  best(table: SourceTable, key: string): Held | undefined;
  classNamed(file: FileNames, written: string): Held | undefined;
  ofClass(className: string, name: string): Held | undefined;
}

/** Follows clients through what modules call by a name and hand on to each other. */
export class ModuleFollower {
  /** Names that are being followed, so that circles end. */
  private readonly following = new Set<string>();

  constructor(
    private readonly sources: Sources,
    private readonly modules: ImportedModules,
    private readonly reach: Reach,
  ) {}

  /** What a file knows by an import. */
  imported(file: FileNames, local: string): Held | undefined {
    const imported = this.modules.importOf(file, local);
    return imported === undefined ? undefined : this.follow(file, imported);
  }

  private follow(file: FileNames, imported: Imported): Held | undefined {
    if (imported.kind === 'class') return this.reach.ofClass(imported.owner, imported.name);
    const { module, name } = imported;
    if (name === undefined) return this.moduleNamed(file, module);
    const whole = joinModule(module, name);
    const legacy = legacyOf(file.language, whole);
    const isClass = legacy?.what.kind === 'legacy' && legacy.what.row.role !== 'part';
    const own = isClass ? legacy : this.exported(this.modules.filesOf(file, module), name);
    return own ?? this.moduleNamed(file, whole);
  }

  private moduleNamed(importer: FileNames, target: string): Held | undefined {
    const isLegacy = importer.language.classes.some(({ name }) => name.test(target));
    if (!isLegacy && !this.modules.isKnown(importer, target)) return undefined;
    return { what: { kind: 'module', importer, target }, certainty: 'typed' };
  }

  /** What stands by a name in the package of a file, without an import. */
  beside(file: FileNames, name: string): Held | undefined {
    return this.exported(this.modules.packageOf(file), name);
  }

  /** What a module calls by a name: a variable, a class, a module below it. */
  member({ importer, target }: Module, name: string): Held | undefined {
    return (
      this.exported(this.modules.filesOf(importer, target), name) ??
      legacyOf(importer.language, `${target}.${name}`) ??
      this.moduleNamed(importer, joinModule(target, name))
    );
  }

  /** Whether a module has a function of its own by a name, or hands on one. */
  declares({ importer, target }: Module, name: string): boolean {
    return this.modules
      .filesOf(importer, target)
      .some(
        (file) =>
          file.functions.some(({ scope }) => scope.functionName === name && scope.className === undefined) ||
          this.modules.exportOf(file, name) !== undefined,
      );
  }

  /** What a function of a module answers with. */
  answer(module: Module, name: string): Held | undefined {
    return this.answerOf(this.modules.filesOf(module.importer, module.target), name) ?? this.member(module, name);
  }

  /** What a function answers with that a file knows by its name alone. */
  called(file: FileNames, name: string): Held | undefined {
    const own = this.answerOf([file, ...this.modules.packageOf(file)], name);
    if (own !== undefined) return own;
    const imported = this.modules.importOf(file, name);
    if (imported?.kind === 'class') return this.reach.ofClass(imported.owner, imported.name);
    if (imported?.name === undefined) return undefined;
    return this.answerOf(this.modules.filesOf(file, imported.module), imported.name);
  }

  private exported(files: readonly FileNames[], name: string): Held | undefined {
    return this.first(files, name, (file) => {
      const found = this.reach.best(this.sources.variables, `${file.root.id}.${name}`);
      if (found !== undefined) return found;
      if (file.classes.some((one) => one.name === name)) return this.reach.classNamed(file, name);
      const handed = this.modules.exportOf(file, name);
      return handed === undefined ? undefined : this.follow(file, handed);
    });
  }

  private answerOf(files: readonly FileNames[], name: string): Held | undefined {
    return this.first(files, `${name}()`, (file) => {
      const found = this.reach.best(this.sources.returnsOfFile, `${file.unit.path}:${name}`);
      if (found !== undefined) return found;
      const handed = this.modules.exportOf(file, name);
      return handed?.kind === 'module' && handed.name !== undefined
        ? this.answerOf(this.modules.filesOf(file, handed.module), handed.name)
        : undefined;
    });
  }

  /** The first answer of some files; one that is asked already has none. */
  private first(
    files: readonly FileNames[],
    question: string,
    ask: (file: FileNames) => Held | undefined,
  ): Held | undefined {
    for (const file of files) {
      const key = `${file.unit.path}:${question}`;
      if (this.following.has(key)) continue;
      this.following.add(key);
      const answer = ask(file);
      this.following.delete(key);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }
}
