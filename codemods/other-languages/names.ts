import type { ForeignLanguage } from '../../src/catalog/languages';
import type { SourceUnit } from '../codemod';

/** A place in a text. Nodes are kept as such only: each holds all of the tree below it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An expression, as far as it can hold a client. */
export type Expression =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'this' }
  /** A class itself, of which something static is used. */
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly of?: Expression; readonly name: string }
  | { readonly kind: 'new'; readonly type: string }
  /** One or the other: `a ?? b`. */
  | { readonly kind: 'either'; readonly of: readonly Expression[] }
  | { readonly kind: 'unknown' };

export const UNKNOWN: Expression = { kind: 'unknown' };

/** Where a name is known: a function of a class, or what stands outside of all. */
export interface Scope {
  readonly id: number;
  readonly outer: Scope | undefined;
  readonly className: string | undefined;
  readonly functionName: string | undefined;
}

export interface ImportedName {
  /** The name by which this file knows it; `*` for everything below the target. */
  readonly local: string;
  /** From the root of all names; names of Python may begin with the dots of `from ..shop import payments`. */
  readonly target: string;
  /** It holds for all files. */
  readonly isGlobal?: true;
  readonly node: Span;
}

export interface CallSite {
  readonly scope: Scope;
  /** What the method is called on; undefined for a function. */
  readonly of: Expression | undefined;
  /** Undefined when it is computed. */
  readonly name: string | undefined;
  readonly node: Span;
  readonly arguments: readonly Expression[];
  /** Nodes of the arguments. */
  readonly argumentNodes: readonly Span[];
  /** Names of what is handed over: keys of a literal array or hash, keyword arguments. */
  readonly keys: readonly string[];
}

/** A method that is taken of something and not called: `map(client::capture)`, `partial(client.capture)`. */
export interface TakenMethod {
  readonly scope: Scope;
  readonly of: Expression;
  readonly name: string;
  readonly node: Span;
}

export interface TextSite {
  readonly text: string;
  readonly node: Span;
  /** The name that the text is given to: key of an array, a hash or a constructor argument. */
  readonly key: string | undefined;
}

/** What one file says of names. */
export interface FileNames {
  readonly unit: SourceUnit;
  readonly language: ForeignLanguage;
  /** What stands outside of all functions and classes. */
  readonly root: Scope;
  /** Comments, and the page around the code. */
  readonly aside: Span[];
  readonly imports: ImportedName[];
  /** Imports of other files that hold for this one too: `global using` of C#. */
  readonly shared: ImportedName[];
  /** The namespace or package in which the file stands. */
  readonly namespaces: string[];
  readonly classes: { readonly name: string; readonly parents: readonly string[]; readonly node: Span }[];
  readonly functions: { readonly scope: Scope; readonly parameters: readonly string[] }[];
  /** `Client $client`: a variable, or a field of a class where `member` says so. */
  readonly typed: { readonly scope: Scope; readonly name: string; readonly member: boolean; readonly type: string }[];
  readonly assigned: { readonly scope: Scope; readonly to: Expression; readonly value: Expression }[];
  /** What a function answers with, by its declaration or by a return. */
  readonly returned: { readonly scope: Scope; readonly type?: string; readonly value?: Expression }[];
  readonly calls: CallSite[];
  readonly taken: TakenMethod[];
  /** Names of classes where they are made or used by name. */
  readonly made: {
    readonly scope: Scope;
    readonly type: string;
    readonly node: Span;
    readonly arguments: readonly Expression[];
    readonly keys: readonly string[];
  }[];
  readonly mentioned: { readonly type: string; readonly node: Span }[];
  readonly texts: TextSite[];
  /** Keys that are written into a variable: `$p['capture_amount'] = …`. */
  readonly written: { readonly scope: Scope; readonly name: string; readonly keys: readonly string[] }[];
  /** Chains of fields and keys that are read: `$r['CaptureResult']['CaptureDetails']`. */
  readonly reads: {
    readonly names: readonly string[];
    readonly node: Span;
    /** What the first name is read of. */
    readonly holder?: { readonly scope: Scope; readonly of: Expression };
  }[];
}

export const textOf = (unit: { readonly text: string }, node: Span): string => unit.text.slice(node.start, node.end);
