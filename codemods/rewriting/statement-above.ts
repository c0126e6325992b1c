import { ts } from 'ts-morph';

/** What the end of such a statement is joined with the next line when no semicolon stands between them. */
const isOpenEnded = (statement: ts.Statement): boolean =>
  ts.isExpressionStatement(statement) ||
  ts.isVariableStatement(statement) ||
  ts.isReturnStatement(statement) ||
  ts.isThrowStatement(statement) ||
  ts.isExportAssignment(statement) ||
  ts.isImportDeclaration(statement) ||
  ts.isExportDeclaration(statement) ||
  ts.isImportEqualsDeclaration(statement);

/** Whether a statement that starts with a bracket would go on with the one above it. */
export function joinsStatementAbove(statement: ts.Statement): boolean {
  const { parent } = statement;
  const list =
    ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isModuleBlock(parent) || ts.isCaseOrDefaultClause(parent)
      ? parent.statements
      : undefined;
  const above = list?.[list.indexOf(statement) - 1];
  return above !== undefined && isOpenEnded(above) && !above.getText().endsWith(';');
}
