import { ts } from 'ts-morph';
import type { Script } from './page';
import { toV2Url } from './script-url';

/** The whole expression that a text is a part of: the outermost `+`, or the template. */
function wholeOf(node: ts.Node): ts.Node {
  let current: ts.Node =
    ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
      ? (ts.findAncestor(node, ts.isTemplateExpression) ?? node)
      : node;
  for (;;) {
    const { parent } = current;
    const joins =
      ts.isParenthesizedExpression(parent) ||
      ts.isConditionalExpression(parent) ||
      ts.isTemplateSpan(parent) ||
      ts.isTemplateExpression(parent) ||
      (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken);
    if (!joins) return current;
    current = parent;
  }
}

/** The texts of a concatenation in order, without what is computed. */
function writtenText(script: Script, node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => span.literal.text).join('');
  if (ts.isParenthesizedExpression(node)) return writtenText(script, node.expression);
  if (ts.isBinaryExpression(node)) return writtenText(script, node.left) + writtenText(script, node.right);
  return '';
}

/**
 * A URL of Widgets.js that is put together: the parts behind the host decide sandbox, currency and login, which no longer
 * matter, so the whole becomes one URL where the host is written out.
 */
export function rewriteComputedUrl(script: Script, node: ts.Node): void {
  const whole = wholeOf(node);
  const said = {
    message: 'The URL of Widgets.js is put together here.',
    legacy: { name: 'Widgets.js', operation: 'Widgets.js' },
    replacement: { name: 'checkout.js' },
  };
  const written = writtenText(script, whole);
  const v2 = ts.isConditionalExpression(whole) ? undefined : toV2Url(written);
  const isComplete = /Widgets\.js(?:\?[^/]*)?$/.test(written);
  if (v2 === undefined || !isComplete || !script.isEditable || script.page.stays || script.hasControlTag(whole)) {
    script.report(whole, 'browser/script-computed', said);
    return;
  }
  const { quote } = script.style;
  script.rewriter.replace(whole, () => `${quote}${v2}${quote}`);
  script.report(whole, 'browser/script', { ...said, message: `${said.message} It becomes ${v2}.`, rewritten: true });
}
