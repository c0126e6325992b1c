import { elements, operations } from '../../src/catalog';
import type { Element } from '../../src/catalog/types';

/** The file name under which the declarations enter the program; a symbol declared in it is legacy. */
export const AMBIENT_FILE = '/amazon-pay-legacy.d.ts';

/** Operations that the 19-method clients (`amazon-payments`) have; `amazon-pay-async` and `amazonpay` have more. */
const methodName = (operation: string): string => operation.charAt(0).toLowerCase() + operation.slice(1);

const resultType = (operation: string): string => operations[operation]?.result ?? 'EmptyResult';

/**
 * Calls of the operation are not rewritten, so what they answer stays in the legacy form. Those with a consent token, which
 * read a draft, may stay where the others go.
 */
export type StaysLegacy = (operation: string, readsDraft: boolean) => boolean;

/** What an operation answers with and without a consent token: a token reads an order that is not confirmed yet. */
const resultTypes = (operation: string, stays: StaysLegacy): string => {
  if (stays(operation, false)) return 'LeftAnswer';
  const draft = operations[operation]?.draftResult;
  if (draft === undefined) return resultType(operation);
  return `${resultType(operation)}, ${stays(operation, true) ? 'LeftAnswer' : draft}`;
};

function declareElement(element: Element): string {
  const fields = Object.entries(element.fields).map(([name, field]) => {
    const plain = /^Amazon\w+Id$/.test(name) ? `Id<'${name}'>` : 'string';
    const scalar = field.values === undefined ? plain : `Value<'${field.values}'>`;
    return `  ${name}: ${field.element ?? scalar};`;
  });
  return `interface ${element.name} {\n${fields.join('\n')}\n  readonly ' legacyElement'?: '${element.name}';\n}`;
}

const callbackMethods = (stays: StaysLegacy): string =>
  Object.keys(operations)
    .flatMap((name) => [
      `  ${methodName(name)}: CallbackOperation<'${name}', ${resultTypes(name, stays)}>;`,
      `  ${methodName(name)}Async: PromiseOperation<'${name}', ${resultTypes(name, stays)}>;`,
    ])
    .join('\n');

const promiseMethods = (stays: StaysLegacy): string =>
  Object.keys(operations)
    .map((name) => `  ${methodName(name)}: PromiseOperation<'${name}', ${resultTypes(name, stays)}>;`)
    .join('\n');

/** Answers of `amazonpay` 1.x, which still carry the two outer XML levels, as a JSON string. */
const flatResponses = (): string =>
  Object.keys(operations)
    .map(
      (
        name,
      ) => `interface ${name}Envelope extends Omit<${resultType(name)}, ' legacyElement'> { readonly ' legacyElement'?: 'Envelope'; ${name}Response: ${name}Response; ${name}Result: ${resultType(name)} }
interface ${name}Response { readonly ' legacyElement'?: 'Response'; ${name}Result: ${resultType(name)} }`,
    )
    .join('\n');

const flatMethods = (): string =>
  Object.keys(operations)
    .map((name) => `  ${methodName(name)}: PromiseOperation<'${name}', JsonText<${name}Envelope>>;`)
    .join('\n');

/** `"pay": "npm:amazon-payments@^0.2"` */
const declareAliases = (aliases: ReadonlyMap<string, string>): string =>
  [...aliases]
    .map(([alias, client]) => {
      const byDefault = client === 'amazon-pay-async' ? `export { default } from '${client}'; ` : '';
      return `declare function require(id: '${alias}'): typeof import('${client}');
declare module '${alias}' { ${byDefault}export * from '${client}'; }`;
    })
    .join('\n');

/** The names that `amazon-pay-async` itself gives its answers; they are known for certain. */
const RESPONSES: ReadonlySet<string> = new Set(Object.keys(operations).map((name) => `I${name}Response`));

/** Types of answers, of which the code around them tells whether what they stand for is followed (declared-answers.ts). */
const declareAnswers = (answers: ReadonlyMap<string, string>, others: ReadonlySet<string>): string =>
  [...answers]
    .filter(([name]) => !others.has(name))
    .map(([name, element]) => `  export type ${name} = AmazonPayLegacy.DeclaredAnswer<'${element}'>;`)
    .join('\n');

