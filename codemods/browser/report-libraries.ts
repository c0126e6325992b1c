import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import type { Script } from './script';

/** `import { AmazonPayButton } from 'amazon-pay-react'` */
export function reportLibraries(script: Script): void {
  walk(script.source, (node) => {
    if (ts.isJsxAttribute(node) && node.name.getText() === 'data-ap-widget-type')
      script.report(node.parent.parent, 'browser/express-button', {
        message: 'An Express button in JSX.',
        legacy: { name: 'data-ap-widget-type', operation: 'data-ap-widget-type' },
        replacement: { name: 'amazon.Pay.renderButton' },
      });
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
