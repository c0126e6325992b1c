import { ts } from 'ts-morph';

/** A constant that is another constant, which a module hands out under a third name. */
const MAX_DEPTH = 4;

/** The text of a string literal, or of a constant, a member of an enum or a field of a written-out table that holds one. */
export const constantText = (checker: ts.TypeChecker, node: ts.Expression): string | undefined =>
  textOf(checker, node, 0);

function textOf(checker: ts.TypeChecker, node: ts.Expression, depth: number): string | undefined {
  const expression = ts.isAsExpression(node) || ts.isParenthesizedExpression(node) ? node.expression : node;
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (expression !== node) return textOf(checker, expression, depth);
  if (depth > MAX_DEPTH || (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node))) return undefined;
  const symbol = checker.getSymbolAtLocation(ts.isIdentifier(node) ? node : node.name);
  return symbol === undefined ? undefined : textOfSymbol(checker, symbol, depth + 1);
}

function textOfSymbol(checker: ts.TypeChecker, symbol: ts.Symbol, depth: number): string | undefined {
  const target = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  const declaration = target.valueDeclaration;
  if (declaration === undefined || depth > MAX_DEPTH) return undefined;
  if (ts.isShorthandPropertyAssignment(declaration)) {
    const value = checker.getShorthandAssignmentValueSymbol(declaration);
    return value === undefined ? undefined : textOfSymbol(checker, value, depth + 1);
  }
  const named = ts.isBindingElement(declaration) ? takenFrom(checker, declaration) : undefined;
  if (named !== undefined) return textOfSymbol(checker, named, depth + 1);
  const value = valueOf(declaration, target);
  return value === undefined ? undefined : textOf(checker, value, depth);
}

const isConstant = (declaration: ts.Node): boolean => (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;

/** What a declaration is given once and for all. */
function valueOf(declaration: ts.Declaration, { declarations }: ts.Symbol): ts.Expression | undefined {
  if (ts.isEnumMember(declaration) || ts.isPropertyAssignment(declaration)) return declaration.initializer;
  if (ts.isVariableDeclaration(declaration)) return isConstant(declaration) ? declaration.initializer : undefined;
  // `exports.SLOW = 'RequestThrottled'`
  const { parent } = declaration;
  const isExported =
    ts.isPropertyAccessExpression(declaration) && /^(?:module\.)?exports\b/.test(declaration.getText());
  return isExported && declarations?.length === 1 && ts.isBinaryExpression(parent) ? parent.right : undefined;
}

/** `const { SLOW } = require('./codes')`: the field that the name was taken from. */
function takenFrom(checker: ts.TypeChecker, element: ts.BindingElement): ts.Symbol | undefined {
  const { parent, name, propertyName = name, initializer } = element;
  const isTaken = ts.isObjectBindingPattern(parent) && initializer === undefined && isConstant(element);
  if (!isTaken || !ts.isIdentifier(propertyName)) return undefined;
  return checker.getTypeAtLocation(parent).getProperty(propertyName.text);
}
