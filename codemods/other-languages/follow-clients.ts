import type { LegacyClass } from '../../src/catalog/languages';
import { nameClass } from './class-names';
import type { Expression, FileNames, Scope } from './names';

/** What an expression holds. */
export interface Held {
  readonly what:
    | { readonly kind: 'legacy'; readonly row: LegacyClass }
    | { readonly kind: 'look-alike' }
    | { readonly kind: 'own'; readonly name: string };
  /** typed: classes lead to it. named: a field or a method of this name holds it, whatever class it is of. */
  readonly certainty: 'typed' | 'named';
}

/** Where a name gets what it holds. */
interface Source {
  readonly file: FileNames;
  readonly scope: Scope;
  readonly type?: string;
  readonly value?: Expression;
  /** Handed over at a call of a function of this name. */
  readonly isGuess?: true;
}

/** Classes between one and the legacy class that it extends. */
const MAX_LINE = 12;

class Table {
  private readonly rows = new Map<string, Source[]>();
  /** What is known already; undefined while it is being found out, so that circles end. */
  readonly answers = new Map<string, Held | undefined>();

  add(key: string, source: Source): void {
    const known = this.rows.get(key);
    if (known === undefined) this.rows.set(key, [source]);
    else known.push(source);
  }

  get(key: string): readonly Source[] {
    return this.rows.get(key) ?? [];
  }
}

/** Follows clients through variables, fields, parameters and functions of all files of a language. */
export class ClientFollower {
  private readonly variables = new Table();
  private readonly fields = new Table();
  private readonly fieldsByName = new Table();
  private readonly returns = new Table();
  private readonly returnsByName = new Table();
  private readonly methods = new Set<string>();
  private readonly functions = new Map<string, FileNames['functions'][number][]>();
  private readonly parents = new Map<string, { readonly file: FileNames; readonly written: string }[]>();

  constructor(files: readonly FileNames[]) {
    for (const file of files) this.add(file);
    for (const file of files) this.handOver(file);
  }

