import { ts } from 'ts-morph';
import { type Access, isAccess } from '../../rewriting/access';
import { nodesOf } from '../../typed-program/nodes';
import { asRead } from './answer-read';
import { type FileContext, unwrap } from '../context';
import { handedToOthers } from './other-callers';

const EMPTINESS = /^(?:[!=]==?|&&|\|\||\?\?)$/;

/** `a && a.Amount`, `a == null`, `!a`: it is only asked whether there is one. */
function isAskedFor(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent))
    return (
      EMPTINESS.test(parent.operatorToken.getText()) &&
      (parent.left === node || parent.operatorToken.getText().includes('='))
    );
  return (
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

/** In TypeScript a type of the merchant may name the fields of one kind alone. */
const isOpen = (context: FileContext, parameter: ts.ParameterDeclaration): boolean =>
  !context.isTypeScript || /^\w+(?:\s*:\s*any)?$/.test(context.text(parameter));

/** Nothing is done with the amount but to read its fields. */
function isOnlyRead(context: FileContext, parameter: ts.ParameterDeclaration): boolean {
  const { name } = parameter;
  if (!ts.isIdentifier(name) || !isOpen(context, parameter)) return false;
  const symbol = context.checker.getSymbolAtLocation(name);
  return nodesOf(context.file.source).every((use) => {
    if (!ts.isIdentifier(use) || use === name || use.text !== name.text) return true;
    if (context.checker.getSymbolAtLocation(use) !== symbol) return true;
    const { parent } = use;
    const isRead = isAccess(parent) && parent.expression === use && asRead(context, parent)?.field !== undefined;
    const isWritten = isRead && ts.isBinaryExpression(parent.parent) && parent.parent.left === parent;
    return (
      (isRead && !(isWritten && parent.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)) || isAskedFor(use)
    );
  });
}

/**
 * Parameters that are handed an amount by calls that are rewritten, and something else by calls that are not, such as the
 * answer of a client that stays: `toCents(r.CaptureDetails.CaptureAmount)`. Fields of both are read there.
 */
export function sharedPrices(contexts: readonly FileContext[]): ReadonlySet<ts.ParameterDeclaration> {
  const found = new Set<ts.ParameterDeclaration>();
  const contextOf = new Map(contexts.map((context) => [context.file.source, context]));
  for (const context of contexts)
    for (const { parameter, element } of handedToOthers(context)) {
      const own = contextOf.get(parameter.getSourceFile());
      if (element === 'Price' && own !== undefined && isOnlyRead(own, parameter)) found.add(parameter);
    }
  return found;
}

/** The field is read of an amount that may be one of legacy: `a.amount ?? a.Amount`. */
export function isOfSharedPrice(context: FileContext, { expression }: Access): boolean {
  const object = unwrap(expression);
  const declared = ts.isIdentifier(object) ? context.checker.getSymbolAtLocation(object)?.valueDeclaration : undefined;
  return declared !== undefined && ts.isParameter(declared) && context.sharedPrices.has(declared);
}
