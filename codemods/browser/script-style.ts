import { ts } from 'ts-morph';
import type { ScriptRegion } from '../carriers';
import { walk } from '../node-client/context';
import type { CodeStyle } from '../rewriting/style';

/** How new code in a script has to be written. */
export interface ScriptStyle extends CodeStyle {
  /** The script has arrow functions, const or other things of 2015 and later. */
  readonly isModern: boolean;
  readonly isTyped: boolean;
  /** The name under which every part of it reaches jQuery, when it is used. */
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

/** `define(['jquery'], function ($) {…})`: a name that means something in this function only. */
const isParameter = (name: ts.Identifier): boolean =>
  ts.findAncestor(
    name,
    (one) => ts.isFunctionLike(one) && one.parameters.some((parameter) => parameter.name.getText() === name.text),
  ) !== undefined;

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
      if (ts.isIdentifier(callee) && (callee.text === '$' || callee.text === 'jQuery') && !isParameter(callee))
        jquery ??= callee.text;
    }
  });
  return { ...style, isModern, isTyped: language === 'typescript' || language === 'tsx', jquery };
}
