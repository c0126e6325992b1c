import { ts } from 'ts-morph';
import { accessedName, isAccess } from '../rewriting/access';

/** One place that reads parameters off the query of a request. */
export interface QueryRead {
  readonly node: ts.Node;
  readonly names: readonly string[];
}

const QUERY = /^(?:query|queryStringParameters|qs|queryParams|queryString|searchParams)$/;

/** `req.query`, `event.queryStringParameters`, `url.parse(req.url, true).query`, `query` */
function isQuery(node: ts.Expression): boolean {
  if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
    return isQuery(node.expression);
  // req.query || {}
  if (ts.isBinaryExpression(node)) return isQuery(node.left);
  if (ts.isAwaitExpression(node)) return isQuery(node.expression);
  const name = ts.isIdentifier(node) ? node.text : isAccess(node) ? accessedName(node) : undefined;
  return name !== undefined && QUERY.test(name);
}

/** `searchParams.get('x')`, `req.param('x')`, `c.req.query('x')` */
function calledFor(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [key] = node.arguments;
  if (key === undefined || !ts.isStringLiteralLike(key)) return undefined;
  const { name, expression: object } = node.expression;
  const onQuery = name.text === 'get' && /(?:query|param|url)\w*(?:\(\))?$/i.test(object.getText());
  const onRequest = /^(?:param|query|getQuery)$/.test(name.text) && /\b(?:req|request|ctx|c)$/.test(object.getText());
  return onQuery || onRequest ? key.text : undefined;
}

const keyOf = ({ propertyName, name }: ts.BindingElement): string | undefined => {
  const key = propertyName ?? name;
  return ts.isIdentifier(key) || ts.isStringLiteralLike(key) ? key.text : undefined;
};

/** `const { access_token } = req.query`, `({ query: { access_token } }) => …` */
function takesFromQuery(pattern: ts.ObjectBindingPattern): boolean {
  const { parent } = pattern;
  if (ts.isBindingElement(parent)) return QUERY.test(keyOf(parent) ?? '');
  return ts.isVariableDeclaration(parent) && parent.initializer !== undefined && isQuery(parent.initializer);
}

/** The parameters of a query that a node reads, when it is the node that does so. */
export function asQueryRead(node: ts.Node): QueryRead | undefined {
  const called = calledFor(node);
  if (called !== undefined) return { node, names: [called] };
  if (ts.isObjectBindingPattern(node) && takesFromQuery(node))
    return { node, names: node.elements.flatMap((element) => keyOf(element) ?? []) };
  const name = isAccess(node) && isQuery(node.expression) ? accessedName(node) : undefined;
  return name === undefined ? undefined : { node, names: [name] };
}
