import { ts } from 'ts-morph';
import { type Access, isAccess } from '../../rewriting/access';
import { nodesOf } from '../../typed-program/nodes';
import { asRead } from './answer-read';
import { type FileContext, unwrap } from '../context';
import { loadedElsewhere } from './loaded-elsewhere';
import { handedToOthers } from './other-callers';
import { type PatternPart, partsOf, restOf } from './pattern-parts';

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
  !context.isTypeScript || /^(?:\w+|\{[^{}]*\})(?:\s*:\s*any)?$/.test(context.text(parameter));

/** `{ Amount, CurrencyCode: currency }` */
const takesFields = (name: ts.BindingName): boolean =>
  ts.isObjectBindingPattern(name) &&
  restOf(name) === undefined &&
  name.elements.every((part) => ts.isIdentifier(part.name)) &&
  (partsOf('Price', name)?.every(({ field }) => field !== undefined) ?? false);

/** Nothing is done with the amount but to read its fields. */
function isOnlyRead(context: FileContext, parameter: ts.ParameterDeclaration): boolean {
  const { name } = parameter;
  if (!isOpen(context, parameter)) return false;
  if (!ts.isIdentifier(name)) return takesFields(name);
  const symbol = context.checker.getSymbolAtLocation(name);
  return nodesOf(context.file.source).every((use) => {
    if (!ts.isIdentifier(use) || use === name || use.text !== name.text) return true;
    if (context.checker.getSymbolAtLocation(use) !== symbol) return true;
    const { parent } = use;
    if (ts.isVariableDeclaration(parent) && parent.initializer === use) return takesFields(parent.name);
    const isRead = isAccess(parent) && parent.expression === use && asRead(context, parent)?.field !== undefined;
    const isWritten = isRead && ts.isBinaryExpression(parent.parent) && parent.parent.left === parent;
    return (
      (isRead && !(isWritten && parent.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)) || isAskedFor(use)
    );
  });
}

function reportElsewhere(context: FileContext, parameter: ts.ParameterDeclaration, path: string): void {
  const name = context.text(parameter.name);
  context.leaveOpen(parameter, {
    rule: 'node-client/escape',
    confidence: 'medium',
    legacy: { name: 'Price' },
    replacement: null,
    message: `${name} is an amount of v2 from now on, as calls that are migrated hand it one. ${path} loads this, too: an amount of its own, with Amount and CurrencyCode, is read as one that has none.`,
  });
}

/**
 * Parameters that are handed an amount by calls that are rewritten, and something else by calls that are not, such as the
 * answer of a client that stays: `toCents(r.CaptureDetails.CaptureAmount)`; or by files that nobody looks at, since nothing in
 * them is of legacy. Fields of both are read there.
 */
export function sharedPrices(contexts: readonly FileContext[]): ReadonlySet<ts.ParameterDeclaration> {
  const found = new Set<ts.ParameterDeclaration>();
  const contextOf = new Map(contexts.map((context) => [context.file.source, context]));
  for (const context of contexts)
    for (const { parameter, element } of handedToOthers(context)) {
      const own = contextOf.get(parameter.getSourceFile());
      if (element === 'Price' && own !== undefined && isOnlyRead(own, parameter)) found.add(parameter);
    }
  for (const { parameter, path } of loadedElsewhere(contexts, (each) => !found.has(each))) {
    const own = contextOf.get(parameter.getSourceFile());
    if (own !== undefined && isOnlyRead(own, parameter)) found.add(parameter);
    else if (own !== undefined) reportElsewhere(own, parameter, path);
  }
  return found;
}

function declarationOf(context: FileContext, object: ts.Expression): ts.Declaration | undefined {
  const read = unwrap(object);
  return ts.isIdentifier(read) ? context.checker.getSymbolAtLocation(read)?.valueDeclaration : undefined;
}

const isShared = (context: FileContext, declared: ts.Node | undefined): boolean =>
  declared !== undefined && ts.isParameter(declared) && context.sharedPrices.has(declared);

/** The field is read of an amount that may be one of legacy: `a.amount ?? a.Amount`. */
export const isOfSharedPrice = (context: FileContext, { expression }: Access): boolean =>
  isShared(context, declarationOf(context, expression));

/** `({ Amount }) => …`, `const { Amount } = price`: of an amount that may be one of legacy. */
export function takesSharedPrice(context: FileContext, { parent }: ts.ObjectBindingPattern): boolean {
  if (ts.isParameter(parent)) return isShared(context, parent);
  return (
    ts.isVariableDeclaration(parent) &&
    parent.initializer !== undefined &&
    isShared(context, declarationOf(context, parent.initializer))
  );
}

/** `Amount: legacyAmount, amount: Amount = legacyAmount`: the field of v2, or else the one of legacy. */
export function eitherPart({ key, field, node }: PatternPart, emit: (node: ts.Node) => string): string {
  const legacy = `legacy${key}`;
  const fallback = node.initializer === undefined ? '' : ` = ${emit(node.initializer)}`;
  return `${key}: ${legacy}${fallback}, ${field?.to ?? key}: ${emit(node.name)} = ${legacy}`;
}
