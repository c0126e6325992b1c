import { ts } from 'ts-morph';
import { legacyTypeOf } from '../../typed-program/brands';
import { type FileContext, unwrap } from '../context';

const NAME = 'environment';

/** What a constant was made of. */
function madeOf({ checker }: FileContext, name: ts.Identifier): ts.Expression | undefined {
  const declaration = checker.getSymbolAtLocation(name)?.valueDeclaration;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

/** `LIVE && settings`, `settings[region]` and `config?.amazon` may be nothing, which types do not tell. */
function mayBeNothing(context: FileContext, settings: ts.Expression): boolean {
  const expression = unwrap(settings);
  if (ts.isIdentifier(expression)) {
    if (expression.text === 'undefined') return true;
    const value = madeOf(context, expression);
    return value !== undefined && !ts.isIdentifier(value) && mayBeNothing(context, value);
  }
  if (ts.isConditionalExpression(expression))
    return [expression.whenTrue, expression.whenFalse].some((each) => mayBeNothing(context, each));
  if (ts.isPropertyAccessExpression(expression)) return ts.isOptionalChain(expression);
  if (ts.isElementAccessExpression(expression)) return !ts.isStringLiteralLike(expression.argumentExpression);
  return ts.isBinaryExpression(expression) || expression.kind === ts.SyntaxKind.NullKeyword;
}

/** Settings that certainly hold an environment of the legacy client. */
export function givesEnvironment(context: FileContext, settings: ts.Expression): boolean {
  if (mayBeNothing(context, settings)) return false;
  const { checker } = context;
  const type = checker.getTypeAtLocation(settings);
  const property = type.isUnion() ? undefined : type.getProperty(NAME);
  if (property === undefined || (property.flags & ts.SymbolFlags.Optional) !== 0) return false;
  const held = checker.getTypeOfSymbol(property);
  return !held.isUnion() && legacyTypeOf(checker, held)?.kind === 'environment';
}

const NOTHING = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.BooleanLike | ts.TypeFlags.StringLike;

/** What is spread has no environment: it is nothing, or an object whose parts are known, and it is none of them. */
function lacksEnvironment(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every(lacksEnvironment);
  if ((type.flags & NOTHING) !== 0) return true;
  const isKnown = (type.flags & ts.TypeFlags.Object) !== 0 && type.getStringIndexType() === undefined;
  // An object that begins without a part is filled somewhere else.
  return isKnown && type.getProperties().length > 0 && type.getProperty(NAME) === undefined;
}

/**
 * What decides the environment of a client: the last that has one, as later spreads win over what stands before them.
 *
 * @returns 'unknown' where something behind it may have another, and undefined where nothing has one
 */
export function environmentSource(
  context: FileContext,
  { properties }: ts.ObjectLiteralExpression,
): ts.ObjectLiteralElementLike | 'unknown' | undefined {
  for (const property of [...properties].reverse()) {
    if (ts.isSpreadAssignment(property)) {
      if (givesEnvironment(context, property.expression)) return property;
      if (!lacksEnvironment(context.checker.getTypeAtLocation(property.expression))) return 'unknown';
      continue;
    }
    if (ts.isComputedPropertyName(property.name) && !ts.isStringLiteralLike(property.name.expression)) return 'unknown';
    if (property.name.getText().replace(/[[\]'"]/g, '') === NAME) return property;
  }
  return undefined;
}