  /** What an expression holds, or undefined when nothing says it. */
  heldBy(file: FileNames, scope: Scope, expression: Expression): Held | undefined {
    const next = (one: Expression): Held | undefined => this.heldBy(file, scope, one);
    switch (expression.kind) {
      case 'this':
        return scope.className === undefined ? undefined : this.classNamed(file, scope.className);
      case 'type':
        return this.classNamed(file, expression.name);
      case 'new':
        return this.classNamed(file, expression.type);
      case 'variable':
        return this.variable(file, scope, expression.name);
      case 'member':
        return this.member(next(expression.of), expression.name, this.fields, this.fieldsByName);
      case 'call':
        if (expression.of === undefined) return this.call(scope, expression.name);
        return (
          this.member(next(expression.of), expression.name, this.returns, this.returnsByName) ??
          // What Ruby reads a field by.
          this.member(next(expression.of), expression.name, this.fields, this.fieldsByName)
        );
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
    return this.lineOf(className).some((name) => this.methods.has(`${name}.${method}`));
  }

  private classNamed(file: FileNames, written: string): Held | undefined {
    const named = nameClass(file, written);
    if (named.kind !== 'own') return { what: named, certainty: 'typed' };
    const row = this.legacyParentOf(named.name);
    return { what: row === undefined ? named : { kind: 'legacy', row }, certainty: 'typed' };
  }

  /** The legacy class that a class extends, through classes in between. */
  private legacyParentOf(name: string): LegacyClass | undefined {
    for (const one of this.lineOf(name)) {
      for (const { file, written } of this.parents.get(one) ?? []) {
        const named = nameClass(file, written);
        if (named.kind === 'legacy') return named.row;
      }
    }
    return undefined;
  }

  /** A class and those that it extends. */
  private lineOf(name: string): string[] {
    const line = new Set([name]);
    for (const one of line) {
      if (line.size > MAX_LINE) break;
      for (const { file, written } of this.parents.get(one) ?? []) {
        const named = nameClass(file, written);
        if (named.kind === 'own') line.add(named.name);
      }
    }
    return [...line];
  }

  private variable(file: FileNames, scope: Scope, name: string): Held | undefined {
    for (let current: Scope | undefined = scope; current !== undefined; current = current.outer) {
      const found = this.best(this.variables, `${current.id}.${name}`);
      if (found !== undefined) return found;
      // A function of PHP sees nothing of what is around it.
      if (file.language.name === 'php' && current.functionName !== undefined) return undefined;
    }
    if (scope.className === undefined || file.language.name === 'php') return undefined;
    // A method without arguments looks like a variable in Ruby, a property is one in C#.
    return this.ofClass(scope.className, name, this.fields) ?? this.ofClass(scope.className, name, this.returns);
  }

  private member(holder: Held | undefined, name: string, own: Table, byName: Table): Held | undefined {
    if (holder?.what.kind === 'look-alike') return undefined;
    const found = holder?.what.kind === 'own' ? this.ofClass(holder.what.name, name, own) : undefined;
    if (found !== undefined) return holder?.certainty === 'named' ? { ...found, certainty: 'named' } : found;
    if (holder?.what.kind === 'legacy') return undefined;
    const guessed = this.best(byName, name);
    return guessed?.what.kind === 'legacy' ? { ...guessed, certainty: 'named' } : undefined;
  }

  private ofClass(className: string, name: string, table: Table): Held | undefined {
    for (const one of this.lineOf(className)) {
      const found = this.best(table, `${one}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private call(scope: Scope, name: string): Held | undefined {
    const method = scope.className === undefined ? undefined : this.ofClass(scope.className, name, this.returns);
    return method ?? this.best(this.returns, `.${name}`);
  }

  /** What the sources of a name agree on; a legacy client counts when any of them is one. */
  private best(table: Table, key: string): Held | undefined {
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
      all.find(({ what }) => what.kind === 'legacy');
    if (legacy === undefined) return all[0];
    return all.some(({ what }) => what.kind === 'look-alike') ? { ...legacy, certainty: 'named' } : legacy;
  }

  private add(file: FileNames): void {
    for (const { name, parents } of file.classes) {
      const known = this.parents.get(name) ?? [];
      this.parents.set(name, [...known, ...parents.map((written) => ({ file, written }))]);
    }
    for (const { scope, parameters } of file.functions) {
      if (scope.functionName === undefined) continue;
      this.methods.add(`${scope.className ?? ''}.${scope.functionName}`);
      // A constructor is called by the name of its class; there are many of the same name.
      const { className = '', functionName } = scope;
      const isConstructor = [...CONSTRUCTORS, className].includes(functionName);
      const names = isConstructor ? CONSTRUCTORS.map((name) => `${className}.${name}`) : [functionName];
      for (const name of names) this.functions.set(name, [...(this.functions.get(name) ?? []), { scope, parameters }]);
    }
    for (const { scope, name, member, type } of file.typed) {
      const source = { file, scope, type };
      if (!member) this.variables.add(`${scope.id}.${name}`, source);
      else this.addField(scope.className, name, source);
    }
    for (const { scope, to, value } of file.assigned) {
      const source = { file, scope, value };
      if (to.kind === 'variable') this.variables.add(`${scope.id}.${to.name}`, source);
      if (to.kind === 'member') this.addField(to.of.kind === 'this' ? scope.className : undefined, to.name, source);
    }
    for (const { scope, type, value } of file.returned) {
      const declaring = functionAround(scope);
      if (declaring === undefined) continue;
      const source = {
        file,
        scope,
        ...(type === undefined ? {} : { type }),
        ...(value === undefined ? {} : { value }),
      };
      this.returns.add(`${declaring.className ?? ''}.${declaring.functionName ?? ''}`, source);
      this.returnsByName.add(declaring.functionName ?? '', source);
    }
  }

  private addField(className: string | undefined, name: string, source: Source): void {
    if (className !== undefined) this.fields.add(`${className}.${name}`, source);
    this.fieldsByName.add(name, source);
  }

  /** What is handed to a function goes into its parameters; by the name of the function, so it is a guess. */
  private handOver(file: FileNames): void {
    const calls = [
      ...file.calls.map(({ name, ...call }) => ({ ...call, names: name === undefined ? [] : [name] })),
      ...file.made.map((made) => ({ ...made, names: CONSTRUCTORS.map((name) => `${simple(made.type)}.${name}`) })),
    ];
    for (const { scope, names, arguments: handed } of calls) {
      if (handed.every(({ kind }) => kind === 'unknown')) continue;
      for (const target of names.flatMap((name) => this.functions.get(name) ?? [])) {
        for (const [index, value] of handed.entries()) {
          const parameter = target.parameters[index];
          if (parameter === undefined || value.kind === 'unknown') continue;
          this.variables.add(`${target.scope.id}.${parameter}`, { file, scope, value, isGuess: true });
        }
      }
    }
  }
}

const CONSTRUCTORS = ['__construct', '__init__', 'initialize'] as const;

const simple = (type: string): string => type.replace(/^.*(?:\\|::|\.)/, '');

const functionAround = (scope: Scope): Scope | undefined => {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.outer)
    if (current.functionName !== undefined) return current;
  return undefined;
};
