import type { Expression, ImportedName } from './names';
import type { Syntax } from './syntax';

export interface Unit {
  readonly text: string;
}

/** A name with its type, as far as it is written. */
export interface TypedName {
  readonly name: string;
  readonly type?: string;
  readonly member?: boolean;
  /** What a parameter is when nothing is handed over. */
  readonly value?: Syntax;
}

/**
 * How a language writes what is read of it: each part answers for one node, with undefined or nothing where the node is
 * something else.
 */
export interface Grammar {
  readonly strings: RegExp;
  /** Kinds of nodes that can name a method without calling it. */
  readonly members: RegExp;
  readonly classOf: (unit: Unit, node: Syntax) => ClassParts | undefined;
  /** What is mixed into the class in which it stands. */
  readonly mixedInOf?: (unit: Unit, node: Syntax) => readonly Syntax[];
  readonly functionOf: (unit: Unit, node: Syntax) => FunctionParts | undefined;
  readonly expressionOf: (unit: Unit, node: Syntax | undefined) => Expression;
  readonly callOf: (unit: Unit, node: Syntax) => CallParts | undefined;
  readonly madeOf: (
    unit: Unit,
    node: Syntax,
  ) => { readonly type: string; readonly values: readonly Syntax[] } | undefined;
  readonly typedOf: (unit: Unit, node: Syntax, parent: Syntax | undefined) => readonly TypedName[];
  readonly assignedOf: (unit: Unit, node: Syntax) => readonly { readonly to: Syntax; readonly value: Syntax }[];
  /** Fields that an object is made with. */
  readonly givenOf?: (unit: Unit, node: Syntax) => readonly { readonly field: Expression; readonly value: Syntax }[];
  readonly returnedOf: (unit: Unit, node: Syntax) => Syntax | undefined;
  readonly importsOf: (unit: Unit, node: Syntax) => readonly Omit<ImportedName, 'node'>[];
  readonly namespaceOf: (unit: Unit, node: Syntax) => string | undefined;
  readonly pairOf: (unit: Unit, node: Syntax) => { readonly key: string; readonly value: Syntax } | undefined;
  /** A step of `answer['CaptureResult'].details`: its name, and what it is taken of. */
  readonly linkOf: (
    unit: Unit,
    node: Syntax,
  ) => { readonly name: string | undefined; readonly of: Syntax | undefined } | undefined;
  /** A place that names a class, without making or calling one. */
  readonly namedOf: (unit: Unit, node: Syntax, parent: Syntax | undefined) => string | undefined;
}

export interface FunctionParts {
  readonly name: string | undefined;
  /** The class, where the function does not stand inside of it. */
  readonly className?: string;
  readonly parameters: readonly TypedName[];
  readonly returns?: string;
  /** What it answers with, without a word for it. */
  readonly result?: Syntax;
}

export interface ClassParts {
  readonly name: string;
  readonly parents: readonly Syntax[];
  /** Those that stand in its head. */
  readonly fields?: readonly TypedName[];
}

export interface CallParts {
  readonly of: Expression | undefined;
  readonly name: string | undefined;
  readonly values: readonly Syntax[];
}

/** What stands between the quotes of a literal. */
export const unquote = (text: string): string =>
  /^[A-Za-z@$]{0,3}("""|'''|"|'|`)([\s\S]*)\1$/.exec(text)?.[2] ?? text.replace(/^:/, '');

/** A type without what makes it a list, a pointer or optional. */
export const plainType = (text: string): string | undefined => {
  const [, type, opens, inner = ''] = /^[*&\s]*([\w.:]+)(?:\s*([<[])(.*))?/s.exec(text) ?? [];
  if (opens !== undefined && HOLDERS.test(type ?? '')) return plainType(inner.replace(/^[?\s'"]+/, ''));
  return type === undefined || type === 'var' ? undefined : type;
};

/** Types that are as good as what they hold: `Lazy<Client>`, `Annotated[Client, …]`. */
const HOLDERS =
  /(?:^|\.)(?:Lazy|Task|ValueTask|Func|Nullable|ThreadLocal|AsyncLocal|Optional|Supplier|Provider|ObjectProvider|ObjectFactory|AtomicReference|CompletableFuture|Future|Mono|Instance|Annotated|ClassVar|Final|Union|Type|Pointer)$/;
