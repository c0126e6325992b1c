import { ts } from 'ts-morph';
import { browserSymbols } from '../../src/catalog';
import { walk } from '../node-client/context';
import { findUses, type Use } from './find-uses';
import type { Script } from './page';

const isStandIn = (use: Use): boolean =>
  use.kind === 'assign' && /^(?:OffAmazonPayments|amazon\.Login)/.test(use.symbol);

/** A rule for a use that is not a call of the symbol. */
function ruleOf(use: Use): string {
  if (isStandIn(use)) return 'browser/stand-in';
  if (use.kind === 'test') return 'browser/loaded-check';
  if (use.kind === 'read' || use.kind === 'alias') {
    return use.symbol.startsWith('on') ? 'browser/ready-callback' : 'browser/global';
  }
  return browserSymbols[use.symbol]?.rule ?? 'browser/global';
}

/** Lists the uses that nothing rewrites. */
export function reportUses(script: Script): void {
  for (const use of findUses(script.source, script.aliases)) {
    script.reportSymbol(use.node, use.symbol, {
      rule: ruleOf(use),
      ...(use.isGuessed ? { confidence: 'medium' as const } : {}),
    });
  }
}

const NAMES = /^(?:OffAmazonPayments|onAmazonLoginReady|onAmazonPaymentsReady)$/;

/** `declare const OffAmazonPayments`, a member of an interface, `function onAmazonPaymentsReady()`. */
export function reportDeclarations(script: Script): void {
  walk(script.source, (node) => {
    const isNamed =
      ts.isVariableDeclaration(node) ||
      ts.isPropertySignature(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isModuleDeclaration(node);
    if (!isNamed || node.name === undefined || !NAMES.test(node.name.getText())) return;
    const name = node.name.getText();
    const isValue =
      ts.isFunctionDeclaration(node) || (ts.isVariableDeclaration(node) && node.initializer !== undefined);
    const rule = !isValue
      ? 'browser/declaration'
      : name === 'OffAmazonPayments'
        ? 'browser/stand-in'
        : 'browser/ready-callback';
    script.reportSymbol(node.name, name, { rule });
  });
}

/** `import { AmazonPayButton } from 'amazon-pay-react'` */
export function reportLibraries(script: Script): void {
  walk(script.source, (node) => {
    if (!ts.isStringLiteralLike(node) || node.text !== 'amazon-pay-react') return;
    const { parent } = node;
    const loads =
      ts.isImportDeclaration(parent) ||
      ts.isExportDeclaration(parent) ||
      (ts.isCallExpression(parent) && /^(?:require|import|jest\.mock|vi\.mock)$/.test(parent.expression.getText()));
    if (!loads) return;
    script.report(node, 'browser/component-library', {
      message: 'amazon-pay-react loads Widgets.js by itself and draws its buttons and widgets.',
      legacy: { name: node.text, operation: node.text },
      replacement: { name: 'amazon.Pay.renderButton' },
    });
  });
}
