import { ts } from 'ts-morph';
import type { ScriptRegion } from '../carriers';
import { walk } from '../node-client/context';
import type { CodeStyle } from '../rewriting/style';

/** How new code in a script has to be written. */
export interface ScriptStyle extends CodeStyle {
  /** The script has arrow functions, const or other things of 2015 and later. */
  readonly isModern: boolean;
  readonly isTyped: boolean;
  /** The name of jQuery in it, when it is used. */
  readonly jquery: '$' | 'jQuery' | undefined;
}

const isModernNode = (node: ts.Node): boolean =>
  ts.isArrowFunction(node) ||
  ts.isTemplateExpression(node) ||
  ts.isClassLike(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportAssignment(node) ||
  ts.isAwaitExpression(node) ||
  ts.isObjectBindingPattern(node) ||
  (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) !== 0);

export function scriptStyleOf(
  source: ts.SourceFile,
  language: ScriptRegion['language'],
  style: CodeStyle,
): ScriptStyle {
  let isModern = language !== 'javascript';
  let jquery: ScriptStyle['jquery'];
  walk(source, (node) => {
    isModern ||= isModernNode(node);
    if (ts.isCallExpression(node)) {
      const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : node.expression;
      if (ts.isIdentifier(callee) && (callee.text === '$' || callee.text === 'jQuery')) jquery ??= callee.text;
    }
  });
  return { ...style, isModern, isTyped: language === 'typescript' || language === 'tsx', jquery };
}
