import { ts } from 'ts-morph';
import { nodesOf } from '../../typed-program/nodes';
import type { FileContext } from '../context';
import type { ClientMode } from '../plan-clients';

export const SDK = '@amazonpay/amazon-pay-api-sdk-nodejs';

/** A place where a legacy package enters a file. */
export interface LegacyImport {
  readonly node: ts.Statement | ts.Expression;
  readonly package: string;
  /** statement: nothing but the import stands there. expression: `require('x').connect(…)`, `await import('x')`. */
  readonly kind: 'statement' | 'declarator' | 'expression' | 're-export';
  readonly names: readonly ts.Identifier[];
}

/** The legacy package that a specifier names, under its own name or under the one that package.json gives it. */
const legacyPackageOf = (context: FileContext, specifier: ts.Node | undefined): string | undefined =>
  specifier !== undefined && ts.isStringLiteralLike(specifier) && context.isLegacyPackage(specifier.text)
    ? specifier.text
    : undefined;

function bindingNames(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindingNames(element.name) : []));
}

function importedNames(clause: ts.ImportClause | undefined): ts.Identifier[] {
  const bindings = clause?.namedBindings;
  const named =
    bindings === undefined
      ? []
      : ts.isNamespaceImport(bindings)
        ? [bindings.name]
        : bindings.elements.map(({ name }) => name);
  return [...(clause?.name === undefined ? [] : [clause.name]), ...named];
}

const isRequire = (node: ts.CallExpression): boolean =>
  ts.isIdentifier(node.expression) && node.expression.text === 'require';

/** `const ap = require('amazon-payments')`, and its `.default` or single members. */
function requiringDeclarator(node: ts.CallExpression): ts.VariableDeclaration | undefined {
  let current: ts.Node = node;
  while (ts.isPropertyAccessExpression(current.parent) && current.parent.expression === current) {
    if (!/^(?:default|connect|Environment|amazonPayClient|AmazonPayClient)$/.test(current.parent.name.text))
      return undefined;
    current = current.parent;
  }
  return ts.isVariableDeclaration(current.parent) && current.parent.initializer === current
    ? current.parent
    : undefined;
}

export function findImports(context: FileContext): LegacyImport[] {
  const found: LegacyImport[] = [];
  for (const node of nodesOf(context.file.source)) {
    if (ts.isImportDeclaration(node)) {
      const name = legacyPackageOf(context, node.moduleSpecifier);
      if (name !== undefined)
        found.push({ node, package: name, kind: 'statement', names: importedNames(node.importClause) });
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      const name = legacyPackageOf(context, node.moduleReference.expression);
      if (name !== undefined) found.push({ node, package: name, kind: 'statement', names: [node.name] });
    } else if (ts.isExportDeclaration(node)) {
      const name = legacyPackageOf(context, node.moduleSpecifier);
      if (name !== undefined) found.push({ node, package: name, kind: 're-export', names: [] });
    } else if (ts.isCallExpression(node) && (isRequire(node) || node.expression.kind === ts.SyntaxKind.ImportKeyword)) {
      const name = legacyPackageOf(context, node.arguments[0]);
      if (name !== undefined) found.push(requireUse(node, name));
    }
  }
  return found;
}

function requireUse(node: ts.CallExpression, name: string): LegacyImport {
  const declarator = isRequire(node) ? requiringDeclarator(node) : undefined;
  if (declarator === undefined) return { node, package: name, kind: 'expression', names: [] };
  const list = declarator.parent;
  const alone =
    ts.isVariableDeclarationList(list) && list.declarations.length === 1 && ts.isVariableStatement(list.parent);
  const names = bindingNames(declarator.name);
  return alone
    ? { node: list.parent, package: name, kind: 'statement', names }
    : { node, package: name, kind: 'declarator', names };
}

/** How modules are loaded in this file: `require` or `import`. */
export const usesImport = (source: ts.SourceFile): boolean =>
  source.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) ||
      ts.isExportDeclaration(statement) ||
      ts.isExportAssignment(statement) ||
      isExported(statement),
  ) || /\.m[jt]s$/.test(source.fileName);

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

/**
 * A statement that binds names of a module.
 *
 * @param localOf the name that each has in this file
 */
export function importLine<Name extends string>(
  context: FileContext,
  names: readonly Name[],
  specifier: string,
  localOf: (name: Name) => string = (name) => name,
): string {
  const { quote, semicolons } = context.style;
  const end = semicolons ? ';' : '';
  const isImport = usesImport(context.file.source);
  if (context.isEs5)
    return names
      .map((name) => `var ${localOf(name)} = require(${quote}${specifier}${quote}).${name}${end}`)
      .join(context.style.eol);
  const bound = names.map((name) =>
    localOf(name) === name ? name : `${name}${isImport ? ' as' : ':'} ${localOf(name)}`,
  );
  const list = bound.length === 0 ? '{}' : `{ ${bound.join(', ')} }`;
  return isImport
    ? `import ${list} from ${quote}${specifier}${quote}${end}`
    : `const ${list} = require(${quote}${specifier}${quote})${end}`;
}

const sdkBinding = (source: ts.SourceFile): boolean =>
  /\bWebStoreClient\b/.test(source.text) && source.text.includes(SDK);

