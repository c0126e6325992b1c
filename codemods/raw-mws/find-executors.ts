import { ts } from 'ts-morph';
import { type GivenAt, takesAction } from './take-action';

/** A function that sends whatever action it is given. */
export interface Executor {
  readonly path: string;
  readonly node: FunctionNode;
  readonly name: string;
  /** Where it is given the action. */
  readonly action: GivenAt;
  /** It answers with a promise and takes nothing but the action and the parameters. */
  readonly promises: boolean;
}

export type FunctionNode = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

export const isFunction = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node);

const isModuleExports = (node: ts.Node): boolean => /^(?:module\.)?exports$/.test(node.getText());

/** What a module is when it is loaded: `module.exports = …`, `export default …`. */
export const MODULE = 'module.exports';

/** The name by which a function is called, wherever it was put. */
export function nameOf(node: FunctionNode): string | undefined {
  if (node.name !== undefined && (ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name)))
    return node.name.text;
  const { parent } = node;
  const isNamed =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  if (isNamed && (ts.isIdentifier(parent.name) || ts.isPrivateIdentifier(parent.name))) return parent.name.text;
  if (ts.isExportAssignment(parent) || ts.isFunctionDeclaration(node)) return MODULE;
  if (!ts.isBinaryExpression(parent) || !ts.isPropertyAccessExpression(parent.left)) return undefined;
  return isModuleExports(parent.left) ? MODULE : parent.left.name.text;
}

/** An async function of so many parameters, or one that returns `new Promise(…)`. */
export function answersWithPromise(node: FunctionNode, parameters: number): boolean {
  if (node.parameters.length !== parameters) return false;
  const isAsync = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
  return isAsync || /\breturn new Promise\b/.test(node.body?.getText() ?? '');
}

/** The name of the function that is called: `exec(…)`, `self.exec(…)`, `mws['exec'](…)`, `mws.exec.call(mws, …)`. */
export function calledName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isElementAccessExpression(callee))
    return ts.isStringLiteralLike(callee.argumentExpression) ? callee.argumentExpression.text : undefined;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const { name, expression } = callee;
  return name.text === 'call' || name.text === 'bind' ? (calledName(expression) ?? name.text) : name.text;
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
export function findExecutors(path: string, source: ts.SourceFile): Executor[] {
  const found: Executor[] = [];
  const visit = (node: ts.Node): void => {
    const name = isFunction(node) ? nameOf(node) : undefined;
    const action = isFunction(node) && name !== undefined ? takesAction(node) : undefined;
    if (isFunction(node) && name !== undefined && action !== undefined)
      found.push({ path, node, name, action, promises: answersWithPromise(node, 2) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
