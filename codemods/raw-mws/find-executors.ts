import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import type { ActionUse } from './find-requests';

/** A function that sends whatever action it is given. */
export interface Executor {
  readonly node: ts.Node;
  readonly name: string;
  /** It answers with a promise and takes nothing but the action and the parameters. */
  readonly promises: boolean;
}

type FunctionNode = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

const isFunction = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node);

/** The name by which a function is called, wherever it was put. */
function nameOf(node: FunctionNode): string | undefined {
  if (node.name !== undefined && ts.isIdentifier(node.name)) return node.name.text;
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  if (ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  if (ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(parent.left)) return parent.left.name.text;
  return undefined;
}

/** The parameter of the function that becomes the Action of a request, if one does. */
function takesAction(node: FunctionNode): boolean {
  const names = new Set(node.parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : [])));
  let found = false;
  const visit = (child: ts.Node): void => {
    const isAction = (key: ts.Node): boolean =>
      (ts.isIdentifier(key) || ts.isStringLiteralLike(key)) && key.text === 'Action';
    if (ts.isPropertyAssignment(child) && isAction(child.name) && ts.isIdentifier(child.initializer))
      found ||= names.has(child.initializer.text);
    if (ts.isShorthandPropertyAssignment(child) && child.name.text === 'Action') found ||= names.has('Action');
    if (
      ts.isBinaryExpression(child) &&
      child.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isIdentifier(child.right)
    ) {
      const key = ts.isPropertyAccessExpression(child.left)
        ? child.left.name
        : ts.isElementAccessExpression(child.left)
          ? child.left.argumentExpression
          : undefined;
      if (key !== undefined && isAction(key)) found ||= names.has(child.right.text);
    }
    if (ts.isTemplateExpression(child)) {
      const heads = [child.head, ...child.templateSpans.map(({ literal }) => literal)];
      child.templateSpans.forEach(({ expression }, index) => {
        if (/Action=$/.test(heads[index]?.text ?? '') && ts.isIdentifier(expression))
          found ||= names.has(expression.text);
      });
    }
    if (
      ts.isBinaryExpression(child) &&
      child.operatorToken.kind === ts.SyntaxKind.PlusToken &&
      ts.isIdentifier(child.right)
    ) {
      if (/Action=['"]?$/.test(child.left.getText().replace(/['"]$/, ''))) found ||= names.has(child.right.text);
    }
    ts.forEachChild(child, visit);
  };
  if (node.body !== undefined) visit(node.body);
  return found;
}

/** `async (action, params)`, or one that returns `new Promise(…)`. */
function answersWithPromise(node: FunctionNode): boolean {
  if (node.parameters.length !== 2) return false;
  const isAsync = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
  return isAsync || /\breturn new Promise\b/.test(node.body?.getText() ?? '');
}

/** Every function of a file that has a name, by it. */
export function functionsByName(source: ts.SourceFile): Map<string, ts.Node[]> {
  const functions = new Map<string, ts.Node[]>();
  const visit = (node: ts.Node): void => {
    const name = isFunction(node) ? nameOf(node) : undefined;
    if (name !== undefined) functions.set(name, [...(functions.get(name) ?? []), node]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return functions;
}

/** Functions of a file that take the action as a parameter. */
export function findExecutors(source: ts.SourceFile): Executor[] {
  const found: Executor[] = [];
  const visit = (node: ts.Node): void => {
    const name = isFunction(node) ? nameOf(node) : undefined;
    if (isFunction(node) && name !== undefined && takesAction(node))
      found.push({ node, name, promises: answersWithPromise(node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The name of the function that is called: `exec(…)`, `self.exec(…)`, `mws['exec'](…)`, `mws.exec.call(mws, …)`. */
function calledName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isElementAccessExpression(callee))
    return ts.isStringLiteralLike(callee.argumentExpression) ? callee.argumentExpression.text : undefined;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const { name, expression } = callee;
  return name.text === 'call' || name.text === 'bind' ? (calledName(expression) ?? name.text) : name.text;
}

/**
 * Calls of executors: with the operation when it is written out, without when it is computed. Computed ones are told by
 * the name of the function alone, so they only count in files that speak to MWS.
 */
export function findExecutorCalls(
  source: ts.SourceFile,
  names: ReadonlySet<string>,
  listsComputed: boolean,
): ActionUse[] {
  const found: ActionUse[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const name = calledName(callee);
      const action = node.arguments.find((argument) => ts.isStringLiteralLike(argument)) ?? node.arguments[0];
      const onPattern = ts.isPropertyAccessExpression(callee) && ts.isRegularExpressionLiteral(callee.expression);
      if (name !== undefined && names.has(name) && action !== undefined && !onPattern) {
        if (ts.isStringLiteralLike(action)) {
          if (operations[action.text] !== undefined) found.push({ node, operation: action.text });
        } else if (listsComputed && !ts.isObjectLiteralExpression(action) && !ts.isFunctionLike(action))
          found.push({ node, operation: undefined });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
