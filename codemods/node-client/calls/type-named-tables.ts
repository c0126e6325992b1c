import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import type { CodemodInput } from '../../codemod';
import { isHelperFile } from '../../emitted-helper/emitted-files';
import type { Annotation } from '../../typed-program/annotated-file';
import { analyseClients } from '../analyse-clients';
import { FileContext, walk } from '../context';
import { findNamedTables, type NamedSite, type NamedTable } from './find-named-tables';
import { isTypeScript } from '../../rewriting/is-type-script';

type Seed = Map<string, Annotation[]>;

interface Span {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Tells the checker what an expression is. */
function cast(seed: Seed, { path, start, end }: Span, type: string): void {
  const list = seed.get(path) ?? [];
  seed.set(path, list);
  if (isTypeScript(path)) list.push({ at: start, text: '(' }, { at: end, text: ` as unknown as ${type})` });
  else list.push({ at: start, text: `(/** @type {${type}} */ (` }, { at: end, text: '))' });
}

/** An operation whose answer is told from all others, to see what a function does with whatever it is answered. */
const PROBE = 'ReverseProviderCredit';
const PROBE_ANSWER = 'CaptureResult';

const ERROR = 'AmazonPayLegacy.LegacyError';

function probe(tables: readonly NamedTable[]): Seed {
  const seed: Seed = new Map();
  for (const table of tables) {
    const kind = table.style === 'callback' ? 'CallbackOperation' : 'PromiseOperation';
    cast(seed, table, `AmazonPayLegacy.${kind}<'${PROBE}', AmazonPayLegacy.${PROBE_ANSWER}>`);
  }
  return seed;
}

const find = (context: FileContext, { start, end }: Omit<Span, 'path'>): ts.Node | undefined => {
  let found: ts.Node | undefined;
  walk(context.file.source, (node) => {
    const isIt = context.rewriter.start(node) === start && context.rewriter.end(node) === end;
    if (isIt && (ts.isCallExpression(node) || ts.isElementAccessExpression(node))) found = node;
  });
  return found;
};

const isAnswer = (context: FileContext, node: ts.Node): boolean => {
  const type = context.typeOf(node);
  return type?.kind === 'element' && type.element === PROBE_ANSWER;
};

/** The argument of a site that gets the answer, or -1. */
const callbackOf = (call: ts.CallExpression): number =>
  call.arguments.length > 2 || ts.isFunctionLike(call.arguments.at(-1) ?? call) ? call.arguments.length - 1 : -1;

/** What a call of the function gives: the answer as it came, to a callback or as a promise. */
function answersAsItCame(context: FileContext, call: ts.CallExpression): 'callback' | 'promise' | undefined {
  const type = context.typeOf(call);
  if (type?.kind === 'promise')
    return type.of.kind === 'element' && type.of.element === PROBE_ANSWER ? 'promise' : undefined;
  const callback = call.arguments[callbackOf(call)];
  const signature =
    callback === undefined ? undefined : context.checker.getContextualType(callback)?.getCallSignatures()[0];
  const result = signature?.getParameters()[1];
  const given = result === undefined ? undefined : context.typeOfSymbol(result);
  return given?.kind === 'element' && given.element === PROBE_ANSWER ? 'callback' : undefined;
}

/** The answer is only handed on: nothing is read of it, kept, or copied. */
function onlyHandsOn(context: FileContext, access: ts.Node): boolean {
  const within = ts.findAncestor(access, ts.isFunctionLike);
  let outermost: ts.Node = within ?? access;
  for (
    let up = ts.findAncestor(outermost.parent, ts.isFunctionLike);
    up !== undefined;
    up = ts.findAncestor(up.parent, ts.isFunctionLike)
  )
    outermost = up;
  let does = true;
  walk(outermost, (node) => {
    if (!ts.isIdentifier(node) || ts.isPartOfTypeNode(node) || ts.isQualifiedName(node.parent)) return;
    if (!isAnswer(context, node)) return;
    const { parent } = node;
    does &&=
      ts.isParameter(parent) ||
      ts.isReturnStatement(parent) ||
      ts.isArrowFunction(parent) ||
      ts.isConditionalExpression(parent) ||
      (ts.isVariableDeclaration(parent) && parent.name === node) ||
      (ts.isCallExpression(parent) && parent.expression !== node && ts.isIdentifier(parent.expression));
  });
  return does;
}

interface Kept {
  readonly table: NamedTable;
  readonly kinds: ReadonlyMap<NamedSite, { readonly kind: 'callback' | 'promise'; readonly callback: number }>;
}

/** Keeps the tables of which every call gets the answer as it came. */
function keepForwarding(contexts: readonly FileContext[], tables: readonly NamedTable[]): Kept[] {
  const at = (span: Span): { context: FileContext; node: ts.Node } | undefined => {
    const context = contexts.find(({ file }) => file.unit.path === span.path);
    const node = context === undefined ? undefined : find(context, span);
    return context === undefined || node === undefined ? undefined : { context, node };
  };
  return tables.flatMap((table): Kept[] => {
    const place = at(table);
    if (place === undefined || !onlyHandsOn(place.context, place.node)) return [];
    const kinds = new Map<NamedSite, { kind: 'callback' | 'promise'; callback: number }>();
    for (const site of table.sites) {
      const found = at(site);
      if (found === undefined || !ts.isCallExpression(found.node)) return [];
      const kind = answersAsItCame(found.context, found.node);
      if (kind === undefined) return [];
      kinds.set(site, { kind, callback: callbackOf(found.node) });
    }
    return [{ table, kinds }];
  });
}

/** Types each call by the operation that it names, and the errors inside the function. */
function seedOf(kept: readonly Kept[]): Seed {
  const seed: Seed = new Map();
  for (const { table, kinds } of kept) {
    if (table.style === 'callback')
      cast(seed, table, `(params: any, callback?: (error: ${ERROR}, result: any) => void) => any`);
    for (const [site, { kind, callback }] of kinds) {
      const answer = `AmazonPayLegacy.${operations[site.operation]?.result ?? 'EmptyResult'}`;
      if (kind === 'promise') cast(seed, site, `Promise<${answer}>`);
      else {
        const before = Array.from({ length: callback }, (_, index) => `given${index}: any`).join(', ');
        const callee = { path: site.path, start: site.start, end: site.calleeEnd };
        cast(seed, callee, `(${before}, callback: (error: ${ERROR}, result: ${answer}) => void) => any`);
      }
    }
  }
  return seed;
}

/** `operations[name]` with a name of several: what it answers with is of none of them for certain. */
function severalAt(contexts: readonly FileContext[], kept: readonly Kept[]): Span[] {
  const found: Span[] = [];
  for (const context of contexts)
    walk(context.file.source, (node) => {
      if (!ts.isElementAccessExpression(node) || !context.checker.getTypeAtLocation(node).isUnion()) return;
      if (context.typeAround(node.expression)?.kind !== 'offAmazonPayments') return;
      const { rewriter } = context;
      const span = { path: context.file.unit.path, start: rewriter.start(node), end: rewriter.end(node) };
      if (!kept.some(({ table }) => table.path === span.path && table.start === span.start)) found.push(span);
    });
  return found;
}

/** A file of each script, typed, and the functions among them that call operations by name. */
export interface NamedAnalysis {
  readonly contexts: readonly FileContext[];
  readonly tables: readonly NamedTable[];
}

/** Types the scripts; where functions call operations by name, the answer of each of their calls is typed by its name. */
export function analyseNamed(input: CodemodInput): NamedAnalysis {
  const contextsOf = (seed?: Seed): FileContext[] => {
    const { checker, files } = analyseClients(input, seed);
    return files.filter(({ unit }) => !isHelperFile(unit.path)).map((file) => new FileContext(file, checker, input));
  };
  const contexts = contextsOf();
  const found = findNamedTables(contexts);
  const kept = found.length === 0 ? [] : keepForwarding(contextsOf(probe(found)), found);
  const several = severalAt(contexts, kept);
  if (kept.length + several.length === 0) return { contexts, tables: [] };
  const seed = seedOf(kept);
  for (const span of several) cast(seed, span, 'any');
  return { contexts: contextsOf(seed), tables: kept.map(({ table }) => table) };
}
