import { nameClass } from './class-names';
import { ClassLines } from './class-lines';
import { Sources, simple } from './collect-sources';
import { ModuleFollower } from './follow-modules';
import { asNamed, type Held, type Source, type SourceTable } from './held';
import { ImportedModules } from './imported-modules';
import { legacyMethods } from './legacy-methods';
import type { NamedText } from './module-paths';
import type { Expression, FileNames, Scope } from './names';

/** What gives back the same thing, or a lazy one's value: `lazy.Value`, `provider.get()`. */
const SAME = /^(?:Value|Result|Load|GetAwaiter|GetResult|Invoke|get|getObject|getIfAvailable|join|call|value)$/;
/** Builders give back what they build. */
const BUILDS = /^(?:with|set|add|put)_?[A-Za-z]/i;

/** Follows clients through variables, fields, parameters, functions and modules of all files of a language. */
export class ClientFollower {
  private readonly sources: Sources;
  private readonly lines: ClassLines;
  private readonly modules: ModuleFollower;

  /** @param texts among which may be what names modules: go.mod */
  constructor(files: readonly FileNames[], texts: readonly NamedText[] = []) {
    this.sources = new Sources(files);
    this.lines = new ClassLines(this.sources);
    this.modules = new ModuleFollower(this.sources, new ImportedModules(files, texts), {
      best: (table, key) => this.best(table, key),
      classNamed: (file, written) => this.classNamed(file, written),
      ofClass: (className, name) =>
        this.ofClass(className, name, this.sources.fields) ?? this.ofClass(className, name, this.sources.returns),
    });
  }

  /** What an expression holds, or undefined when nothing says it. */
  heldBy(file: FileNames, scope: Scope, expression: Expression): Held | undefined {
    const next = (one: Expression): Held | undefined => this.heldBy(file, scope, one);
    switch (expression.kind) {
      case 'this':
        return scope.className === undefined ? undefined : this.classNamed(file, scope.className);
      case 'type':
        return this.named(file, scope, expression.name);
      case 'new':
        return this.made(file, expression.type);
      case 'variable':
        return this.variable(file, scope, expression.name);
      case 'member':
        return this.member(file, next(expression.of), expression.name);
      case 'call':
        if (expression.of === undefined) return this.call(file, scope, expression.name);
        return this.answer(next(expression.of), expression.name);
      case 'either': {
        const all = expression.of.flatMap((one) => next(one) ?? []);
        return all.find(({ what }) => what.kind === 'legacy') ?? all[0];
      }
      case 'unknown':
        return undefined;
    }
  }

  /** Whether a class, or one that it extends, declares a method. */
  declares(className: string, method: string): boolean {
    return this.lines.declares(className, method);
  }

  /** Whether a class or a module of the merchant has a method or a function of its own by a name. */
  isOwn({ what }: Held, name: string): boolean {
    if (what.kind === 'own') return this.declares(what.name, name);
    if (what.kind === 'legacy') return what.own !== undefined && this.declares(what.own, name);
    return what.kind === 'module' && this.modules.declares(what, name);
  }

  private classNamed(file: FileNames, written: string): Held | undefined {
    const named = nameClass(file, written);
    if (named.kind !== 'own') return { what: named, certainty: 'typed' };
    const row = this.lines.legacyParentOf(named.name);
    return {
      what: row === undefined ? named : { kind: 'legacy', row, name: named.name, own: named.name },
      certainty: 'typed',
    };
  }

  /** An object of a class, which a module may hand on. */
  private made(file: FileNames, written: string): Held | undefined {
    const named = this.classNamed(file, written);
    if (named?.what.kind !== 'own') return named;
    const handed = this.modules.imported(file, written);
    return handed?.what.kind === 'legacy' ? handed : named;
  }

  /** A name that looks like a class: it may be a constant. */
  private named(file: FileNames, scope: Scope, name: string): Held | undefined {
    const constant =
      file.language.name === 'ruby'
        ? this.best(this.sources.constants, simple(name))
        : this.variable(file, scope, name);
    return constant?.what.kind === 'legacy' ? constant : (this.classNamed(file, name) ?? constant);
  }

