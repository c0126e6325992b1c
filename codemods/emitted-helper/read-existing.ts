import { ts } from 'ts-morph';

export interface ExistingHelper {
  /** Names that the file declares or imports at its top level. */
  readonly declared: ReadonlySet<string>;
  /** Names under which the file exports something, by ES module syntax or through module.exports. */
  readonly exported: ReadonlySet<string>;
}

/**
 * Reads what an emitted file offers, after the merchant may have edited it. Parsed, not matched by text: a commented-out
 * function is none, and an exported one may be spelled in many ways. The parser is tolerant, so a broken file is read as
 * far as it goes.
 */
export function readExisting(text: string): ExistingHelper {
  const file = ts.createSourceFile('helper.ts', text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  const declared = new Set<string>();
  const exported = new Set<string>();
  for (const statement of file.statements) {
    const names = declaredNames(statement);
    names.forEach((name) => declared.add(name));
    if (isExported(statement)) names.forEach((name) => exported.add(name));
    exportedNames(statement).forEach((name) => exported.add(name));
  }
  return { declared, exported };
}

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => bindingNames(name));
  if (ts.isImportDeclaration(statement)) return importedNames(statement.importClause);
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

function bindingNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindingNames(element.name) : []));
}

function importedNames(clause: ts.ImportClause | undefined): readonly string[] {
  if (!clause) return [];
  const { name, namedBindings } = clause;
  const named = !namedBindings
    ? []
    : ts.isNamespaceImport(namedBindings)
      ? [namedBindings.name]
      : namedBindings.elements.map((element) => element.name);
  return [...(name ? [name] : []), ...named].map(({ text }) => text);
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

function exportedNames(statement: ts.Statement): readonly string[] {
  if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
    return statement.exportClause.elements.map(({ name }) => name.text);
  }
  return ts.isExpressionStatement(statement) ? commonjsExports(statement.expression) : [];
}

/** `exports.a = exports.b = …`, `module.exports.a = …`, `module.exports = { a, b: …, c() {} }`. */
function commonjsExports(expression: ts.Expression): readonly string[] {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  const { left, right } = expression;
  const rest = commonjsExports(right);
  if (isModuleExports(left)) return [...rest, ...(ts.isObjectLiteralExpression(right) ? propertyNames(right) : [])];
  if (!ts.isPropertyAccessExpression(left)) return rest;
  const isExports =
    (ts.isIdentifier(left.expression) && left.expression.text === 'exports') || isModuleExports(left.expression);
  return isExports ? [...rest, left.name.text] : rest;
}

function isModuleExports(node: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'module'
  );
}

function propertyNames(object: ts.ObjectLiteralExpression): readonly string[] {
  return object.properties.flatMap(({ name }) =>
    name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
  );
}
