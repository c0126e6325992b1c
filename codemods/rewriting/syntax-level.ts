import { ts } from 'ts-morph';

const MODERN = new Set([
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.AsyncKeyword,
  ts.SyntaxKind.AwaitExpression,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.ComputedPropertyName,
  ts.SyntaxKind.ExportAssignment,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.ObjectBindingPattern,
  ts.SyntaxKind.ArrayBindingPattern,
  ts.SyntaxKind.QuestionDotToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.ShorthandPropertyAssignment,
  ts.SyntaxKind.SpreadAssignment,
  ts.SyntaxKind.SpreadElement,
  ts.SyntaxKind.TemplateExpression,
  ts.SyntaxKind.YieldExpression,
]);

const isBlockScoped = (node: ts.Node): boolean =>
  ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) !== 0;

const isModernParameter = (node: ts.Node): boolean =>
  ts.isParameter(node) && (node.initializer !== undefined || node.dotDotDotToken !== undefined);

/** The file declares with `var` or writes functions, and uses nothing that came after ES5: new code in it does the same. */
export function usesOnlyEs5(nodes: readonly ts.Node[]): boolean {
  let isTold = false;
  for (const node of nodes) {
    if (MODERN.has(node.kind) || isBlockScoped(node) || isModernParameter(node)) return false;
    isTold ||= ts.isVariableDeclarationList(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node);
  }
  return isTold;
}
