import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { type FileContext, unwrap, walk } from '../context';
import { valueTableAt } from './value-places';

const withoutFreeze = (node: ts.Expression | undefined): ts.Expression | undefined => {
  const value = node === undefined ? undefined : unwrap(node);
  const isFrozen = value !== undefined && ts.isCallExpression(value) && value.expression.getText() === 'Object.freeze';
  return isFrozen ? value.arguments[0] : value;
};

/** The expression that a name stands for, when it may be rewritten: every use of the name is for values of one table. */
export function literalOf(context: FileContext, node: ts.Expression, table: ValueTable): ts.Expression | undefined {
  if (!ts.isIdentifier(node)) return withoutFreeze(node);
  const symbol = context.checker.getSymbolAtLocation(node);
  const declaration = symbol?.valueDeclaration;
  if (
    declaration === undefined ||
    !ts.isVariableDeclaration(declaration) ||
    declaration.getSourceFile() !== node.getSourceFile() ||
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0
  )
    return undefined;
  let shared = false;
  walk(context.file.source, (use) => {
    if (!ts.isIdentifier(use) || use.text !== node.text || use === declaration.name) return;
    const same = context.checker.getSymbolAtLocation(use) === symbol || ts.isShorthandPropertyAssignment(use.parent);
    if (same && !servesOnly(context, use, table)) shared = true;
  });
  return shared ? undefined : withoutFreeze(declaration.initializer);
}

/** `TABLE[state]`, `LIST.includes(state)`: words of other objects, or words that were stored, need the list as it is. */
function servesOnly(context: FileContext, use: ts.Identifier, table: ValueTable): boolean {
  let node: ts.Node = use;
  while (ts.isParenthesizedExpression(node.parent) || ts.isNonNullExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (ts.isElementAccessExpression(parent) && parent.expression === node)
    return valueTableAt(context, parent.argumentExpression)?.name === table.name;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword && parent.right === node)
    return valueTableAt(context, parent.left)?.name === table.name;
  if (!ts.isPropertyAccessExpression(parent) || parent.name === use) return isName(use);
  const call = parent.parent;
  const [subject] = ts.isCallExpression(call) && call.expression === parent ? call.arguments : [];
  return subject !== undefined && valueTableAt(context, subject)?.name === table.name;
}

/** The same word as the name of a property. */
const isName = (use: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(use.parent) && use.parent.name === use) ||
  (ts.isPropertyAssignment(use.parent) && use.parent.name === use);
