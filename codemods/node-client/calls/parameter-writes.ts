import { ts } from 'ts-morph';
import { escapePattern } from '../../../transforms/escape-pattern';
import type { FileContext } from '../context';

/** The code in which an object can be given more: the function around its declaration, or the file. */
export function scopeOf(context: FileContext, argument: ts.Expression): ts.Node {
  const [name] = argument.getText().split(/[.?[]/);
  let root: ts.Node = argument;
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = root.expression;
  const declaration = ts.isIdentifier(root) ? context.checker.getSymbolAtLocation(root)?.valueDeclaration : undefined;
  if (name === undefined || declaration?.getSourceFile() !== argument.getSourceFile()) return argument.getSourceFile();
  const from = ts.isParameter(declaration) ? declaration : declaration.parent;
  return ts.findAncestor(from, ts.isFunctionLike) ?? argument.getSourceFile();
}

/** `params.SellerRefundNote = …`, `params['RefundAmount.Amount'] = …`: names that are set on the object later. */
export function assignedNames(context: FileContext, argument: ts.Expression): string[] {
  const object = escapePattern(argument.getText());
  const pattern = new RegExp(`(?:^|[^\\w$.])${object}(?:\\.(\\w+)|\\[['"]([\\w.]+)['"]\\])\\s*=[^=]`, 'g');
  return [...scopeOf(context, argument).getText().matchAll(pattern)].map(
    ([, dotted, quoted]) => dotted ?? quoted ?? '',
  );
}

/** `Object.assign(params, …)`, `params[name] = …`: nobody sees what is set on it. */
export function isFilledUnseen(context: FileContext, argument: ts.Expression): boolean {
  const object = escapePattern(argument.getText());
  const merged = `\\b(?:assign|extend|merge|defaults\\w*)\\(\\s*${object}\\s*,`;
  const computed = `(?:^|[^\\w$.])${object}\\[(?!['"][\\w.]+['"]\\])[^\\]]+\\]\\s*=[^=]`;
  return new RegExp(`${merged}|${computed}`).test(scopeOf(context, argument).getText());
}
