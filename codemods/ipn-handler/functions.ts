import { ts } from 'ts-morph';
import { type FileContext, walk } from '../node-client/context';
import { isForeign } from './foreign';

/** A function whose body can come to wait. */
export type AnyFunction = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration;

export const isFunction = (node: ts.Node): node is AnyFunction =>
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node);

const RESPONSE = /^_?(?:res|response)$/;

export const parameterNames = (node: AnyFunction): string[] => node.parameters.map(({ name }) => name.getText());

export const isAsync = (node: AnyFunction): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;

export const isResponse = (name: string): boolean => RESPONSE.test(name);

/** The response of node:http, Express and the like that is in sight. */
export function responseInSight(node: ts.Node): string | undefined {
  for (let current: ts.Node | undefined = node; current !== undefined; current = current.parent) {
    const name = isFunction(current) ? parameterNames(current).find(isResponse) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** What an answer is made by, in any framework: `h` of hapi, `reply` of Fastify, `ctx` of Koa. */
const ANSWERING = /^_?(?:res|response|reply|ctx|h)$/;

export function answersInSight(node: ts.Node): boolean {
  for (let current: ts.Node | undefined = node; current !== undefined; current = current.parent)
    if (isFunction(current) && parameterNames(current).some((name) => ANSWERING.test(name))) return true;
  return false;
}

/** What a function is handed to: `app.post` of `app.post('/ipn', handler)`. */
export function calleeAround(node: AnyFunction): string | undefined {
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.arguments.includes(node as ts.Expression)
    ? parent.expression.getText()
    : undefined;
}

/** The name by which a function is called: that of its declaration, or of the constant or member that holds it. */
export function nameOf(node: AnyFunction): ts.Identifier | undefined {
  if (ts.isFunctionDeclaration(node)) return node.name;
  const holder = ts.isMethodDeclaration(node) ? node : node.parent;
  const holds = ts.isMethodDeclaration(holder) || ts.isVariableDeclaration(holder) || ts.isPropertyDeclaration(holder);
  return holds && ts.isIdentifier(holder.name) ? holder.name : undefined;
}

/** The same with `exports.name = …`, under which other files call it. */
export function exportedNameOf(node: AnyFunction): ts.Identifier | undefined {
  const { parent } = node;
  const isExport =
    ts.isBinaryExpression(parent) &&
    parent.right === node &&
    ts.isPropertyAccessExpression(parent.left) &&
    isExported(parent.left);
  return isExport && ts.isIdentifier((parent.left as ts.PropertyAccessExpression).name)
    ? ((parent.left as ts.PropertyAccessExpression).name as ts.Identifier)
    : nameOf(node);
}

/** What a symbol stands for behind imports, `{ name }` in exports, and `exports.name = name`. */
export function resolved(context: FileContext, symbol: ts.Symbol | undefined): ts.Symbol | undefined {
  const { checker } = context;
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target?.valueDeclaration;
  if (declaration === undefined) return target;
  if (ts.isShorthandPropertyAssignment(declaration))
    return resolved(context, checker.getShorthandAssignmentValueSymbol(declaration));
  if (ts.isPropertyAssignment(declaration) && ts.isIdentifier(declaration.initializer))
    return resolved(context, checker.getSymbolAtLocation(declaration.initializer));
  const assignment = declaration.parent;
  const isExported = ts.isPropertyAccessExpression(declaration) && ts.isBinaryExpression(assignment);
  return isExported && ts.isIdentifier(assignment.right)
    ? resolved(context, checker.getSymbolAtLocation(assignment.right))
    : target;
}

export interface Use {
  readonly context: FileContext;
  readonly node: ts.Identifier;
}

/** Every use of a function in the package, and whether another one of its name may be it as well. */
export function usesOf(
  context: FileContext,
  name: ts.Identifier,
  all: readonly FileContext[],
): { readonly uses: Use[]; readonly isCertain: boolean } {
  const symbol = resolved(context, context.checker.getSymbolAtLocation(name));
  const isMember = !ts.isFunctionDeclaration(name.parent) && !ts.isVariableDeclaration(name.parent);
  const uses: Use[] = [];
  let isHidden = false;
  for (const each of all) {
    walk(each.file.source, (node) => {
      if (!ts.isIdentifier(node) || node === name || node.text !== name.text) return;
      const found = resolved(each, each.checker.getSymbolAtLocation(node));
      // Not the symbols: that of a class behind `module.exports =` is a copy.
      if (found !== undefined && found.valueDeclaration === symbol?.valueDeclaration)
        uses.push({ context: each, node });
      // A member of something without a type, or of an interface that the class may stand for.
      else if (isCalledMember(node) && (found === undefined || isAbstract(found)))
        isHidden ||= !isForeign(each, node.parent.expression);
    });
  }
  // A function that no module exports is nobody's member.
  return { uses, isCertain: !isHidden || !(isMember || uses.some(isMention)) };
}

const isCalledMember = (node: ts.Identifier): node is ts.Identifier & { parent: ts.PropertyAccessExpression } =>
  ts.isPropertyAccessExpression(node.parent) &&
  node.parent.name === node &&
  ts.isCallExpression(node.parent.parent) &&
  node.parent.parent.expression === node.parent;

const isAbstract = ({ valueDeclaration: declaration }: ts.Symbol): boolean =>
  declaration !== undefined &&
  (ts.isMethodSignature(declaration) || ts.isPropertySignature(declaration)) &&
  !declaration.getSourceFile().isDeclarationFile;

/** The call in which a use of a function stands as what is called. */
export function callAt({ node }: Use): ts.CallExpression | undefined {
  const { parent } = node;
  const callee = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent : node;
  return ts.isCallExpression(callee.parent) && callee.parent.expression === callee ? callee.parent : undefined;
}

/** `export { f }`, `import { f }`, `module.exports = { f }`, `exports.f = f`: a way to the uses, not one itself. */
export function isMention({ node }: Use): boolean {
  const { parent } = node;
  return (
    ts.isExportSpecifier(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isBindingElement(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isExportAssignment(parent) ||
    (ts.isPropertyAssignment(parent) && isInExports(parent.parent)) ||
    isExported(parent)
  );
}

const isInExports = (node: ts.Node): boolean => isExported(node.parent);

/** `module.exports = f`, `exports.f = f`, and the left side of it. */
function isExported(node: ts.Node): boolean {
  const assignment = ts.isPropertyAccessExpression(node) ? node.parent : node;
  return (
    ts.isBinaryExpression(assignment) &&
    assignment.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    /^(?:module\.)?exports\b/.test(assignment.left.getText())
  );
}
