import { ts } from 'ts-morph';
import { type FileContext, unwrap, walk } from '../context';
import { becomesNative, isForeignMethod } from './promise-origin';
import { packageOf } from '../packages/place-helpers';
import { isGet } from '../answers/rewrite-promise-gets';
import { tableOf } from '../values/value-tests';

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

const isCommonJs = ({ statements, text }: ts.SourceFile): boolean =>
  /\brequire\s*\(/.test(text) &&
  !statements.some((each) => ts.isImportDeclaration(each) || ts.isExportDeclaration(each));

/** Methods that bluebird has and Q has not. */
const OF_BLUEBIRD =
  /^(?:asCallback|tap\w*|map\w*|each|filter|reduce|return|throw|reflect|catchReturn|call|bind|props)$/;

/**
 * The file never loads the library: its promises came from a client that another file promisified. The package has one of
 * them only, and loading it under no name leaves the promises of the file's own code as they are.
 */
function libraryOfPackage({ file, input, isTypeScript }: FileContext, method: string): string | undefined {
  const { dependencies } = packageOf(input, file.unit.path);
  const [only, ...others] = ['bluebird', 'q'].filter((name) => dependencies.has(name));
  if (only === undefined || others.length > 0 || isTypeScript || !isCommonJs(file.source)) return undefined;
  return only === 'q' && OF_BLUEBIRD.test(method) ? undefined : `require('${only}')`;
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

/** `Promise.resolve(answer)` where the file knows the library by that name, and what hangs on it: `.get('CaptureDetails')`. */
function isMadeBy(named: string | undefined, promise: ts.Expression): boolean {
  const call = unwrap(promise);
  if (named === undefined || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression))
    return false;
  const receiver = call.expression.expression;
  return receiver.getText() === named || isMadeBy(named, receiver);
}

/**
 * Calls of the v2 SDK answer with promises of the language. Where the merchant goes on with a method of bluebird or Q, the
 * promise becomes one of that library again, so that the chain works as before.
 */
export function keepPromiseLibrary(context: FileContext): void {
  const named = libraryOf(context.file.source);
  walk(context.file.source, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !isForeignMethod(node) || isGet(context, node.parent)) return;
    reportCall(context, node);
    if (isMadeBy(named, node.expression) || !becomesNative(context, node.expression)) return;
    const library = named ?? libraryOfPackage(context, node.name.text);
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
