import { ts } from 'ts-morph';
import { type FileContext } from '../node-client/context';
import { isClass } from './find-seams';
import type { ClientMode } from '../node-client/plan-clients';
import { importLine, usesImport } from '../node-client/packages/rewrite-imports';
import { keyword, orElse } from '../node-client/wording';
import { firstFreeName } from '../rewriting/free-name';

/** The expression that is the v2 client at a place, and the lines that have to be written for it to be there. */
export interface ChosenClient {
  readonly expression: string;
  /** Imports of modules of the merchant. */
  readonly imports: readonly string[];
  /** A client of its own, where the project has none to share. */
  readonly makesClient: boolean;
}

const withMode = (expression: string, mode: ClientMode): string =>
  mode === 'beside' ? `${expression}.checkoutV2` : expression;

const isClient = (context: FileContext, node: ts.Node): boolean =>
  context.typeOf(node)?.kind === 'client' && !isClass(context, node);

/** A constant or import at the top of the file that holds a legacy client. */
function clientInFile(context: FileContext): string | undefined {
  for (const statement of context.file.source.statements) {
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name)
      : ts.isImportDeclaration(statement)
        ? importedNames(statement)
        : [];
    for (const name of names) if (ts.isIdentifier(name) && isClient(context, name)) return name.text;
  }
  return undefined;
}

function importedNames({ importClause }: ts.ImportDeclaration): ts.Identifier[] {
  const bindings = importClause?.namedBindings;
  const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name) : [];
  return importClause?.name === undefined ? named : [importClause.name, ...named];
}

/** What another file of the package exports as a client: the module itself, or a member of it. */
function exportedClient(context: FileContext): { readonly name: string | undefined } | undefined {
  for (const statement of context.file.source.statements) {
    const found = exportsIn(context, statement).find(({ value }) => isClient(context, value));
    if (found !== undefined) return { name: found.name };
  }
  return undefined;
}

interface Exported {
  /** Undefined for the module itself. */
  readonly name: string | undefined;
  readonly value: ts.Node;
}

/** `module.exports = client`, `module.exports = { client }`, `exports.client = …`, `export const client`, `export default`. */
function exportsIn(context: FileContext, statement: ts.Statement): Exported[] {
  if (ts.isExportAssignment(statement)) return [{ name: undefined, value: statement.expression }];
  if (ts.isVariableStatement(statement)) {
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    const names = statement.declarationList.declarations.map(({ name }) => name).filter(ts.isIdentifier);
    return isExported ? names.map((name) => ({ name: name.text, value: name })) : [];
  }
  if (
    ts.isExportDeclaration(statement) &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
  )
    return statement.exportClause.elements.map(({ name }) => ({ name: name.text, value: name }));
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return [];
  const { left, right } = statement.expression;
  const target = context.rewriter.original(left);
  const member = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
  if (member !== undefined) return [{ name: member, value: left }];
  if (target !== 'module.exports') return [];
  if (!ts.isObjectLiteralExpression(right)) return [{ name: undefined, value: right }];
  return right.properties.flatMap((property): Exported[] =>
    property.name !== undefined && ts.isIdentifier(property.name)
      ? [{ name: property.name.text, value: ts.isPropertyAssignment(property) ? property.initializer : property.name }]
      : [],
  );
}

const directoryOf = (path: string): string[] => path.split('/').slice(0, -1);

function relativeSpecifier(from: string, to: string): string {
  const [start, target] = [directoryOf(from), to.split('/')];
  let shared = 0;
  while (shared < start.length && start[shared] === target[shared]) shared += 1;
  const up = '../'.repeat(start.length - shared);
  return `${up === '' ? './' : up}${target.slice(shared).join('/')}`;
}

const CLIENT_NAMES = ['amazonPay', 'amazonPayClient', 'checkoutV2Client', 'amazonPayCheckoutV2'] as const;

function importOf(context: FileContext, path: string, name: string | undefined, local: string): string {
  const { quote, semicolons } = context.style;
  const end = semicolons ? ';' : '';
  const isImport = usesImport(context.file.source);
  const bare = isImport && !context.isTypeScript ? path : path.replace(/(?:\/index)?\.[jt]sx?$/, '');
  const specifier = relativeSpecifier(context.file.unit.path, bare);
  if (name !== undefined) return importLine(context, [name], specifier);
  return isImport
    ? `import ${local} from ${quote}${specifier}${quote}${end}`
    : `${keyword(context)} ${local} = require(${quote}${specifier}${quote})${end}`;
}

/** Returns the client that a handler without one of its own fetches with. */
export function chooseClient(context: FileContext, package_: readonly FileContext[], mode: ClientMode): ChosenClient {
  const own = clientInFile(context);
  if (own !== undefined) return { expression: withMode(own, mode), imports: [], makesClient: false };
  const exporting = package_.flatMap((each) => {
    const found = each === context ? undefined : exportedClient(each);
    return found === undefined ? [] : [{ path: each.file.unit.path, ...found }];
  });
  const [only] = exporting;
  const local = firstFreeName(CLIENT_NAMES, context.file.unit.text);
  if (exporting.length === 1 && only !== undefined) {
    const imports = [importOf(context, only.path, only.name, local)];
    return { expression: withMode(only.name ?? local, mode), imports, makesClient: false };
  }
  return { expression: local, imports: [], makesClient: true };
}

/** What somebody has to decide about a client that knows nothing of the shop. */
export const OWN_CLIENT =
  'this client takes region and sandbox from AMAZON_PAY_REGION and AMAZON_PAY_SANDBOX; set both, or use the client of the shop.';

/** A client from environment variables, for a handler in a project that has no client to share. */
export function clientLines(context: FileContext, name: string): string[] {
  const { quote, unit, semicolons } = context.style;
  return [
    '',
    `// TODO(amazon-pay-v2) node-client/construction: ${OWN_CLIENT}`,
    `${keyword(context)} ${name} = ${context.nameOf('withRetry')}(new WebStoreClient({`,
    `${unit}publicKeyId: process.env.AMAZON_PAY_PUBLIC_KEY_ID,`,
    `${unit}privateKey: process.env.AMAZON_PAY_PRIVATE_KEY,`,
    `${unit}region: ${orElse(context, 'process.env.AMAZON_PAY_REGION', `${quote}us${quote}`)},`,
    `${unit}sandbox: process.env.AMAZON_PAY_SANDBOX !== ${quote}false${quote},`,
    `}))${semicolons ? ';' : ''}`,
  ];
}
