import { ts } from 'ts-morph';
import { answerTypeText } from './legacy-type-text';
import { nodesOf } from './nodes';
import type { Carried } from './promise-idioms';

/** One value that goes into a cache: `clients.set(market, client)`, `clients[market] = client`. */
interface Entry {
  readonly cache: ts.Expression;
  readonly value: ts.Expression;
  readonly kind: 'map' | 'object';
}

function entryIn(node: ts.Node): Entry | undefined {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression: cache, name } = node.expression;
    const [, value] = node.arguments;
    return name.text === 'set' && value !== undefined ? { cache, value, kind: 'map' } : undefined;
  }
  const isAssigned =
    ts.isBinaryExpression(node) &&
    ts.isElementAccessExpression(node.left) &&
    /^(?:=|\|\|=|\?\?=)$/.test(node.operatorToken.getText());
  return isAssigned
    ? { cache: (node.left as ts.ElementAccessExpression).expression, value: node.right, kind: 'object' }
    : undefined;
}

const symbolOf = (checker: ts.TypeChecker, node: ts.Expression): ts.Symbol | undefined =>
  checker.getSymbolAtLocation(ts.isPropertyAccessExpression(node) ? node.name : node);

/** The empty `new Map()` or `{}` that the cache is made with. */
function emptyCache(symbol: ts.Symbol, kind: Entry['kind']): ts.Expression | undefined {
  const declaration = symbol.valueDeclaration;
  const made =
    declaration === undefined
      ? undefined
      : ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration)
        ? declaration.type === undefined
          ? declaration.initializer
          : undefined
        : ts.isBinaryExpression(declaration.parent)
          ? declaration.parent.right
          : undefined;
  if (made === undefined) return undefined;
  if (kind === 'object') return ts.isObjectLiteralExpression(made) && made.properties.length === 0 ? made : undefined;
  const isMap = ts.isNewExpression(made) && made.expression.getText() === 'Map' && made.typeArguments === undefined;
  return isMap && (made.arguments?.length ?? 0) === 0 ? made : undefined;
}

/** `AmazonPayLegacy.Value<'captureState'>`: other files may put words of their own beside it, which nothing tells apart. */
const isWord = (text: string): boolean => text.startsWith('AmazonPayLegacy.Value<');

/** `states.get(id)`, `this.states[id] = …`, and where it is made: all that this file does with it is seen. */
function isUsedHere(node: ts.Identifier): boolean {
  const place = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
  const { parent } = place;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return parent.expression === place;
  if (ts.isBinaryExpression(parent)) return parent.left === place;
  if (ts.isPropertyDeclaration(parent)) return parent.name === place;
  const isMade = ts.isVariableDeclaration(parent) && parent.name === place;
  return isMade && (ts.getCombinedModifierFlags(parent) & ts.ModifierFlags.Export) === 0;
}

/** `export const states`, `module.exports = { states }`, `share(states)`: the cache itself goes where others may fill it. */
const isGivenAway = (checker: ts.TypeChecker, source: ts.SourceFile, symbol: ts.Symbol): boolean =>
  nodesOf(source).some((node) => {
    if (!ts.isIdentifier(node) || node.text !== symbol.name || isUsedHere(node)) return false;
    const { parent } = node;
    if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent) === symbol;
    return ts.isExportSpecifier(parent) || checker.getSymbolAtLocation(node) === symbol;
  });

/** A cache that is empty at first and gets nothing but one kind of legacy values holds these. */
export function carriedByCache(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  const entry = entryIn(node);
  const text = entry === undefined ? undefined : answerTypeText(checker, checker.getTypeAtLocation(entry.value));
  const symbol = entry === undefined || text === undefined ? undefined : symbolOf(checker, entry.cache);
  if (entry === undefined || symbol === undefined || text === undefined) return undefined;
  const source = node.getSourceFile();
  const made = emptyCache(symbol, entry.kind);
  if (made === undefined || made.getSourceFile() !== source) return undefined;
  // The first of them carries; a second annotation would be one too many.
  const entries = nodesOf(source).flatMap((each) => entryIn(each) ?? []);
  const own = entries.filter(({ cache }) => symbolOf(checker, cache) === symbol);
  if (
    own[0]?.value !== entry.value ||
    checker.typeToString(checker.getTypeAtLocation(entry.cache)).includes('AmazonPay')
  )
    return undefined;
  const isOne = own.every(({ value }) => answerTypeText(checker, checker.getTypeAtLocation(value)) === text);
  if (!isOne || (isWord(text) && isGivenAway(checker, source, symbol))) return undefined;
  return {
    kind: 'around',
    node: made,
    text: entry.kind === 'map' ? `Map<any, ${text}>` : `{ [name: string]: ${text} }`,
  };
}