/** Offset behind the last import or require at the top of the file, where another line can be written. */
function afterImports(context: FileContext): { at: number; leading: boolean } {
  let last: ts.Statement | undefined;
  for (const statement of context.file.source.statements) {
    // What is written into a statement must have been loaded above it; an import loads before all of them.
    if (!ts.isImportDeclaration(statement) && context.rewriter.changesInside(statement)) break;
    const isDirective =
      ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression) && last === undefined;
    const requires = ts.isVariableStatement(statement) && /^[^>]*\brequire\(/.test(statement.getText());
    if (isDirective || ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement) || requires)
      last = statement;
  }
  if (last !== undefined) return { at: context.rewriter.end(last), leading: false };
  const [first] = context.file.source.statements;
  return { at: first === undefined ? 0 : context.rewriter.start(first), leading: true };
}

/** Writes lines below the imports of the file, or at its top when it has none. */
export function addLines(context: FileContext, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const { eol } = context.style;
  const { at, leading } = afterImports(context);
  context.rewriter.insert(
    at,
    leading ? lines.map((line) => line + eol).join('') + eol : lines.map((line) => eol + line).join(''),
  );
}

/** Takes the legacy import out where nothing needs it, and brings the SDK in where a client is constructed. */
export function rewriteImports(context: FileContext, mode: ClientMode): string[] {
  const lines =
    context.needsSdk && !sdkBinding(context.file.source) ? [importLine(context, ['WebStoreClient'], SDK)] : [];
  for (const legacy of findImports(context)) {
    const kept = legacy.names.filter((name) => context.keptNames.has(name));
    const stays =
      mode === 'beside' ||
      kept.length > 0 ||
      legacy.kind === 're-export' ||
      (legacy.kind === 'expression' && !isConstructed(context, legacy.node));
    const isSettled = legacy.names.length > 0 && legacy.names.every((name) => context.settledNames.has(name));
    const goes = !stays || isSettled;
    context.report(legacy.node, {
      rule: 'node-client/import',
      automation: goes ? 'automatic' : 'manual',
      legacy: { name: legacy.package },
      replacement: { name: SDK },
      message: !goes
        ? `${legacy.package} stays imported for what still needs it.`
        : `${legacy.package} is replaced by ${SDK}.`,
      rewritten: goes,
    });
    if (stays) leaveUnsettled(context, legacy);
    if (kept.length > 0) leaveOnly(context, legacy, kept);
    if (stays || legacy.kind === 'expression') continue;
    if (legacy.kind === 'statement') {
      // An import stands at the top of a file, and nowhere else.
      const isPlace = !usesImport(context.file.source) || ts.isSourceFile(legacy.node.parent);
      const [line] = isPlace ? lines.splice(0, 1) : [];
      context.rewriter.replace(legacy.node, () => line ?? '');
    } else removeDeclarator(context, legacy.node);
  }
  return lines;
}

/** What the file declares itself is not imported as well. */
function leaveUnsettled(context: FileContext, legacy: LegacyImport): void {
  const rest = legacy.names.filter((name) => !context.settledNames.has(name));
  if (rest.length === legacy.names.length) return;
  if (rest.length > 0) leaveOnly(context, legacy, rest);
  else context.rewriter.replace(legacy.node, () => '');
}

/** `import legacy, { connect, helper } from 'amazon-payments'` of which only `helper` is still read. */
function leaveOnly(context: FileContext, { node, names }: LegacyImport, kept: readonly ts.Identifier[]): void {
  if (kept.length === names.length) return;
  const texts = (elements: readonly (ts.ImportSpecifier | ts.BindingElement)[]): string =>
    `{ ${elements
      .filter(({ name }) => kept.some((one) => one === name))
      .map((element) => context.rewriter.original(element))
      .join(', ')} }`;
  if (ts.isImportDeclaration(node)) {
    const { importClause: clause } = node;
    const bindings = clause?.namedBindings;
    if (clause === undefined || bindings === undefined) return;
    const isKept = (name: ts.Identifier | undefined): boolean => kept.some((one) => one === name);
    const first = isKept(clause.name) ? [context.rewriter.original(clause.name ?? clause)] : [];
    const rest = ts.isNamespaceImport(bindings)
      ? [...(isKept(bindings.name) ? [context.rewriter.original(bindings)] : [])]
      : [...(bindings.elements.some(({ name }) => isKept(name)) ? [texts(bindings.elements)] : [])];
    context.rewriter.replace(clause, () => [...first, ...rest].join(', '));
    return;
  }
  const declaration = ts.findAncestor(kept[0], ts.isVariableDeclaration);
  if (declaration !== undefined && ts.isObjectBindingPattern(declaration.name)) {
    const { elements } = declaration.name;
    if (elements.every(({ name }) => ts.isIdentifier(name)))
      context.rewriter.replace(declaration.name, () => texts(elements));
  }
}

/** `require('amazon-payments').connect(…)` goes with the construction that is replaced as a whole. */
const isConstructed = (context: FileContext, node: ts.Node): boolean =>
  ts.findAncestor(node, (parent) => context.rewriter.isReplaced(parent)) !== undefined;

/** `const a = require('a'), ap = require('amazon-payments')`: the other declarations stay as they are. */
function removeDeclarator(context: FileContext, node: ts.Node): void {
  const declarator = ts.findAncestor(node, ts.isVariableDeclaration);
  const list = declarator?.parent;
  if (declarator === undefined || list === undefined || !ts.isVariableDeclarationList(list)) return;
  context.rewriter.replace(list, (emit) => {
    const keyword = context.rewriter.original(list).split(/\s/)[0] ?? 'const';
    return `${keyword} ${list.declarations
      .filter((each) => each !== declarator)
      .map(emit)
      .join(', ')}`;
  });
}
