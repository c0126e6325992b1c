import type { Range } from '../carriers';
import { maskComments } from './mask-comments';
import type { Page } from './page';
import { findScriptUrls } from './script-url';

/** Names of the browser side that nothing else has; names of server SDKs in other languages are like them. */
const NAMES =
  /\bOffAmazonPayments\s?\.\s?(?:Button|Widgets|initConfirmationFlow)\b|\bonAmazon(?:Login|Payments)Ready\b|\bamazon\.Login\.\w+|\binitConfirmationFlow\b|\bdata-ap-widget-type\b|\bwindow\.OffAmazonPayments\b|\bamazon_Login_accessToken\b|OffAmazonPayments\/[^\s"'`<>]{0,120}Widgets\.js|\/Widgets\.js\b/g;
const POLICY_HOST = /payments-amazon\.com/g;
const POLICY_WORDS = /Content-Security-Policy|\b(?:script|frame|img|connect|style|default|child)-src\b/i;
/** Characters around a host in which the words of a policy are looked for. */
const NEAR = 2_000;

const POLICY = 'browser/content-security-policy';

const covers = (ranges: readonly Range[], at: number): boolean =>
  ranges.some(({ start, end }) => start <= at && at < end);

/** The line around an offset; of a long one only what is near, or a search of lines without end would be quadratic. */
function lineAround(code: string, offset: number): { readonly start: number; readonly text: string } {
  const before = code.slice(Math.max(0, offset - NEAR), offset);
  const after = code.slice(offset, offset + NEAR);
  const start = offset - before.length + before.lastIndexOf('\n') + 1;
  const lineEnd = after.indexOf('\n');
  return { start, text: code.slice(start, offset + (lineEnd === -1 ? after.length : lineEnd)) };
}

/** Places that only a search finds: code that does not parse, templates that put scripts together, other languages. */
export function findText(page: Page): void {
  const { text } = page.unit;
  const parsed = page.scripts.map(({ region }) => region);
  // What is commented out in code that does not parse is no use.
  const code = maskComments(text);
  const read: Range[] = [...parsed, ...page.findings];
  const urls = findScriptUrls(code).filter(({ start }) => !covers(read, start));
  for (const url of urls) {
    // Whatever the language: the pages that load the script by it move as well, or neither does.
    const rewritten = url.v2 !== undefined && !page.stays;
    if (rewritten) page.edits.push({ path: page.unit.path, start: url.start, end: url.end, text: url.v2 ?? '' });
    page.report(url, rewritten ? 'browser/script' : 'browser/script-computed', {
      message: `A URL of Widgets.js${url.v2 === undefined ? '' : `; ${url.v2} takes its place`}.`,
      legacy: { name: 'Widgets.js', operation: 'Widgets.js' },
      replacement: { name: 'checkout.js' },
      rewritten,
    });
  }
  for (const { index, 0: name } of code.matchAll(NAMES)) {
    if (covers(read, index) || covers(urls, index)) continue;
    if (/Widgets\.js$/.test(name)) {
      page.report({ start: index, end: index + name.length }, 'browser/script-computed', {
        message: 'The URL of Widgets.js is put together here.',
        legacy: { name: 'Widgets.js', operation: 'Widgets.js' },
        replacement: { name: 'checkout.js' },
      });
      continue;
    }
    page.report({ start: index, end: index + name.length }, 'browser/unread', {
      message: `${name} stands where this version cannot rewrite it.`,
      legacy: { name, operation: name },
      confidence: 'medium',
    });
  }
  for (const { index } of code.matchAll(POLICY_HOST)) {
    if (covers(read, index) || covers(page.findings, index)) continue;
    const line = lineAround(code, index);
    const { start } = line;
    if (!POLICY_WORDS.test(line.text) || /checkout\.js/.test(line.text)) continue;
    page.report(
      { start: start + line.text.length - line.text.trimStart().length, end: start + line.text.trimEnd().length },
      POLICY,
      {
        message:
          'The policy allows a host of Widgets.js; checkout.js comes from static-na, -eu or -fe.payments-amazon.com.',
        legacy: { name: 'Content-Security-Policy', operation: 'Content-Security-Policy' },
      },
    );
  }
}
