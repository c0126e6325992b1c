import { ts } from 'ts-morph';
import { type FileContext, walk } from './context';

const LIBRARY = /^(?:bluebird|q)$/;

const isRequired = (node: ts.Expression | undefined): boolean =>
  node !== undefined &&
  ts.isCallExpression(node) &&
  node.expression.getText() === 'require' &&
  node.arguments[0] !== undefined &&
  ts.isStringLiteralLike(node.arguments[0]) &&
  LIBRARY.test(node.arguments[0].text);

/** The name under which a file knows bluebird or Q. */
function libraryOf(source: ts.SourceFile): string | undefined {
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const { importClause, moduleSpecifier } = statement;
      if (!LIBRARY.test(moduleSpecifier.text)) continue;
      const bindings = importClause?.namedBindings;
      const name = importClause?.name ?? (bindings && ts.isNamespaceImport(bindings) ? bindings.name : undefined);
      if (name !== undefined) return name.text;
    }
    if (!ts.isVariableStatement(statement)) continue;
    const declaration = statement.declarationList.declarations.find(({ initializer }) => isRequired(initializer));
    if (declaration !== undefined && ts.isIdentifier(declaration.name)) return declaration.name.text;
  }
  return undefined;
}

/** `.get('X')`, `.spread(…)`, `.catch(SomeError, …)`: what a promise of the language does not have. */
function isForeign(node: ts.PropertyAccessExpression): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || parent.expression !== node) return false;
  if (node.name.text === 'catch') return parent.arguments.length > 1;
  return !/^(?:then|finally)$/.test(node.name.text);
}

/** A method further down the chain made it a promise of the library already. */
function isKeptBelow(context: FileContext, node: ts.Expression): boolean {
  let current: ts.Expression = node;
  while (ts.isCallExpression(current) && ts.isPropertyAccessExpression(current.expression)) {
    const isPromise = context.typeOf(current.expression.expression)?.kind === 'promise';
    if (isPromise && isForeign(current.expression)) return true;
    current = current.expression.expression;
  }
  return false;
}

/** `.get('CaptureDetails')`: a level that the v2 object does not have. */
function reportGet(context: FileContext, node: ts.PropertyAccessExpression): void {
  const [name] = ts.isCallExpression(node.parent) ? node.parent.arguments : [];
  if (node.name.text !== 'get' || name === undefined || !ts.isStringLiteralLike(name)) return;
  context.leaveOpen(node, {
    rule: 'node-client/result-read',
    legacy: { name: name.text },
    replacement: { name: 'the v2 object' },
    message: `.get(${name.getText()}) reads a level of the legacy answer; the v2 object itself arrives here.`,
  });
}

/**
 * Calls of the v2 SDK answer with promises of the language. Where the merchant goes on with a method of bluebird or Q, the
 * promise becomes one of that library again, so that the chain works as before.
 */
export function keepPromiseLibrary(context: FileContext): void {
  const library = libraryOf(context.file.source);
  walk(context.file.source, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !isForeign(node)) return;
    if (context.typeOf(node.expression)?.kind !== 'promise') return;
    reportGet(context, node);
    if (isKeptBelow(context, node.expression)) return;
    if (library !== undefined) {
      context.rewriter.replace(node, (emit) => `${library}.resolve(${emit(node.expression)}).${node.name.text}`);
      return;
    }
    context.leaveOpen(node, {
      rule: 'node-client/escape',
      legacy: { name: node.name.text },
      replacement: { name: 'Promise' },
      message: `.${node.name.text}() is a method of a promise library; the v2 call answers with a promise of the language, which has none.`,
    });
  });
}
