import { ts } from 'ts-morph';
import { legacyEnvironments } from '../../../src/catalog';
import { type FileContext, unwrap, walk } from '../context';
import { isStoodInFor } from '../calls/find-operations';
import { keyOf } from '../answers/pattern-parts';
import { environmentTaken, environmentText, isEnvironmentAccess, isUnknownEnvironment } from './rewrite-environment';
import { rewriteOperationTypes } from '../calls/rewrite-operation-types';

/** `client.offAmazonPayments` that is not called but handed on: the v2 client has no such level. */
function rewriteOperationsObject(context: FileContext, node: ts.Node): void {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'offAmazonPayments') return;
  if (!isOperationsObject(context, node)) return;
  // A stub for an operation of the legacy client is none for the v2 client.
  let outer: ts.Node = node.parent;
  while (ts.isParenthesizedExpression(outer) || ts.isAsExpression(outer)) outer = outer.parent;
  if (ts.isPropertyAccessExpression(outer) && isStoodInFor(outer)) return;
  context.rewriter.replace(node, (emit) => emit(node.expression));
}

/** By its type, or by the type that was written around it because its shape is unmistakable. */
export function isOperationsObject(context: FileContext, node: ts.Expression): boolean {
  for (let current: ts.Node = node; ; current = current.parent) {
    if (context.typeOf(current)?.kind === 'offAmazonPayments') return true;
    if (!ts.isParenthesizedExpression(current.parent) && !ts.isAsExpression(current.parent)) return false;
  }
}

/** `const { offAmazonPayments } = client` and `{ offAmazonPayments: pay }` */
function rewriteOperationsPattern(context: FileContext, node: ts.Node): void {
  if (!ts.isObjectBindingPattern(node) || context.typeOf(node)?.kind !== 'client' || node.elements.length !== 1) return;
  const [only] = node.elements;
  if (only === undefined || (only.propertyName ?? only.name).getText() !== 'offAmazonPayments') return;
  context.rewriter.replace(node, (emit) => emit(only.name));
}

/** `promisifyAll(pay)` */
export const isPromisifyAll = (node: ts.CallExpression | ts.NewExpression): boolean =>
  /(?:^|\.)promisifyAll$/.test(node.expression.getText());

/** The v2 client returns promises, so there is nothing to promisify. */
function dropPromisifyAll(context: FileContext, node: ts.Node): void {
  if (!ts.isCallExpression(node) || !isPromisifyAll(node)) return;
  const [target] = node.arguments;
  const kind = target === undefined ? undefined : context.typeOf(unwrap(target))?.kind;
  if (target === undefined || (kind !== 'offAmazonPayments' && kind !== 'client')) return;
  if (ts.isExpressionStatement(node.parent)) {
    context.rewriter.replace(node.parent, () => '');
    return;
  }
  context.rewriter.replace(node, (emit) => emit(target));
}

/** An environment that is kept in a variable or a configuration object becomes `{ region, sandbox }`. */
function rewriteEnvironmentValue(context: FileContext, node: ts.Node): void {
  const taken = environmentTaken(context, node);
  if (taken !== undefined) {
    const text = `{ region: ${taken.region}, sandbox: ${taken.sandbox} }`;
    context.rewriter.replace(node, () =>
      ts.isShorthandPropertyAssignment(node.parent) ? `${node.getText()}: ${text}` : text,
    );
  }
  if (!isEnvironmentAccess(context, node)) return;
  context.rewriter.replace(node, (emit) => {
    const text = environmentText(context, node, emit);
    return text === undefined
      ? context.rewriter.original(node)
      : `{ region: ${text.region}, sandbox: ${text.sandbox} }`;
  });
}

/** The import goes, and what the client never had was undefined all along. */
function dropUnknownEnvironment(context: FileContext, node: ts.Node): void {
  if (!isUnknownEnvironment(context, node)) return;
  context.rewriter.replace(node, () => 'undefined');
  context.leaveOpen(node, {
    rule: 'node-client/construction',
    legacy: { name: context.text(node) },
    replacement: null,
    message: `${context.text(node)} is no environment of the legacy client, and so undefined; say which region is meant, and whether it is the sandbox.`,
  });
}

