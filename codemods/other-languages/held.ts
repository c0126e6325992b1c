import type { ForeignLanguage, LegacyClass } from '../../src/catalog/languages';
import type { Expression, FileNames, Scope } from './names';

/** What an expression holds. */
export interface Held {
  readonly what:
    | {
        readonly kind: 'legacy';
        readonly row: LegacyClass;
        readonly name: string;
        /** The merchant's class that extends it. */
        readonly own?: string;
      }
    /** A method of a legacy client, which somebody calls later. */
    | { readonly kind: 'method'; readonly row: LegacyClass; readonly name: string }
    | { readonly kind: 'look-alike' }
    | { readonly kind: 'own'; readonly name: string }
    /** A module, by the name under which a file imports it. */
    | { readonly kind: 'module'; readonly importer: FileNames; readonly target: string };
  /** typed: classes and imports lead to it. named: a field or a method of this name holds it, whatever class it is of. */
  readonly certainty: 'typed' | 'named';
}

/** Where a name gets what it holds. */
export interface Source {
  readonly file: FileNames;
  readonly scope: Scope;
  readonly type?: string;
  readonly value?: Expression;
  /** Handed over at a call of a function of this name. */
  readonly isGuess?: true;
}

/** Sources by name, and what was found out of them. */
export class SourceTable {
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

/** Less certain, where one step of the way was a guess. */
export const asNamed = (held: Held, other: Held | undefined): Held =>
  other?.certainty === 'named' ? { ...held, certainty: 'named' } : held;

/** What a name from the root is of in a legacy SDK, if anything. */
export function legacyOf(language: ForeignLanguage, name: string): Held | undefined {
  if (language.lookAlikes.test(name)) return undefined;
  const row = language.classes.find((one) => one.name.test(name));
  return row === undefined ? undefined : { what: { kind: 'legacy', row, name }, certainty: 'typed' };
}
