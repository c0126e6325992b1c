import { foreignLanguages } from '../../src/catalog/languages';
import type { PhpNode, PhpSource } from './tree';

/**
 * The client of the legacy SDK in its second and third generation, which have namespaces; the first one has other calls
 * (facts: other-languages.md section 2.5).
 */
const isLegacyClient = (name: string): boolean =>
  name.includes('\\') &&
  foreignLanguages.php.classes.some((row) => row.role === 'client' && new RegExp(row.name, 'i').test(name));

/** Which classes the names of a file stand for: PHP knows them by `namespace` and `use`, in any case of letters. */
export class ClassNames {
  private readonly aliases = new Map<string, string>();
  private readonly namespace: string;

  constructor(private readonly source: PhpSource) {
    const [namespace] = source.all('namespace_definition');
    const name = namespace?.parts.find(({ kind }) => kind === 'namespace_name');
    this.namespace = name === undefined ? '' : `${source.textOf(name)}\\`.toLowerCase();
    for (const clause of source.all('namespace_use_clause')) this.learn(clause);
  }

  private learn(clause: PhpNode): void {
    const [first, alias] = clause.parts;
    if (first === undefined) return;
    const group = clause.parent?.kind === 'namespace_use_group' ? clause.parent.parent : null;
    const prefix = group?.parts.find(({ kind }) => kind === 'namespace_name');
    const path = `${prefix === undefined ? '' : `${this.source.textOf(prefix)}\\`}${this.source.textOf(first)}`;
    const full = path.replace(/^\\/, '').toLowerCase();
    const short = alias === undefined ? full.slice(full.lastIndexOf('\\') + 1) : this.source.textOf(alias);
    this.aliases.set(short.toLowerCase(), full);
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

  /** Whether a type, `Client`, `?Client` or `Client|null`, is the legacy client. */
  isClient(type: string): boolean {
    const names = type.split('|').map((part) => part.trim().replace(/^\?/, ''));
    const real = names.filter((name) => name.toLowerCase() !== 'null');
    return real.length > 0 && real.every((name) => isLegacyClient(this.resolve(name)));
  }
}
