import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import { pathOf, type Alias } from './aliases';
import { findUses } from './find-uses';
import type { Script } from './script';
import { removeStatement } from './remove-statement';

/** References to an alias that still stand in the rewritten code. */
function remaining(script: Script, alias: Alias): ts.Node[] {
  const found: ts.Node[] = [];
  walk(alias.scope, (node) => {
    if (!ts.isIdentifier(node) || node.text !== alias.name) return;
    if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return;
    const inDeclaration = ts.findAncestor(node, (one) => one === alias.declaration) !== undefined;
    if (inDeclaration || script.isDropped(node) || isWrittenAnew(script, node)) return;
    found.push(node);
  });
  return found;
}

/** A callee whose name is not in the new text: its own text was replaced, or that of the call around it. */
export function isWrittenAnew(script: Script, node: ts.Node): boolean {
  let current = node;
  while (ts.isExpression(current) || ts.isVariableDeclaration(current)) {
    if (script.rewriter.isReplaced(current)) return true;
    const { parent } = current;
    const isCallee =
      (ts.isPropertyAccessExpression(parent) ||
        ts.isElementAccessExpression(parent) ||
        ts.isCallOrNewExpression(parent)) &&
      parent.expression === current;
    if (!isCallee && !ts.isParenthesizedExpression(parent) && !ts.isAsExpression(parent)) return false;
    current = parent;
  }
  return false;
}

/** `const { OffAmazonPayments } = window`: the name itself, taken out of the global object. */
function rewriteOwnName(script: Script): void {
  walk(script.source, (node) => {
    if (!ts.isBindingElement(node) || !ts.isIdentifier(node.name)) return;
    const key = (node.propertyName ?? node.name).getText();
    const declaration = ts.findAncestor(node, ts.isVariableDeclaration);
    const statement = ts.findAncestor(node, ts.isVariableStatement);
    const of = declaration?.initializer;
    if (key !== 'OffAmazonPayments' || of === undefined || pathOf(of, script.aliases) !== '') return;
    const alias = { name: node.name.text, path: key, scope: script.source, declaration: declaration ?? node };
    const isAlone = node.parent.elements.length === 1 && statement?.declarationList.declarations.length === 1;
    const goes = isAlone && script.isEditable && remaining(script, alias).length === 0;
    if (goes) removeStatement(script, statement);
    script.reportSymbol(node, key, {
      rule: 'browser/global',
      rewritten: goes,
      ...(goes ? { automation: 'automatic' } : {}),
    });
  });
}

/** A variable that held the legacy global goes when nothing uses it any more; otherwise it is listed. */
export function rewriteAliases(script: Script): void {
  rewriteOwnName(script);
  for (const use of findUses(script.source, script.aliases).filter(({ kind }) => kind === 'alias')) {
    if (script.isDropped(use.node)) continue;
    const declaration = ts.findAncestor(use.node, (one) => ts.isVariableDeclaration(one) || ts.isBinaryExpression(one));
    const own = script.aliases.variables.filter((alias) => alias.declaration === declaration);
    const statement = declaration === undefined ? undefined : ts.findAncestor(declaration, ts.isVariableStatement);
    const isAlone = statement?.declarationList.declarations.length === 1;
    const holdsMore =
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      ts.isObjectBindingPattern(declaration.name) &&
      declaration.name.elements.length > own.length;
    const isUnused = own.length > 0 && own.every((alias) => remaining(script, alias).length === 0);
    if (statement === undefined || !isAlone || holdsMore || !isUnused || !script.isEditable) {
      script.reportSymbol(use.node, use.symbol, { rule: 'browser/global' });
      continue;
    }
    removeStatement(script, statement);
    script.reportSymbol(use.node, use.symbol, { rule: 'browser/global', rewritten: true, automation: 'automatic' });
  }
}
