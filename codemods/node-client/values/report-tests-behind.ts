import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { awaited } from '../awaited';
import { isOnlyLegacy } from '../stored/stored-states';
import { type FileContext, unwrap, walk } from '../context';
import { literalText } from './literal-text';
import { areOfOthers } from './state-words';
import { tableOf } from './value-tests';
import { type WordTest, wordTestsIn } from './word-tests';

/** States that leave what can be followed, in one file. */
interface Leaving {
  readonly path: string;
  readonly tables: readonly ValueTable[];
}

/** `once(stateOf)`, `seen.set(id, state)`, `bus.emit(state)`: each was listed where a state goes. */
function leavingIn({ file, findings }: FileContext): Leaving | undefined {
  const names = findings.flatMap(({ rule, legacy }) => (rule === 'node-client/escape' ? [legacy.name] : []));
  const tables = [...new Set(names)].flatMap((name) => tableOf(name) ?? []);
  return tables.length === 0 ? undefined : { path: file.unit.path, tables };
}

/** The modules that a file loads: `import … from './states'`, `require('./states')`. */
function loadedBy({ checker, file }: FileContext): Set<string> {
  const paths = new Set<string>();
  walk(file.source, (node) => {
    if (!ts.isStringLiteralLike(node)) return;
    const isLoaded =
      ts.isImportDeclaration(node.parent) ||
      ts.isExportDeclaration(node.parent) ||
      (ts.isCallExpression(node.parent) && /^(?:require|import)$/.test(node.parent.expression.getText()));
    const module = isLoaded ? checker.getSymbolAtLocation(node)?.declarations?.[0] : undefined;
    if (module !== undefined) paths.add(module.getSourceFile().fileName.replace(/^\//, ''));
  });
  return paths;
}

/** `parcel.state`, and `before` or `{ state }` for it: what is kept under a name is listed by that name (report-stored-values.ts). */
function isNamedField({ checker }: FileContext, value: ts.Expression): boolean {
  const node = unwrap(value);
  // `(await stateOf(id)).value`: what a call brings was kept nowhere.
  if (ts.isPropertyAccessExpression(node)) return !ts.isCallExpression(awaited(unwrap(node.expression)));
  const declared = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  if (declared === undefined || !ts.isVariableDeclaration(declared))
    return declared !== undefined && ts.isBindingElement(declared);
  return declared.initializer !== undefined && ts.isPropertyAccessExpression(unwrap(declared.initializer));
}

/** Nothing is known of the value but that it may be text. */
function isPlain(context: FileContext, value: ts.Expression): boolean {
  if (context.typeOf(value) !== undefined || ts.isStringLiteralLike(value) || isNamedField(context, value))
    return false;
  const type = context.checker.getTypeAtLocation(value);
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.String)) !== 0);
}

/** `bus.on('Open', ship)`: what listens for an event that has the name of a state. */
function heardIn(node: ts.Node): WordTest[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const [word] = node.arguments;
  const isHeard = /^(?:on|once|addListener|prependListener|subscribe)$/.test(node.expression.name.text);
  return isHeard && word !== undefined ? [{ node: word, value: node.expression.expression, word }] : [];
}

function isListed(context: FileContext, node: ts.Node): boolean {
  const [start, end] = [context.rewriter.start(node), context.rewriter.end(node)];
  return context.findings.some((each) => each.start < end && start < each.end && each.rule.endsWith('-comparison'));
}

function reportTest(context: FileContext, { path, tables }: Leaving, { node, value, word }: WordTest): void {
  const legacy = literalText(context.checker, word);
  const known = legacy === undefined ? [] : tables.filter((each) => isOnlyLegacy(each, legacy));
  const [table] = known;
  if (legacy === undefined || table === undefined || areOfOthers(context.text(value)) || isListed(context, node))
    return;
  const from = path === context.file.unit.path ? 'this file' : path;
  const now = [...new Set(known.flatMap(({ values }) => values[legacy]?.anyOf ?? []))];
  const says = now.length === 0 ? 'is one of v2' : `says ${now.join(' or ')}`;
  context.leaveOpen(node, {
    rule: 'node-client/state-comparison',
    confidence: 'low',
    legacy: { name: legacy },
    replacement: { name: `statusDetails.${table.field}` },
    message: `'${legacy}' is a word of legacy, and ${from} hands states of Amazon Pay to what cannot be followed: one that comes back to this test ${says} from now on. Test for that too, unless this is about something else.`,
  });
}

/**
 * Lists tests for words that only legacy has, of values that nothing is known of, beside the code that lets states go: in the
 * file of an escape, and in those that load it. A cache, an event, a memoized function brings the state back there without its
 * type, and the test fails without a word.
 */
export function reportTestsBehind(contexts: readonly FileContext[]): void {
  const leaving = contexts.flatMap((context) => leavingIn(context) ?? []);
  if (leaving.length === 0) return;
  for (const context of contexts) {
    const loaded = loadedBy(context);
    for (const from of leaving.filter(({ path }) => path === context.file.unit.path || loaded.has(path)))
      walk(context.file.source, (node) => {
        const tests = wordTestsIn(node).filter(({ value }) => isPlain(context, value));
        for (const test of [...tests, ...heardIn(node)]) reportTest(context, from, test);
      });
  }
}
