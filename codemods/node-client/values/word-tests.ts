import { ts } from 'ts-morph';
import { EQUALITY } from './value-places';

/** A value that is compared with one word. */
export interface WordTest {
  /** What is listed: the comparison, the label of a branch, the word in a list. */
  readonly node: ts.Node;
  readonly value: ts.Expression;
  readonly word: ts.Expression;
}

/** `['Open', 'Closed'].includes(state)`, `indexOf`, and `new Set([…]).has(state)` */
function listedWords({ expression, arguments: [value] }: ts.CallExpression): WordTest[] {
  if (value === undefined || !ts.isPropertyAccessExpression(expression)) return [];
  if (!/^(?:includes|indexOf|has)$/.test(expression.name.text)) return [];
  const [inSet] = ts.isNewExpression(expression.expression) ? (expression.expression.arguments ?? []) : [];
  const list = inSet ?? expression.expression;
  return ts.isArrayLiteralExpression(list) ? list.elements.map((word) => ({ node: word, value, word })) : [];
}

/** The tests of a value against words that stand in the code: a comparison, the labels of a `switch`, a list. */
export function wordTestsIn(node: ts.Node): WordTest[] {
  if (ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind))
    return [
      { node, value: node.left, word: node.right },
      { node, value: node.right, word: node.left },
    ];
  if (ts.isSwitchStatement(node))
    return node.caseBlock.clauses
      .filter(ts.isCaseClause)
      .map(({ expression: word }) => ({ node: word, value: node.expression, word }));
  return ts.isCallExpression(node) ? listedWords(node) : [];
}
