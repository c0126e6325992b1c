import { ts } from 'ts-morph';
import type { Script } from './script';
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

/** The host is computed, and stays; what comes behind it is the same for every host of v2. */
function behindHost(script: Script, node: ts.Node, whole: ts.Node): string | undefined {
  const { start } = script.range(whole);
  const own = script.range(node);
  const text = script.page.unit.text.slice(own.start, own.end);
  const at = text.search(/(?<=\.payments-amazon\.com)\/OffAmazonPayments\//);
  const isSimple = ts.isStringLiteralLike(node) || ts.isTemplateExpression(whole);
  if (at === -1 || !isSimple || ts.isConditionalExpression(whole)) return undefined;
  const quote = ts.isStringLiteralLike(node) ? text[0] : '`';
  return `${script.page.unit.text.slice(start, own.start + at)}/checkout.js${quote}`;
}

/**
 * A URL of Widgets.js that is put together: the parts behind the host decide sandbox, currency and login, which no longer
 * matter, so the whole becomes one URL where the host is written out.
 */
export function rewriteComputedUrl(script: Script, node: ts.Node): void {
  const whole = wholeOf(node);
  // Another part of it, which has the host, was enough.
  if (script.rewriter.isReplaced(whole)) return;
  const said = {
    message: 'The URL of Widgets.js is put together here.',
    legacy: { name: 'Widgets.js', operation: 'Widgets.js' },
    replacement: { name: 'checkout.js' },
  };
  const written = writtenText(script, whole);
  const v2 = ts.isConditionalExpression(whole) ? undefined : toV2Url(written);
  const isComplete = /Widgets\.js(?:\?[^/]*)?$/.test(written);
  const { quote } = script.style;
  const text = v2 === undefined ? behindHost(script, node, whole) : `${quote}${v2}${quote}`;
  if (text === undefined || !isComplete || !script.isEditable || script.hasControlTag(whole)) {
    script.report(whole, 'browser/script-computed', said);
    return;
  }
  script.rewriter.replace(whole, () => text);
  script.report(whole, 'browser/script', {
    ...said,
    message: `${said.message} It becomes that of checkout.js.`,
    rewritten: true,
  });
}
