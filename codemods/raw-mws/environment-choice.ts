import { ts } from 'ts-morph';

/** `live ? 'mws.amazonservices.com' : 'mws-eu.amazonservices.com'`: one address or another, by a condition that any file can ask. */
export interface Choice {
  /** Made of environment variables and literals alone. */
  readonly condition: string;
  readonly start: number;
  readonly end: number;
  /** The literals, with their quotes. */
  readonly yes: string;
  readonly no: string;
}

const ADDRESS = /amazonservices\.|OffAmazonPayments/;

/** The constant behind a name that this file gives once. */
function constantBehind(source: ts.SourceFile, name: string): ts.Expression | undefined {
  const found = source.statements
    .filter(ts.isVariableStatement)
    .filter(({ declarationList }) => (declarationList.flags & ts.NodeFlags.Const) !== 0)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .filter((one) => ts.isIdentifier(one.name) && one.name.text === name);
  return found.length === 1 ? found[0]?.initializer : undefined;
}

const OPERATORS = /^(?:[!=]==?|&&|\|\|)$/;

/** The condition with its constants written out, or undefined when it hangs on something that other files do not know. */
function writtenOut(node: ts.Expression, source: ts.SourceFile, depth = 0): string | undefined {
  if (depth > 6) return undefined;
  const next = (each: ts.Expression): string | undefined => writtenOut(each, source, depth + 1);
  if (/^process\.env(?:\.\w+|\[['"]\w+['"]\])$/.test(node.getText())) return node.getText();
  if (ts.isStringLiteralLike(node)) return node.getText();
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return node.getText();
  if (ts.isParenthesizedExpression(node)) return next(node.expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const inner = next(node.operand);
    return inner === undefined ? undefined : `!${/[^\w.]/.test(inner) ? `(${inner})` : inner}`;
  }
  if (ts.isBinaryExpression(node) && OPERATORS.test(node.operatorToken.getText())) {
    const [left, right] = [next(node.left), next(node.right)];
    const around = (text: string): string => (/&&|\|\|/.test(text) ? `(${text})` : text);
    return left === undefined || right === undefined
      ? undefined
      : `${around(left)} ${node.operatorToken.getText()} ${around(right)}`;
  }
  const behind = ts.isIdentifier(node) ? constantBehind(source, node.text) : undefined;
  return behind === undefined ? undefined : next(behind);
}

/** The choices between two addresses of MWS in a file. Undefined when one of them hangs on what cannot be told elsewhere. */
export function addressChoices(source: ts.SourceFile): Choice[] | undefined {
  const choices: (Choice | undefined)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isConditionalExpression(node) && ADDRESS.test(node.getText())) {
      const { whenTrue, whenFalse } = node;
      const isPlain = [whenTrue, whenFalse].every((each) => ts.isStringLiteralLike(each) && ADDRESS.test(each.text));
      if (isPlain) {
        const condition = writtenOut(node.condition, source);
        const [start, end] = [node.getStart(), node.getEnd()];
        choices.push(
          condition === undefined
            ? undefined
            : { condition, start, end, yes: whenTrue.getText(), no: whenFalse.getText() },
        );
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return choices.every((each) => each !== undefined) ? choices : undefined;
}
