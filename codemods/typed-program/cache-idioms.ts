import { ts } from 'ts-morph';
import { legacyTypeText } from './legacy-type-text';
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

/** A cache that is empty at first and gets nothing but one kind of legacy values holds these. */
export function carriedByCache(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  const entry = entryIn(node);
  const text = entry === undefined ? undefined : legacyTypeText(checker, checker.getTypeAtLocation(entry.value));
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
  const isOne = own.every(({ value }) => legacyTypeText(checker, checker.getTypeAtLocation(value)) === text);
  if (!isOne) return undefined;
  return {
    kind: 'around',
    node: made,
    text: entry.kind === 'map' ? `Map<any, ${text}>` : `{ [name: string]: ${text} }`,
  };
}
