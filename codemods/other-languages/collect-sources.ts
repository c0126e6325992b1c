import { SourceTable, type Source } from './held';
import type { FileNames, Scope } from './names';

/** Everything that the files of a language say of where names get what they hold. */
export class Sources {
  /** `scope.name` */
  readonly variables = new SourceTable();
  /** `Class.field` */
  readonly fields = new SourceTable();
  readonly fieldsByName = new SourceTable();
  /** `Class.method`, and `.function` */
  readonly returns = new SourceTable();
  readonly returnsByName = new SourceTable();
  /** `path:function` of functions outside of classes. */
  readonly returnsOfFile = new SourceTable();
  /** Names that are one in all files: constants and global variables of Ruby. */
  readonly constants = new SourceTable();
  readonly methods = new Set<string>();
  readonly parents = new Map<string, { readonly file: FileNames; readonly written: string }[]>();
  private readonly functions = new Map<string, FileNames['functions'][number][]>();

  constructor(files: readonly FileNames[]) {
    for (const file of files) this.add(file);
    for (const file of files) this.handOver(file);
  }

  private add(file: FileNames): void {
    for (const { name, parents } of file.classes) {
      const known = this.parents.get(name) ?? [];
      this.parents.set(name, [...known, ...parents.map((written) => ({ file, written }))]);
    }
    for (const one of file.functions) this.addFunction(one);
    for (const { scope, name, member, type } of file.typed) {
      const source = { file, scope, type };
      if (!member) this.addVariable(scope, name, source);
      else this.addField(scope.className, name, source);
    }
    for (const { scope, to, value } of file.assigned) {
      const source = { file, scope, value };
      // A name in capitals looks like a class.
      if (to.kind === 'variable' || to.kind === 'type') this.addVariable(scope, to.name, source);
      // `config.client = …` is a call in Ruby.
      if (to.kind === 'call' && to.of !== undefined) this.addField(undefined, to.name, source);
      if (to.kind !== 'member') continue;
      const className = to.of.kind === 'this' ? scope.className : to.of.kind === 'new' ? simple(to.of.type) : undefined;
      this.addField(className, to.name, source);
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
      const { className, functionName = '' } = declaring;
      this.returns.add(`${className ?? ''}.${functionName}`, source);
      this.returnsByName.add(functionName, source);
      if (className === undefined) this.returnsOfFile.add(`${file.unit.path}:${functionName}`, source);
    }
  }

  private addFunction(one: FileNames['functions'][number]): void {
    const { className = '', functionName } = one.scope;
    if (functionName === undefined) return;
    this.methods.add(`${className}.${functionName}`);
    // A constructor is called by the name of its class; there are many of the same name.
    const isConstructor = [...CONSTRUCTORS, className].includes(functionName);
    const names = isConstructor ? CONSTRUCTORS.map((name) => `${className}.${name}`) : [functionName];
    for (const name of names) this.functions.set(name, [...(this.functions.get(name) ?? []), one]);
  }

  private addVariable(scope: Scope, name: string, source: Source): void {
    this.variables.add(`${scope.id}.${name}`, source);
    if (source.file.language.name === 'ruby' && /^(?:[A-Z]|\$)/.test(name)) this.constants.add(simple(name), source);
    // In the body of a class it is a field.
    if (scope.functionName === undefined && scope.className !== undefined) this.addField(scope.className, name, source);
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

/** The last part of a name. */
export const simple = (type: string): string => type.replace(/^.*(?:\\|::|\.)/, '');

const functionAround = (scope: Scope): Scope | undefined => {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.outer)
    if (current.functionName !== undefined) return current;
  return undefined;
};
