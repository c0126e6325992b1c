import { ts } from 'ts-morph';
import { accessedName } from '../../rewriting/access';
import { type FileContext, unwrap, walk } from '../context';
import { findOperationPath } from './find-operation-paths';
import { operationNamed, remainOf } from './operation-names';
import type { Remain } from '../remain';

/** A function that calls whatever operation it is given the name of, and which of its parameters is the name. */
type Executors = Map<ts.SignatureDeclaration, number>;

interface Found {
  readonly executors: Executors;
  readonly remains: Map<FileContext, Remain[]>;
}

const CALLS_EACH = /^(?:forEach|map|each|reduce|mapSeries|eachSeries)$/;

/** The constant of this file that a name stands for. */
function behind(context: FileContext, node: ts.Expression): ts.Expression {
  const expression = unwrap(node);
  const declaration = ts.isIdentifier(expression)
    ? context.checker.getSymbolAtLocation(expression)?.valueDeclaration
    : undefined;
  const value =
    declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value === undefined ? expression : unwrap(value);
}

/** The names that an expression can have, as they are written: `a ? 'capture' : 'refund'`, `OPERATIONS[kind]`. */
function literalsIn(context: FileContext, node: ts.Expression): ts.StringLiteralLike[] {
  const expression = behind(context, node);
  if (ts.isStringLiteralLike(expression)) return [expression];
  if (ts.isConditionalExpression(expression))
    return [expression.whenTrue, expression.whenFalse].flatMap((each) => literalsIn(context, each));
  if (ts.isBinaryExpression(expression))
    return [expression.left, expression.right].flatMap((each) => literalsIn(context, each));
  if (ts.isArrayLiteralExpression(expression)) return expression.elements.flatMap((each) => literalsIn(context, each));
  if (ts.isObjectLiteralExpression(expression))
    return expression.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) ? literalsIn(context, property.initializer) : [],
    );
  const isLookUp = ts.isElementAccessExpression(expression) || ts.isPropertyAccessExpression(expression);
  return isLookUp && behind(context, expression.expression) !== expression.expression
    ? literalsIn(context, expression.expression)
    : [];
}

/** Notes what the name at one place can be; a parameter makes its function one that takes names. */
function follow(context: FileContext, name: ts.Expression, at: ts.Node, through: string, found: Found): void {
  const list = found.remains.get(context) ?? [];
  found.remains.set(context, list);
  const add = (node: ts.Node, operation: string): void => {
    if (!list.some((other) => other.node === node)) list.push(remainOf(context, node, operation, through));
  };
  for (const literal of literalsIn(context, name)) {
    const operation = operationNamed(literal.text);
    const isHere = literal.getSourceFile() === context.file.source;
    if (operation !== undefined) add(literal === unwrap(name) || !isHere ? at : literal, operation);
  }
  const expression = unwrap(name);
  const declaration = ts.isIdentifier(expression)
    ? context.checker.getSymbolAtLocation(expression)?.valueDeclaration
    : undefined;
  if (declaration === undefined || !ts.isParameter(declaration)) return;
  const index = declaration.parent.parameters.indexOf(declaration);
  found.executors.set(declaration.parent, index);
  // ['capture', 'refund'].forEach(function (name) { … })
  const call = declaration.parent.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return;
  if (!CALLS_EACH.test(call.expression.name.text)) return;
  for (const list of [call.expression.expression, ...call.arguments.slice(0, 1)])
    for (const literal of literalsIn(context, list)) {
      const operation = operationNamed(literal.text);
      if (operation !== undefined && literal.getSourceFile() === context.file.source) add(literal, operation);
    }
}

/** `client.offAmazonPayments[name]` */
function isComputed(context: FileContext, node: ts.Node): node is ts.ElementAccessExpression {
  if (!ts.isElementAccessExpression(node) || accessedName(node) !== undefined) return false;
  const type = context.typeAround(node.expression);
  return type?.kind === 'offAmazonPayments' || (type?.kind === 'client' && type.style === 'flat');
}

/**
 * Finds the operations that are called by name through functions of the merchant: `call('authorize', params)`. Nothing of
 * them is rewritten, but each stands in the list with its operation.
 */
export function findNamedOperations(contexts: readonly FileContext[]): ReadonlyMap<FileContext, readonly Remain[]> {
  const found: Found = { executors: new Map(), remains: new Map() };
  for (const context of contexts)
    walk(context.file.source, (node) => {
      if (isComputed(context, node)) follow(context, node.argumentExpression, node, 'on the client', found);
      const path = findOperationPath(context, node);
      if (path !== undefined) found.remains.set(context, [...(found.remains.get(context) ?? []), path]);
    });
  // A function that hands its own parameter on takes names, too.
  for (let known = -1; known !== found.executors.size;) {
    known = found.executors.size;
    if (known === 0) break;
    for (const context of contexts)
      walk(context.file.source, (node) => {
        if (!ts.isCallExpression(node)) return;
        const declaration = context.checker.getResolvedSignature(node)?.getDeclaration();
        const index =
          declaration === undefined ? undefined : found.executors.get(declaration as ts.SignatureDeclaration);
        const name = index === undefined ? undefined : node.arguments[index];
        if (name !== undefined) follow(context, name, node, `through ${context.text(node.expression)}`, found);
      });
  }
  return found.remains;
}