/** A type that names the legacy client names the v2 client from now on. */
function rewriteTypeReference(context: FileContext, node: ts.Node): void {
  if (!ts.isTypeReferenceNode(node) || context.typeOf(node)?.kind !== 'client') return;
  // What the analysis wrote is not the merchant's.
  if (context.rewriter.original(node) === '') return;
  // A name of the merchant's own stands for the v2 client where it is declared.
  if (isOwnName(context, node.typeName)) return;
  context.needsSdk = true;
  context.report(node, {
    rule: 'node-client/type-reference',
    automation: 'automatic',
    legacy: { name: node.getText() },
    replacement: { name: 'WebStoreClient' },
    message: `The type ${node.getText()} is WebStoreClient in v2.`,
    rewritten: true,
  });
  context.rewriter.replace(node, () => 'WebStoreClient');
}

function isOwnName(context: FileContext, name: ts.EntityName): boolean {
  const symbol = context.checker.getSymbolAtLocation(name);
  const target =
    symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
      ? context.checker.getAliasedSymbol(symbol)
      : symbol;
  const isOurs = (file: ts.SourceFile): boolean => context.input.files.some(({ path }) => `/${path}` === file.fileName);
  return target?.declarations?.some((one) => ts.isTypeAliasDeclaration(one) && isOurs(one.getSourceFile())) === true;
}

/** Rewrites what carries a legacy client around, once nothing needs the legacy one any more. */
export function rewriteClientUses(context: FileContext): void {
  walk(context.file.source, (node) => {
    rewriteOperationsObject(context, node);
    rewriteOperationsPattern(context, node);
    dropPromisifyAll(context, node);
    dropUnknownEnvironment(context, node);
    rewriteEnvironmentValue(context, node);
    rewriteOperationTypes(context, node);
    rewriteTypeReference(context, node);
  });
}

/** What `const { Production, Sandbox } = ap.Environment` takes apart from now on. */
function environmentsTaken({ style: { quote } }: FileContext, pattern: ts.ObjectBindingPattern): string {
  const keys = pattern.elements.map(keyOf);
  const isOpen = keys.some((key) => key === undefined);
  const rows = Object.entries(legacyEnvironments).filter(([name]) => isOpen || keys.includes(name));
  const texts = rows.map(
    ([name, { region, sandbox }]) => `${name}: { region: ${quote}${region}${quote}, sandbox: ${sandbox} }`,
  );
  return `{ ${texts.join(', ')} }`;
}

/** `ap.Environment` and `ap.connect` that were given names of their own have nothing to name any more. */
export function dropModuleAliases(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined || !ts.isVariableDeclarationList(node.parent))
      return;
    const value = unwrap(node.initializer);
    if (ts.isObjectBindingPattern(node.name) && context.typeOf(value)?.kind === 'environments') {
      const { name } = node;
      context.rewriter.replace(node.initializer, () => environmentsTaken(context, name));
      return;
    }
    const isEnvironments = ts.isPropertyAccessExpression(value) && context.typeOf(value)?.kind === 'environments';
    const isModule = ts.isIdentifier(value) && isLegacyModule(context, value) && takesKnown(context, node.name, value);
    if (
      (isEnvironments || isModule) &&
      node.parent.declarations.length === 1 &&
      ts.isVariableStatement(node.parent.parent)
    ) {
      context.rewriter.replace(node.parent.parent, () => '');
    }
  });
}

/** `const { connect, Environment } = module`, and nothing that only its maker knows. */
const takesKnown = ({ checker }: FileContext, name: ts.BindingName, module: ts.Identifier): boolean =>
  ts.isObjectBindingPattern(name) &&
  name.elements.every((part) => {
    const key = keyOf(part);
    return key !== undefined && checker.getTypeAtLocation(module).getProperty(key) !== undefined;
  });

const isLegacyModule = (context: FileContext, node: ts.Identifier): boolean => {
  const type = context.checker.getTypeAtLocation(node);
  return (
    type.getProperty('connect') !== undefined &&
    type.getProperty('Environment') !== undefined &&
    type.getProperty('offAmazonPayments') === undefined
  );
};
