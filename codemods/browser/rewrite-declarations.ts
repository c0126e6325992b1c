import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import { writeDeclaration } from './emitted-functions';
import type { Script } from './script';
import { isWrittenAnew } from './rewrite-aliases';
import { indentCode } from './write-code';
import { removeMember, removeStatement } from './remove-statement';

const NAMES = /^(?:OffAmazonPayments|onAmazonLoginReady|onAmazonPaymentsReady)$/;

const isStillUsed = (script: Script): boolean =>
  script.page.findings.some(
    ({ rewritten, legacy }) => !rewritten && (legacy.operation ?? '').startsWith('OffAmazonPayments'),
  );

/** `declare const OffAmazonPayments: any` */
function rewriteVariable(script: Script, node: ts.VariableDeclaration): void {
  const statement = ts.findAncestor(node, ts.isVariableStatement);
  const isAmbient =
    script.page.unit.path.endsWith('.d.ts') ||
    statement?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true;
  const isAlone = statement?.declarationList.declarations.length === 1;
  if (statement === undefined || !isAmbient || !isAlone || !script.isEditable || isStillUsed(script)) {
    script.reportSymbol(node.name, node.name.getText(), {
      rule: isAmbient ? 'browser/declaration' : 'browser/stand-in',
    });
    return;
  }
  const isKnown = /\b(?:const|let|var)\s+amazon\b/.test(script.source.text);
  script.reportSymbol(node.name, node.name.getText(), { rule: 'browser/declaration', rewritten: true });
  if (isKnown || !ts.isSourceFile(statement.parent)) {
    removeStatement(script, statement);
    return;
  }
  script.redeclares = true;
  const isExported = statement.getText().startsWith('export');
  const declaration = `${isExported ? 'export ' : ''}${writeDeclaration(script.style)}`;
  script.rewriter.replace(statement, () => indentCode(declaration, script.indentOf(statement), script.style));
}

/** `interface Window { OffAmazonPayments: any }` */
function rewriteMember(script: Script, node: ts.PropertySignature): void {
  const name = node.name.getText();
  if (!script.isEditable || isStillUsed(script)) {
    script.reportSymbol(node.name, name, { rule: 'browser/declaration' });
    return;
  }
  script.reportSymbol(node.name, name, { rule: 'browser/declaration', rewritten: true });
  const members =
    ts.isInterfaceDeclaration(node.parent) || ts.isTypeLiteralNode(node.parent) ? node.parent.members : [];
  const hasAmazon = members.some((member) => member.name?.getText() === 'amazon');
  if (name === 'OffAmazonPayments' && !hasAmazon) script.rewriter.replace(node.name, () => 'amazon');
  else removeMember(script, node);
}

/** `define(['widgets'], function (OffAmazonPayments) {…})`: the parameter gets what the shim exports now. */
function rewriteParameter(script: Script, node: ts.ParameterDeclaration): void {
  const references: ts.Node[] = [];
  walk(node.parent, (one) => {
    const isName = ts.isIdentifier(one) && one.text === 'OffAmazonPayments' && one !== node.name;
    const isMember = ts.isPropertyAccessExpression(one.parent) && one.parent.name === one;
    if (isName && !isMember && !script.isDropped(one)) references.push(one);
  });
  const goes = script.isEditable && !isStillUsed(script) && references.every((one) => isWrittenAnew(script, one));
  if (goes) script.rewriter.replace(node.name, () => 'amazonPay');
  script.reportSymbol(node.name, 'OffAmazonPayments', {
    rule: 'browser/global',
    rewritten: goes,
    ...(goes ? { automation: 'automatic' as const } : {}),
  });
}

/** What tells TypeScript of the legacy globals tells it of `amazon`, unless a use of them stays. */
export function rewriteDeclarations(script: Script): void {
  walk(script.source, (node) => {
    if (ts.isParameter(node) && node.name.getText() === 'OffAmazonPayments') rewriteParameter(script, node);
    const isNamed = ts.isVariableDeclaration(node) || ts.isPropertySignature(node) || ts.isModuleDeclaration(node);
    if (!isNamed || !NAMES.test(node.name.getText()) || script.isDropped(node)) return;
    if (ts.isVariableDeclaration(node)) {
      // The function of a page that Widgets.js calls has been dealt with.
      if (node.initializer === undefined || node.name.getText() === 'OffAmazonPayments') rewriteVariable(script, node);
    } else if (ts.isPropertySignature(node)) rewriteMember(script, node);
    else script.reportSymbol(node.name, 'OffAmazonPayments', { rule: 'browser/declaration' });
  });
}
