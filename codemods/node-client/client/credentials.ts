import { ts } from 'ts-morph';
import type { Property } from '../../v2-request/print-object';
import { type FileContext, unwrap } from '../context';

/** Where the new credentials come from. */
type Credentials =
  /** Environment variables: `process.env`, or the object that stands for it. */
  | { readonly kind: 'environment'; readonly base?: ts.Expression }
  | { readonly kind: 'beside-legacy'; readonly base: ts.Expression; readonly declaration: ts.PropertyAssignment }
  | { readonly kind: 'per-client'; readonly base: ts.Expression };

/** The property of a configuration module that supplies the legacy key, when the merchant keeps one. */
export function credentialsOf(context: FileContext, legacyKey: ts.Expression | undefined): Credentials {
  const expression = legacyKey === undefined ? undefined : unwrap(legacyKey);
  if (expression === undefined || !ts.isPropertyAccessExpression(expression)) return { kind: 'environment' };
  if (/^process\.env$/.test(expression.expression.getText())) return { kind: 'environment' };
  if (/^[A-Z][A-Z0-9_]*$/.test(expression.name.text)) return { kind: 'environment', base: expression.expression };
  const declaration = context.checker.getSymbolAtLocation(expression.name)?.valueDeclaration;
  if (
    declaration !== undefined &&
    ts.isPropertyAssignment(declaration) &&
    /process\.env\.|^['"]/.test(declaration.initializer.getText())
  ) {
    return { kind: 'beside-legacy', base: expression.expression, declaration };
  }
  // A property that the merchant's types do not have would not compile; the decision is written down instead.
  if (context.isTypeScript) return { kind: 'environment' };
  return insideFunction(context, expression)
    ? { kind: 'per-client', base: expression.expression }
    : { kind: 'environment' };
}

/** The legacy key comes in through a parameter, so that there may be a client for every merchant. */
export function isPerClient(context: FileContext, legacyKey: ts.Expression | undefined): boolean {
  const expression = legacyKey === undefined ? undefined : unwrap(legacyKey);
  if (expression === undefined || !ts.isPropertyAccessExpression(expression)) return false;
  const credentials = credentialsOf(context, legacyKey);
  const named = credentials.kind === 'environment' && credentials.base !== undefined;
  return credentials.kind !== 'beside-legacy' && !named && insideFunction(context, expression);
}

/** The expression hangs on a parameter: each call of the function makes a client of its own. */
function insideFunction(context: FileContext, expression: ts.PropertyAccessExpression): boolean {
  let root: ts.Expression = expression;
  while (ts.isPropertyAccessExpression(root)) root = root.expression;
  const declaration = context.checker.getSymbolAtLocation(root)?.valueDeclaration;
  return declaration !== undefined && ts.findAncestor(declaration, ts.isParameter) !== undefined;
}

/** `config.get('MWS_KEY')`: whatever is injected, it is asked for the same thing each time. */
const isSetting = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  /^get/.test(node.expression.name.text) &&
  node.arguments.every(ts.isStringLiteralLike);

/** Something in the expression hangs on a parameter: each call of the function may make another client. */
export function isMadePerCall(context: FileContext, expression: ts.Node, seen = new Set<ts.Node>()): boolean {
  if (isSetting(expression)) return false;
  const symbol = ts.isIdentifier(expression) ? context.checker.getSymbolAtLocation(expression) : undefined;
  // `const settings = require('./markets')[market]` counts as an alias, which has no declaration of a value.
  const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  if (declaration?.getSourceFile() === expression.getSourceFile() && !seen.has(declaration)) {
    seen.add(declaration);
    const holder = ts.findAncestor(declaration, (each) => ts.isParameter(each) || ts.isVariableDeclaration(each));
    if (holder !== undefined && ts.isParameter(holder)) return true;
    const made = holder !== undefined && ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
    if (made !== undefined && !ts.isFunctionLike(made)) return isMadePerCall(context, made, seen);
  }
  return ts.forEachChild(expression, (child) => isMadePerCall(context, child, seen) || undefined) === true;
}

export function credentialProperties(
  context: FileContext,
  legacyKey: ts.Expression | undefined,
  emit: (node: ts.Node) => string,
): Property[] {
  const credentials = credentialsOf(context, legacyKey);
  const base = credentials.base === undefined ? 'process.env' : emit(credentials.base);
  const [id, key] =
    credentials.kind === 'environment'
      ? ['AMAZON_PAY_PUBLIC_KEY_ID', 'AMAZON_PAY_PRIVATE_KEY']
      : ['amazonPayPublicKeyId', 'amazonPayPrivateKey'];
  return [
    { key: 'publicKeyId', value: `${base}.${id}`, comments: [] },
    { key: 'privateKey', value: `${base}.${key}`, comments: [] },
  ];
}