/**
 * Declarations of the legacy packages and of the wrappers people put around them (`util.promisify`, bluebird, Q), built
 * from the catalog. With them the TypeScript checker itself follows a legacy client, its operations and its results
 * through aliases, destructuring, class fields, promises and other files. The packages are declared as they behave
 * (facts: legacy-node-clients.md), not as anybody has typed them.
 */
export function legacyDeclarations(
  stays: StaysLegacy = () => false,
  aliases: ReadonlyMap<string, string> = new Map(),
  clientNames: ReadonlySet<string> = new Set(),
  answers: ReadonlyMap<string, string> = new Map(),
): string {
  return `
declare namespace AmazonPayLegacy {
interface DeclaredAnswer<Element extends string> { readonly ' declaredAnswer'?: Element; [field: string]: any }
interface LeftAnswer { [field: string]: LeftAnswer }
interface EmptyResult { readonly ' legacyElement'?: 'EmptyResult'; requestId: string }
type Id<Name extends string> = string & { readonly ' id'?: Name };
type Value<Table extends string> = string & { readonly ' values'?: Table };
type Told<Table extends string> = string & { readonly ' told'?: Table };
interface LegacyError { name: Value<'errorCode'>; type: Value<'errorCode'>; code: Value<'errorCode'>; message: string; body: ErrorBody; stack: string; statusCode: any; readonly ' error'?: true }
interface ErrorBody { readonly ' errorPart'?: true; ErrorResponse: ErrorDocument; [name: string]: any }
interface ErrorDocument { readonly ' errorPart'?: true; Error: ErrorDetail; RequestId: string; RequestID: string; [name: string]: any }
interface ErrorDetail { readonly ' errorPart'?: true; Code: Value<'errorCode'>; Message: string; Type: string; Detail: string; [name: string]: any }
interface Callback<R> { (error: LegacyError, result: R): void }
interface Confirmed { AddressConsentToken?: never; AccessToken?: never; [field: string]: any }
/** Not \`any\`, which would take untyped parameters before Confirmed is tried. */
interface MayBeDraft { AddressConsentToken?: any; AccessToken?: any; [field: string]: any }
interface CallbackOperation<Op extends string, R, D = R> {
  (params: Confirmed, callback?: (error: LegacyError, result: R) => void): void;
  (params: MayBeDraft, callback?: (error: LegacyError, result: D) => void): void;
  readonly ' operation': Op;
  bind(thisArg: any): CallbackOperation<Op, R, D>;
  bind(thisArg: any, ...bound: any[]): any;
  call(thisArg: any, params: Confirmed, callback?: (error: LegacyError, result: R) => void): void;
  call(thisArg: any, params: MayBeDraft, callback?: (error: LegacyError, result: D) => void): void;
  apply(thisArg: any, args: any): void;
}
interface PromiseOperation<Op extends string, R, D = R> {
  (params?: Confirmed): Promise<R>;
  (params?: MayBeDraft): Promise<D>;
  readonly ' operation': Op;
  bind(thisArg: any): PromiseOperation<Op, R, D>;
  bind(thisArg: any, ...bound: any[]): any;
  call(thisArg: any, params: Confirmed): Promise<R>;
  call(thisArg: any, params: MayBeDraft): Promise<D>;
  apply(thisArg: any, args: any): Promise<R>;
}
interface JsonText<T> { readonly ' json'?: T; length: number }
interface Environment { readonly ' environment'?: true; mwsEndpoint: string; apiEndpoint: string; Reports: Environment; Notifications: any }
interface Environments { Sandbox: Environment; Production: Environment; SandboxEU: Environment; ProductionEU: Environment; [name: string]: Environment }
interface OffAmazonPayments {
  readonly ' offAmazonPayments'?: true;
${callbackMethods(stays)}
}
interface OffAmazonPaymentsAsync {
  readonly ' offAmazonPayments'?: true;
${promiseMethods(stays)}
}
interface LoginApi { readonly ' login'?: true; getTokenInfo: any; getProfile: any; getTokenInfoAsync: any; getProfileAsync: any }
interface Reports { readonly ' reports'?: true; [method: string]: any }
interface Notifications { readonly ' notifications'?: true; [method: string]: any }
interface Client {
  readonly ' client'?: 'callback';
  offAmazonPayments: OffAmazonPayments; api: LoginApi; reports: Reports; notifications: Notifications; config: any; debug: any;
  callMwsMethod: any; callApiMethod: any; parseSNSResponse: any; parseSNSResponseAsync: any; checkoutV2: any;
}
interface AsyncClientShape { offAmazonPayments: OffAmazonPaymentsAsync; api: LoginApi; auth: LoginApi; reports: Reports; config: any; callMwsMethod: any; parseSNSResponse: any; checkoutV2: any }
interface AsyncClient extends AsyncClientShape { readonly ' client'?: 'promise' }
interface FlatClient {
  readonly ' client'?: 'flat';
  checkoutV2: any;
${flatMethods()}
}
${flatResponses()}
${Object.values(elements).map(declareElement).join('\n')}
type PromisifiedAll<T> = T & { [K in keyof T as K extends string ? \`\${K}Async\` : never]: T[K] extends CallbackOperation<infer Op, infer R, infer D> ? PromiseOperation<Op, R, D> : any };
interface NbindFunction { <Op extends string, R, D>(operation: CallbackOperation<Op, R, D>, thisArg?: any): PromiseOperation<Op, R, D>; (fn: any, ...args: any[]): any }
interface NinvokeFunction {
  <K extends keyof OffAmazonPayments>(target: OffAmazonPayments, name: K, params?: Confirmed): OffAmazonPayments[K] extends CallbackOperation<any, infer R, infer D> ? Promise<R> : Promise<any>;
  <K extends keyof OffAmazonPayments>(target: OffAmazonPayments, name: K, params?: MayBeDraft): OffAmazonPayments[K] extends CallbackOperation<any, infer R, infer D> ? Promise<D> : Promise<any>;
  <K extends keyof OffAmazonPayments>(target: OffAmazonPayments, name: K, params: any): OffAmazonPayments[K] extends CallbackOperation<any, infer R, infer D> ? Promise<R> : Promise<any>;
  (target: any, name: any, ...args: any[]): Promise<any>;
}
interface NfcallFunction {
  <Op extends string, R, D>(operation: CallbackOperation<Op, R, D>, params: Confirmed): Promise<R>;
  <Op extends string, R, D>(operation: CallbackOperation<Op, R, D>, params: MayBeDraft): Promise<D>;
  <Op extends string, R, D>(operation: CallbackOperation<Op, R, D>, params: any): Promise<R>;
  (fn: any, ...args: any[]): Promise<any>;
}
interface PromisifyFunction { <Op extends string, R, D>(operation: CallbackOperation<Op, R, D>, options?: any): PromiseOperation<Op, R, D>; (fn: any, options?: any): any }
}
interface JSON { parse<T>(text: AmazonPayLegacy.JsonText<T>): T }
declare function require(id: 'amazon-payments'): typeof import('amazon-payments');
declare function require(id: '@madisonreed/amazon-payments'): typeof import('amazon-payments');
declare function require(id: 'amazon-pay-async'): typeof import('amazon-pay-async');
declare function require(id: 'amazonpay'): typeof import('amazonpay');
${declareAliases(aliases)}
declare module 'amazon-payments' {
${declareAnswers(answers, clientNames)}
${[...clientNames].map((name) => `  export type ${name} = AmazonPayLegacy.Client;`).join('\n')}
}
declare function require(id: 'util' | 'node:util'): typeof import('util');
declare function require(id: 'bluebird'): typeof import('bluebird');
declare function require(id: 'q'): typeof import('q');
declare function require(id: string): any;
declare module 'amazon-payments' {
  export function connect(options: any): AmazonPayLegacy.Client;
  export const Environment: AmazonPayLegacy.Environments;
}
declare module '@madisonreed/amazon-payments' { export * from 'amazon-payments'; }
declare module 'amazon-pay-async' {
  export class AmazonPayClient implements AmazonPayLegacy.AsyncClientShape {
    constructor(options: any);
    static Environments: AmazonPayLegacy.Environments;
    static Environment: AmazonPayLegacy.Environments;
    static connect(options: any): AmazonPayClient;
    readonly ' client'?: 'promise';
    offAmazonPayments: AmazonPayLegacy.OffAmazonPaymentsAsync; api: AmazonPayLegacy.LoginApi; auth: AmazonPayLegacy.LoginApi; reports: AmazonPayLegacy.Reports; config: any; callMwsMethod: any; parseSNSResponse: any; checkoutV2: any;
  }
  export function connect(options: any): AmazonPayLegacy.AsyncClient;
  export const Environment: AmazonPayLegacy.Environments;
  export default AmazonPayClient;
${declareAnswers(answers, RESPONSES)}
${Object.keys(operations)
  .map(
    (name) =>
      `  export interface I${name}Request { [field: string]: any }\n  export type I${name}Response = AmazonPayLegacy.${resultType(name)};`,
  )
  .join('\n')}
}
declare module 'amazonpay' {
  export class amazonPayClient {
    constructor(options: any);
    readonly ' client'?: 'flat';
    checkoutV2: any;
${flatMethods().replace(/(PromiseOperation|JsonText|\w+Envelope)/g, 'AmazonPayLegacy.$1')}
  }
}
declare module 'util' { export const promisify: AmazonPayLegacy.PromisifyFunction; export const callbackify: any; export const inspect: any; export const format: any; }
declare module 'node:util' { export * from 'util'; }
declare module 'bluebird' {
  interface BluebirdConstructor extends PromiseConstructor {
    promisify: AmazonPayLegacy.PromisifyFunction;
    promisifyAll<T>(target: T, options?: any): AmazonPayLegacy.PromisifiedAll<T>;
    fromCallback<T>(resolver: (callback: (error: any, value: T) => void) => void, options?: any): Promise<T>;
    fromNode<T>(resolver: (callback: (error: any, value: T) => void) => void, options?: any): Promise<T>;
    map<T, U>(items: T[] | PromiseLike<T[]>, callback: (value: Awaited<T>, index: number, length: number) => U | PromiseLike<U>, options?: any): Promise<U[]>;
    mapSeries<T, U>(items: T[] | PromiseLike<T[]>, callback: (value: Awaited<T>, index: number, length: number) => U | PromiseLike<U>): Promise<U[]>;
    each<T>(items: T[] | PromiseLike<T[]>, callback: (value: Awaited<T>, index: number, length: number) => any): Promise<Awaited<T>[]>;
    props<T>(values: T): Promise<{ [K in keyof T]: Awaited<T[K]> }>;
    join<A, U>(a: A, callback: (a: Awaited<A>) => U | PromiseLike<U>): Promise<U>;
    join<A, B, U>(a: A, b: B, callback: (a: Awaited<A>, b: Awaited<B>) => U | PromiseLike<U>): Promise<U>;
    join<A, B, C, U>(a: A, b: B, c: C, callback: (a: Awaited<A>, b: Awaited<B>, c: Awaited<C>) => U | PromiseLike<U>): Promise<U>;
    join(...values: any[]): Promise<any>;
    method: any; try: any; delay: any; coroutine: any; using: any; config: any; Promise: BluebirdConstructor;
  }
  const Bluebird: BluebirdConstructor;
  export = Bluebird;
}
declare module 'q' {
  interface QStatic {
    <T>(value: T | PromiseLike<T>): Promise<T>;
    nbind: AmazonPayLegacy.NbindFunction; denodeify: AmazonPayLegacy.PromisifyFunction; nfbind: AmazonPayLegacy.PromisifyFunction; nodeify: any;
    ninvoke: AmazonPayLegacy.NinvokeFunction; nsend: AmazonPayLegacy.NinvokeFunction; npost: any;
    nfcall: AmazonPayLegacy.NfcallFunction; ncall: any; all: PromiseConstructor['all']; defer: any; reject: any; resolve: any; when: any; fcall: any; delay: any; Promise: PromiseConstructor; promise: any; spread: any; allSettled: any;
  }
  const Q: QStatic;
  export = Q;
}
`;
}
