import { ts } from 'ts-morph';
import { type FileContext, unwrap } from '../context';
import { literalText } from './literal-text';

/** What `err.type === 'RequestThrottled'` compares: the error, the word, and how. Undefined: it is no test of an error code. */
function testedError(context: FileContext, node: ts.Expression): string | undefined {
  const test = unwrap(node);
  if (!ts.isBinaryExpression(test)) return undefined;
  const subject = unwrap(test.left);
  const word = literalText(context.checker, test.right);
  if (word === undefined || !ts.isPropertyAccessExpression(subject) || !/^(?:type|name)$/.test(subject.name.text))
    return undefined;
  if (context.typeOf(subject.expression)?.kind !== 'error') return undefined;
  return [subject.expression.getText(), test.operatorToken.getText(), word].join(' ');
}

/** `a || b || c` by its parts. */
function partsOf(node: ts.Expression, link: ts.SyntaxKind): ts.Expression[] {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== link) return [node];
  return [...partsOf(node.left, link), ...partsOf(node.right, link)];
}

/** Errors of the old client had their code as type and as name; v2 has it once, so of two tests for one word one is left. */
export function mergeErrorTests(context: FileContext, node: ts.BinaryExpression): void {
  const { kind } = node.operatorToken;
  const isNegated = kind === ts.SyntaxKind.AmpersandAmpersandToken;
  if (context.keepsLegacy || (!isNegated && kind !== ts.SyntaxKind.BarBarToken)) return;
  const last = testedError(context, node.right);
  if (last === undefined || last.includes('!') !== isNegated) return;
  // A comment there would go with it.
  if (/\/[/*]/.test(node.getText().slice(node.left.getWidth()))) return;
  if (partsOf(node.left, kind).some((part) => testedError(context, part) === last))
    context.rewriter.replace(node, (emit) => emit(node.left));
}
