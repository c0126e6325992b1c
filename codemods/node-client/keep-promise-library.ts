import { ts } from 'ts-morph';
import { type FileContext, walk } from './context';
import { becomesNative, isForeignMethod } from './promise-origin';
import { isGet } from './rewrite-promise-gets';
import { tableOf } from './value-tests';

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

/** `.call('trim')` on the promise of a state: the words that it works on are others from now on. */
function reportCall(context: FileContext, { expression, name, parent }: ts.PropertyAccessExpression): void {
  const type = context.typeOf(expression);
  if (type?.kind !== 'promise' || type.of.kind !== 'value' || !/^(?:call|invoke|post|send)$/.test(name.text)) return;
  const table = tableOf(type.of.table);
  context.leaveOpen(parent, {
    rule: 'node-client/state-comparison',
    legacy: { name: type.of.table },
    replacement: table === undefined ? null : { name: `statusDetails.${table.field}` },
    message: `.${name.text}(…) works on a legacy word; the value is one of v2 from now on.`,
  });
}

/**
 * Calls of the v2 SDK answer with promises of the language. Where the merchant goes on with a method of bluebird or Q, the
 * promise becomes one of that library again, so that the chain works as before.
 */
export function keepPromiseLibrary(context: FileContext): void {
  const library = libraryOf(context.file.source);
  walk(context.file.source, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !isForeignMethod(node) || isGet(context, node.parent)) return;
    reportCall(context, node);
    if (!becomesNative(context, node.expression)) return;
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
