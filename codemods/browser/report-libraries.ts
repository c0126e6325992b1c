import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import type { Script } from './page';

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
