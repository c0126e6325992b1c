/**
 * The part of the JavaScript library that lets values flow: functions, promises, arrays, objects. Merchant files are
 * checked against this instead of TypeScript's own libraries, because loading those costs more than checking the files.
 * Only what carries a type from one place to another is here; everything else is `any` on purpose.
 */
export const LIBRARY_DECLARATIONS = `
interface Object { constructor: Function; toString(): string; hasOwnProperty(key: any): boolean; [Symbol.toPrimitive]?: any }
interface ObjectConstructor {
  new (value?: any): any; (value?: any): any;
  assign<T, U>(target: T, source: U): T & U;
  assign<T, U, V>(target: T, source1: U, source2: V): T & U & V;
  assign(target: any, ...sources: any[]): any;
  freeze<T>(value: T): T; seal<T>(value: T): T;
  keys(value: any): string[];
  values<T>(value: { [key: string]: T } | ArrayLike<T>): T[];
  entries<T>(value: { [key: string]: T } | ArrayLike<T>): [string, T][];
  create<T>(value: T): T; create(value: any, properties?: any): any;
  defineProperty<T>(target: T, key: any, attributes: any): T;
  [key: string]: any;
}
declare var Object: ObjectConstructor;
interface ThisType<T> {}
type PropertyKey = string | number | symbol;
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends keyof any, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {};
type Parameters<T extends (...args: any) => any> = T extends (...args: infer P) => any ? P : never;
type ReturnType<T extends (...args: any) => any> = T extends (...args: any) => infer R ? R : any;
type InstanceType<T extends abstract new (...args: any) => any> = T extends abstract new (...args: any) => infer R ? R : any;
type Awaited<T> = T extends null | undefined ? T : T extends object & { then(onfulfilled: infer F, ...args: infer _): any } ? F extends (value: infer V, ...args: infer _) => any ? Awaited<V> : never : T;
interface Function { apply(this: Function, thisArg: any, args?: any): any; call(this: Function, thisArg: any, ...args: any[]): any; bind(this: Function, thisArg: any, ...args: any[]): any; prototype: any; readonly length: number; readonly name: string }
interface FunctionConstructor { new (...args: string[]): Function; (...args: string[]): Function }
declare var Function: FunctionConstructor;
interface CallableFunction extends Function {
  apply<T, R>(this: (this: T) => R, thisArg: T): R;
  apply<T, A extends any[], R>(this: (this: T, ...args: A) => R, thisArg: T, args: A): R;
  call<T, A extends any[], R>(this: (this: T, ...args: A) => R, thisArg: T, ...args: A): R;
  bind<T>(this: T, thisArg: any): T;
  bind<T, A extends any[], B extends any[], R>(this: (this: T, ...args: [...A, ...B]) => R, thisArg: T, ...args: A): (...args: B) => R;
}
interface NewableFunction extends Function { apply: any; call: any; bind: any }
interface IArguments { [index: number]: any; length: number; callee: Function }
interface String { [index: number]: string; readonly length: number; split(separator: any, limit?: number): string[]; [key: string]: any }
interface StringConstructor { new (value?: any): String; (value?: any): string; raw(template: any, ...values: any[]): string; fromCharCode(...codes: number[]): string }
declare var String: StringConstructor;
interface Boolean { valueOf(): boolean }
interface BooleanConstructor { new (value?: any): Boolean; <T>(value?: T): boolean }
declare var Boolean: BooleanConstructor;
interface Number { toFixed(digits?: number): string; toString(radix?: number): string; valueOf(): number }
interface NumberConstructor { new (value?: any): Number; (value?: any): number; [key: string]: any }
declare var Number: NumberConstructor;
interface Symbol { toString(): string }
interface SymbolConstructor { readonly iterator: unique symbol; readonly asyncIterator: unique symbol; readonly toPrimitive: unique symbol; (description?: string): symbol }
declare var Symbol: SymbolConstructor;
interface RegExp { test(text: string): boolean; exec(text: string): any; source: string; flags: string }
interface RegExpConstructor { new (pattern: any, flags?: string): RegExp; (pattern: any, flags?: string): RegExp }
declare var RegExp: RegExpConstructor;
interface TemplateStringsArray { readonly raw: readonly string[]; [index: number]: string }
interface Error { name: string; message: string; stack?: string; cause?: unknown }
interface ErrorConstructor { new (message?: string, options?: any): Error; (message?: string): Error; captureStackTrace: any }
declare var Error: ErrorConstructor;
interface IteratorYieldResult<T> { done?: false; value: T }
interface IteratorReturnResult<T> { done: true; value: T }
type IteratorResult<T, R = any> = IteratorYieldResult<T> | IteratorReturnResult<R>;
interface Iterator<T, R = any, N = any> { next(...args: any[]): IteratorResult<T, R>; return?(value?: any): IteratorResult<T, R>; throw?(e?: any): IteratorResult<T, R> }
interface Iterable<T, R = any, N = any> { [Symbol.iterator](): Iterator<T, R, N> }
interface IterableIterator<T, R = any, N = any> extends Iterator<T, R, N> { [Symbol.iterator](): IterableIterator<T, R, N> }
interface IteratorObject<T, R = unknown, N = unknown> extends Iterator<T, R, N> { [Symbol.iterator](): IteratorObject<T, R, N> }
interface ArrayIterator<T> extends IteratorObject<T, any, unknown> { [Symbol.iterator](): ArrayIterator<T> }
interface Generator<T = unknown, R = any, N = any> extends IteratorObject<T, R, N> { next(...args: any[]): IteratorResult<T, R>; return(value: R): IteratorResult<T, R>; throw(e: any): IteratorResult<T, R>; [Symbol.iterator](): Generator<T, R, N> }
interface AsyncIterator<T, R = any, N = any> { next(...args: any[]): Promise<IteratorResult<T, R>> }
interface AsyncIterable<T, R = any, N = any> { [Symbol.asyncIterator](): AsyncIterator<T, R, N> }
interface AsyncIterableIterator<T, R = any, N = any> extends AsyncIterator<T, R, N> { [Symbol.asyncIterator](): AsyncIterableIterator<T, R, N> }
interface AsyncGenerator<T = unknown, R = any, N = any> extends AsyncIterator<T, R, N> { [Symbol.asyncIterator](): AsyncGenerator<T, R, N> }
interface ArrayLike<T> { readonly length: number; readonly [index: number]: T }
interface ConcatArray<T> extends ArrayLike<T> {}
interface ReadonlyArray<T> extends Array<T> {}
interface Array<T> {
  length: number; [index: number]: T; [Symbol.iterator](): ArrayIterator<T>;
  push(...items: T[]): number; pop(): T | undefined; shift(): T | undefined; unshift(...items: T[]): number;
  concat(...items: any[]): T[]; slice(start?: number, end?: number): T[]; splice(start: number, count?: number, ...items: T[]): T[];
  reverse(): T[]; sort(compare?: (a: T, b: T) => number): T[]; join(separator?: string): string;
  indexOf(item: any, from?: number): number; includes(item: any, from?: number): boolean; at(index: number): T | undefined;
  forEach(callback: (value: T, index: number, array: T[]) => void, thisArg?: any): void;
  map<U>(callback: (value: T, index: number, array: T[]) => U, thisArg?: any): U[];
  flatMap<U>(callback: (value: T, index: number, array: T[]) => U | U[], thisArg?: any): U[];
  filter(callback: (value: T, index: number, array: T[]) => any, thisArg?: any): T[];
  find(callback: (value: T, index: number, array: T[]) => any, thisArg?: any): T | undefined;
  findIndex(callback: (value: T, index: number, array: T[]) => any): number;
  some(callback: (value: T, index: number, array: T[]) => any): boolean; every(callback: (value: T, index: number, array: T[]) => any): boolean;
  reduce<U>(callback: (previous: U, value: T, index: number, array: T[]) => U, initial: U): U;
  reduce(callback: (previous: T, value: T, index: number, array: T[]) => T): T;
  entries(): ArrayIterator<[number, T]>; keys(): ArrayIterator<number>; values(): ArrayIterator<T>; flat(depth?: number): any[];
}
interface ArrayConstructor { new <T>(...items: T[]): T[]; <T>(...items: T[]): T[]; isArray(value: any): value is any[]; from<T>(values: Iterable<T> | ArrayLike<T>): T[]; from(values: any, map: any): any[]; of<T>(...items: T[]): T[] }
declare var Array: ArrayConstructor;
interface Map<K, V> { get(key: K): V | undefined; set(key: K, value: V): this; has(key: K): boolean; delete(key: K): boolean; clear(): void; readonly size: number; forEach(callback: (value: V, key: K) => void): void; values(): IterableIterator<V>; keys(): IterableIterator<K>; entries(): IterableIterator<[K, V]>; [Symbol.iterator](): IterableIterator<[K, V]> }
interface MapConstructor { new <K = any, V = any>(entries?: Iterable<readonly [K, V]> | null): Map<K, V> }
declare var Map: MapConstructor;
interface Set<T> { add(value: T): this; has(value: any): boolean; delete(value: T): boolean; clear(): void; readonly size: number; forEach(callback: (value: T) => void): void; values(): IterableIterator<T>; [Symbol.iterator](): IterableIterator<T> }
interface SetConstructor { new <T = any>(values?: Iterable<T> | null): Set<T> }
declare var Set: SetConstructor;
interface PromiseLike<T> { then<A = T, B = never>(onfulfilled?: ((value: T) => A | PromiseLike<A>) | null, onrejected?: ((reason: any) => B | PromiseLike<B>) | null): PromiseLike<A | B> }
type ItemOf<T> = T extends (infer I)[] ? Awaited<I> : any;
interface Promise<T> {
  then<A = T, B = never>(onfulfilled?: ((value: T) => A | PromiseLike<A>) | null, onrejected?: ((reason: any) => B | PromiseLike<B>) | null): Promise<A | B>;
  catch<B = never>(onrejected?: ((reason: any) => B | PromiseLike<B>) | null): Promise<T | B>;
  finally(callback?: (() => void) | null): Promise<T>;
  tap(callback: (value: T) => any): Promise<T>; tapCatch(...handlers: any[]): Promise<T>;
  get<K extends keyof T>(name: K): Promise<T[K]>; get(name: any): Promise<any>; call(name: any, ...values: any[]): Promise<any>;
  spread<U>(callback: (...values: T extends any[] ? T : any[]) => U | PromiseLike<U>): Promise<U>;
  map<U>(callback: (value: ItemOf<T>, index: number, length: number) => U | PromiseLike<U>, options?: any): Promise<U[]>;
  mapSeries<U>(callback: (value: ItemOf<T>, index: number, length: number) => U | PromiseLike<U>): Promise<U[]>;
  each(callback: (value: ItemOf<T>, index: number, length: number) => any): Promise<T>; filter(callback: (value: ItemOf<T>, index: number, length: number) => any, options?: any): Promise<T>;
  reduce<U>(callback: (previous: U, value: ItemOf<T>, index: number, length: number) => U | PromiseLike<U>, initial?: U | PromiseLike<U>): Promise<U>;
  done(onfulfilled?: (value: T) => any, onrejected?: (reason: any) => any): void; fail(onrejected: (reason: any) => any): Promise<T>;
  nodeify(callback?: (error: any, value: T) => void): Promise<T>; asCallback(callback?: (error: any, value: T) => void): Promise<T>;
  timeout(milliseconds: number): Promise<T>; delay(milliseconds: number): Promise<T>;
}
interface PromiseConstructor {
  new <T>(executor: (resolve: (value: T | PromiseLike<T>) => void, reject: (reason?: any) => void) => void): Promise<T>;
  all<T extends readonly unknown[] | []>(values: T): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }>;
  race<T>(values: Iterable<T | PromiseLike<T>>): Promise<Awaited<T>>; any<T>(values: Iterable<T | PromiseLike<T>>): Promise<Awaited<T>>;
  allSettled<T extends readonly unknown[] | []>(values: T): Promise<{ -readonly [P in keyof T]: { status: any; value: Awaited<T[P]>; reason: any } }>;
  reject<T = never>(reason?: any): Promise<T>;
  resolve(): Promise<void>; resolve<T>(value: T | PromiseLike<T>): Promise<Awaited<T>>;
}
declare var Promise: PromiseConstructor;
interface JSON { parse(text: any, reviver?: any): any; stringify(value: any, replacer?: any, space?: any): string; [key: string]: any }
declare var JSON: JSON;
interface ImportMeta { [key: string]: any }
interface Disposable {} interface AsyncDisposable {}
interface TypedPropertyDescriptor<T> { value?: T }
`;
