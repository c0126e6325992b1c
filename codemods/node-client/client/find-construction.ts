import { ts } from 'ts-morph';
import { isLegacySymbol } from '../../typed-program/brands';
import { type FileContext, unwrap } from '../context';
import { isMadeByClass } from './extended-client';
import { CONNECT } from './makers';

export interface Construction {
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly options: ts.Expression | undefined;
}

/** `connect({…})`, `new AmazonPayClient({…})`, `new amazonPayClient({…})`, and `super({…})` or `new` of what extends such a class */
export function asConstruction(context: FileContext, node: ts.Node): Construction | undefined {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  if (isMadeByClass(context, node)) return { node, options: node.arguments?.[0] };
  if (context.typeOf(node)?.kind !== 'client') return undefined;
  const declaration = context.checker.getResolvedSignature(node)?.getDeclaration();
  const owner =
    declaration === undefined ? undefined : ts.isConstructorDeclaration(declaration) ? declaration.parent : declaration;
  const symbol = owner?.name === undefined ? undefined : context.checker.getSymbolAtLocation(owner.name);
  if (!isLegacySymbol(symbol) || symbol === undefined || !CONNECT.has(symbol.name)) return undefined;
  return { node, options: node.arguments?.[0] };
}

const isBesideLegacy = (node: ts.Node | undefined): node is ts.CallExpression =>
  node !== undefined && ts.isCallExpression(node) && /besideLegacy$/i.test(node.expression.getText());

/** What stands below `super({…})`. */
function statementBelow({ parent }: ts.Node): ts.Expression | undefined {
  if (!ts.isExpressionStatement(parent) || !ts.isBlock(parent.parent)) return undefined;
  const { statements } = parent.parent;
  const next = statements[statements.indexOf(parent) + 1];
  return next !== undefined && ts.isExpressionStatement(next) ? next.expression : undefined;
}

/** The client that the second run finds: constructed already beside the legacy one. */
export const isAlreadyBeside = (node: ts.Node): boolean =>
  (isBesideLegacy(node.parent) && node.parent.arguments[0] === node) ||
  (ts.isCallExpression(node) &&
    node.expression.kind === ts.SyntaxKind.SuperKeyword &&
    isBesideLegacy(statementBelow(node)));

/**
 * The currency that the clients of `amazonpay` are configured with (`new amazonPayClient`; the others know none); undefined when
 * one of them hides it or has another.
 */
export function currencyOf(constructions: readonly Construction[]): string | undefined {
  const currencies = new Set(
    constructions
      .filter(({ node }) => ts.isNewExpression(node))
      .map(({ options }) => {
        const literal = options === undefined ? undefined : unwrap(options);
        const isLiteral = literal !== undefined && ts.isObjectLiteralExpression(literal);
        const value = isLiteral ? valueOf(optionOf(literal, 'currencyCode')) : undefined;
        return value !== undefined && ts.isStringLiteralLike(value) ? value.text : undefined;
      }),
  );
  const [only] = currencies;
  return currencies.size === 1 ? only : undefined;
}

export const optionOf = (options: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined =>
  options.properties.find(
    (property) => property.name !== undefined && property.name.getText().replace(/['"]/g, '') === name,
  );

export const valueOf = (property: ts.ObjectLiteralElementLike | undefined): ts.Expression | undefined => {
  if (property === undefined) return undefined;
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
};
