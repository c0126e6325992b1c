import { foreignLanguages } from '../../src/catalog/languages';
import type { LegacyRole } from '../../src/catalog/languages';
import type { PhpNode, PhpSource } from './tree';

/**
 * Clients are those of the second and third generation, which have namespaces; the first one has other calls (facts:
 * other-languages.md section 2.5). All of them receive notifications alike.
 */
const isLegacy = (name: string, role: LegacyRole): boolean =>
  (name.includes('\\') || role === 'ipn-handler') &&
  foreignLanguages.php.classes.some((row) => row.role === role && new RegExp(row.name, 'i').test(name));

/** Types that say nothing of a class. */
const NO_CLASS =
  /^(?:mixed|object|array|callable|iterable|int|integer|float|double|string|bool|boolean|false|true|void|never|resource)$/;

/** Which classes the names of a file stand for: PHP knows them by `namespace` and `use`, in any case of letters. */
export class ClassNames {
  /** With the last backslash, in small letters; nothing outside of namespaces. */
  readonly namespace: string;
  /** A file of several namespaces knows other names in each of them. */
  readonly isOne: boolean;
  private readonly aliases = new Map<string, string>();

  constructor(private readonly source: PhpSource) {
    const namespaces = source.all('namespace_definition');
    const name = namespaces[0]?.parts.find(({ kind }) => kind === 'namespace_name');
    this.namespace = name === undefined ? '' : `${source.textOf(name)}\\`.toLowerCase();
    this.isOne = namespaces.length < 2;
    for (const clause of source.all('namespace_use_clause')) this.learn(clause);
  }

  private learn(clause: PhpNode): void {
    const [first, alias] = clause.parts;
    if (first === undefined) return;
    const full = this.imported(clause);
    const short = alias === undefined ? full.slice(full.lastIndexOf('\\') + 1) : this.source.textOf(alias);
    this.aliases.set(short.toLowerCase(), full);
  }

  /** The whole name that one clause of `use` imports, in small letters. */
  imported(clause: PhpNode): string {
    const [first] = clause.parts;
    const group = clause.parent?.kind === 'namespace_use_group' ? clause.parent.parent : null;
    const prefix = group?.parts.find(({ kind }) => kind === 'namespace_name');
    const path = `${prefix === undefined ? '' : `${this.source.textOf(prefix)}\\`}${first === undefined ? '' : this.source.textOf(first)}`;
    return path.replace(/^\\/, '').toLowerCase();
  }

  /** The whole name of a class, in small letters and without the first backslash. */
  resolve(written: string): string {
    const name = written.toLowerCase();
    if (name.startsWith('\\')) return name.slice(1);
    const [head = '', ...rest] = name.split('\\');
    const alias = this.aliases.get(head);
    if (alias !== undefined) return [alias, ...rest].join('\\');
    return this.namespace + name;
  }

  /** The one class that a type stands for, `Client`, `?Client` or `Client|null`. */
  classIn(type: string): string | undefined {
    const names = type.split('|').map((part) => part.trim().replace(/^\?/, ''));
    const real = names.filter((name) => name.toLowerCase() !== 'null');
    const [name] = real;
    return real.length !== 1 || name === undefined || NO_CLASS.test(name.toLowerCase())
      ? undefined
      : this.resolve(name);
  }

  /** Whether a type is the legacy client. */
  isClient(type: string): boolean {
    return this.isOf(type, 'client');
  }

  isOf(type: string, role: LegacyRole): boolean {
    const name = this.classIn(type);
    return name !== undefined && isLegacy(name, role);
  }

  /** The whole name of a class that this file declares; undefined for one without a name, or a trait. */
  nameOf(declaration: PhpNode): string | undefined {
    const name = declaration.parts.find(({ kind }) => kind === 'name');
    if (name === undefined || !/^(?:class|interface)_declaration$/.test(declaration.kind)) return undefined;
    return this.namespace + this.source.textOf(name).toLowerCase();
  }
}