  private variable(file: FileNames, scope: Scope, name: string): Held | undefined {
    const { variables, fields, returns, constants } = this.sources;
    for (let current: Scope | undefined = scope; current !== undefined; current = current.outer) {
      const found = this.best(variables, `${current.id}.${name}`);
      if (found !== undefined) return found;
      // A function of PHP sees nothing of what is around it.
      if (file.language.name === 'php' && current.functionName !== undefined) return undefined;
    }
    if (file.language.name === 'php') return undefined;
    if (name.startsWith('$')) return this.best(constants, name);
    const elsewhere = this.modules.imported(file, name) ?? this.modules.beside(file, name);
    if (elsewhere !== undefined || scope.className === undefined) return elsewhere;
    // A method without arguments looks like a variable in Ruby, a property is one in C#.
    return this.ofClass(scope.className, name, fields) ?? this.ofClass(scope.className, name, returns);
  }

  /** A field or a method of what is held. */
  private member(file: FileNames, holder: Held | undefined, name: string): Held | undefined {
    if (holder?.what.kind === 'module') return this.modules.member(holder.what, name);
    if (holder?.what.kind === 'legacy') return this.ofLegacy(file, holder, name);
    const { fields, fieldsByName, returns } = this.sources;
    const field = this.ofHolder(holder, name, fields, fieldsByName);
    if (field !== undefined || file.language.name !== 'python' || holder?.what.kind !== 'own') return field;
    // A property is a function.
    return this.ofClass(holder.what.name, name, returns);
  }

  /** What a method of what is held answers with. */
  private answer(holder: Held | undefined, name: string): Held | undefined {
    const { fields, fieldsByName, returns, returnsByName } = this.sources;
    if (holder?.what.kind === 'module') return this.modules.answer(holder.what, name);
    if (holder?.what.kind === 'legacy') {
      if (SAME.test(name) || (holder.what.row.role === 'part' && BUILDS.test(name))) return holder;
      return holder.what.own === undefined ? undefined : this.ofClass(holder.what.own, name, returns);
    }
    return (
      this.ofHolder(holder, name, returns, returnsByName) ??
      // What Ruby reads a field by.
      this.ofHolder(holder, name, fields, fieldsByName)
    );
  }

  private ofLegacy(file: FileNames, holder: Held, name: string): Held | undefined {
    if (holder.what.kind !== 'legacy') return undefined;
    if (SAME.test(name)) return holder;
    const { row, own } = holder.what;
    const field = own === undefined ? undefined : this.ofClass(own, name, this.sources.fields);
    if (field !== undefined) return field;
    const isMethod = row.role === 'client' && legacyMethods(file.language).has(name);
    return isMethod ? { what: { kind: 'method', row, name }, certainty: holder.certainty } : undefined;
  }

  private ofHolder(holder: Held | undefined, name: string, own: SourceTable, byName: SourceTable): Held | undefined {
    if (holder?.what.kind === 'look-alike') return undefined;
    const found = holder?.what.kind === 'own' ? this.ofClass(holder.what.name, name, own) : undefined;
    if (found !== undefined) return asNamed(found, holder);
    const guessed = this.best(byName, name);
    return guessed?.what.kind === 'legacy' ? { ...guessed, certainty: 'named' } : undefined;
  }

  private ofClass(className: string, name: string, table: SourceTable): Held | undefined {
    for (const one of this.lines.of(className)) {
      const found = this.best(table, `${one}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private call(file: FileNames, scope: Scope, name: string): Held | undefined {
    const { returns } = this.sources;
    const method = scope.className === undefined ? undefined : this.ofClass(scope.className, name, returns);
    return method ?? this.modules.called(file, name) ?? this.best(returns, `.${name}`);
  }

  /** What the sources of a name agree on; a legacy client counts when any of them is one. */
  private best(table: SourceTable, key: string): Held | undefined {
    if (table.answers.has(key)) return table.answers.get(key);
    table.answers.set(key, undefined);
    const answer = this.agree(table.get(key));
    table.answers.set(key, answer);
    return answer;
  }

  private agree(sources: readonly Source[]): Held | undefined {
    const all = sources.flatMap(({ file, scope, type, value, isGuess }): Held[] => {
      const held =
        type !== undefined
          ? this.classNamed(file, type)
          : value === undefined
            ? undefined
            : this.heldBy(file, scope, value);
      if (held === undefined) return [];
      return [isGuess === true ? { ...held, certainty: 'named' } : held];
    });
    const legacy =
      all.find(({ what, certainty }) => what.kind === 'legacy' && certainty === 'typed') ??
      all.find(({ what }) => what.kind === 'legacy' || what.kind === 'method');
    if (legacy === undefined) return all[0];
    return all.some(({ what }) => what.kind === 'look-alike') ? { ...legacy, certainty: 'named' } : legacy;
  }
}
