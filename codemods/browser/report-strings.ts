import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import type { Script } from './script';
import { findScriptUrls, isPartOfUrl } from './script-url';
import { rewriteComputedUrl } from './rewrite-computed-url';

/** Code in a text: a call, a new, a function that is set, markup. */
const CODE =
  /\bOffAmazonPayments(?:(?:\.\w+)+\s*\(|\s*=[^=])|\bonAmazon(?:Login|Payments)Ready\s*(?:=[^=]|\()|\bamazon\.Login\.\w+\s*\(|\bdata-ap-widget-type\s*=/;
/** Nothing but the name of a global, which is looked up by it. */
const NAME = /^(?:window\.)?(?:OffAmazonPayments(?:\.\w+)*|onAmazon(?:Login|Payments)Ready|amazon\.Login(?:\.\w+)?)$/;
const POLICY = /payments-amazon\.com/;
const POLICY_WORDS = /-src\b|content-security-policy|\bcsp\b/i;

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddle(node) ||
  ts.isTemplateTail(node) ||
  ts.isJsxText(node);

/** `window['OffAmazonPayments']`, and a key that is quoted: it has been read as a name. */
const isName = (node: ts.Node): boolean =>
  (ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
  (ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === ts.SyntaxKind.InKeyword) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name.getText().replace(/['"]/g, '') === 'exports');

/** `shim: { widgets: { exports: 'OffAmazonPayments' } }` of RequireJS. */
const isExport = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) &&
  node.text === 'OffAmazonPayments' &&
  ts.isPropertyAssignment(node.parent) &&
  node.parent.name.getText().replace(/['"]/g, '') === 'exports';

function rewriteExport(script: Script, node: ts.Node): void {
  const quote = node.getText()[0] ?? "'";
  if (script.isEditable) script.rewriter.replace(node, () => `${quote}amazon.Pay${quote}`);
  script.reportSymbol(node, 'OffAmazonPayments', {
    rule: 'browser/global',
    rewritten: script.isEditable,
    automation: 'automatic',
  });
}

const isHandedOn = ({ parent }: ts.Node): boolean =>
  ts.isCallOrNewExpression(parent) || ts.isArrayLiteralExpression(parent);

/** Whether the text stands in a content security policy: a directive next to it, or a property of that name around it. */
function isPolicy(node: ts.Node): boolean {
  if (POLICY_WORDS.test(node.getText())) return true;
  const around = ts.findAncestor(
    node,
    (one) =>
      (ts.isPropertyAssignment(one) && /(?:Src|-src['"]?|csp|contentSecurityPolicy)$/i.test(one.name.getText())) ||
      (ts.isCallExpression(one) && POLICY_WORDS.test(one.expression.getText())),
  );
  return around !== undefined;
}

/** Script URLs and names of legacy in the texts of a script. */
export function reportStrings(script: Script): void {
  const { page } = script;
  walk(script.source, (node) => {
    if (isExport(node)) rewriteExport(script, node);
    if (!isText(node) || isName(node)) return;
    const { start, end } = script.range(node);
    const text = page.unit.text.slice(start, end);
    const urls = findScriptUrls(text, start);
    if (urls.length > 0) {
      const known = urls.every(({ v2 }) => v2 !== undefined) && script.isEditable && !page.stays;
      if (known) {
        const replaced = text.replace(text, () => replaceUrls(text, start, urls));
        script.rewriter.replace(node, () => replaced);
      }
      for (const url of urls)
        page.report(url, url.v2 === undefined ? 'browser/script-computed' : 'browser/script', {
          message: `Widgets.js is loaded by this URL${url.v2 === undefined ? '.' : `; ${url.v2} takes its place.`}`,
          legacy: { name: 'Widgets.js', operation: 'Widgets.js' },
          replacement: { name: 'checkout.js' },
          rewritten: known,
        });
    } else if (isPartOfUrl(text)) {
      rewriteComputedUrl(script, node);
    } else if (CODE.test(text) || (NAME.test(text.slice(1, -1)) && isHandedOn(node))) {
      const name = /OffAmazonPayments|onAmazon\w+|amazon\.Login|data-ap-widget-type/.exec(text)?.[0] ?? '';
      page.report({ start, end }, 'browser/unread', {
        message: `${name} stands in a text, which may be code or the name of the global.`,
        legacy: { name, operation: name },
        confidence: 'medium',
      });
    } else if (POLICY.test(text) && isPolicy(node) && !/checkout\.js/.test(text)) reportPolicy(script, node);
  });
}

const replaceUrls = (
  text: string,
  from: number,
  urls: readonly { start: number; end: number; v2?: string | undefined }[],
) => {
  let result = '';
  let last = from;
  for (const { start, end, v2 = '' } of urls) {
    result += text.slice(last - from, start - from) + v2;
    last = end;
  }
  return result + text.slice(last - from);
};

function reportPolicy(script: Script, node: ts.Node): void {
  script.report(node, 'browser/content-security-policy', {
    message:
      'The policy allows a host of Widgets.js; checkout.js comes from static-na, -eu or -fe.payments-amazon.com.',
    legacy: { name: 'Content-Security-Policy', operation: 'Content-Security-Policy' },
  });
}
