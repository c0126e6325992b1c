import { browserOptions, expressAttributes } from '../../src/catalog';
import type { HtmlElement, Range } from '../carriers';
import type { Page } from './page';
import { isPartOfUrl, toV2Url } from './script-url';

/** A host of Amazon with the path behind it, which checkout.js does not have. */
const BEHIND_HOST =
  /^((?:https?:)?\/\/static-[^/]{1,200}\.payments-amazon\.com)\/OffAmazonPayments\/.*Widgets\.js(?:\?.*)?$/is;

/**
 * The URL of checkout.js for that of Widgets.js, tags of a template in its path and query included: they decide sandbox,
 * currency and login, which no longer matter. One in the host stays. Undefined where a tag decides about more than that.
 */
function v2UrlOf(page: Page, { start, end }: Range): string | undefined {
  const url = page.unit.text.slice(start, end);
  const tags = page.carrier.tags.filter((tag) => tag.start < end && tag.end > start);
  const isInside = tags.every((tag) => tag.start >= start && tag.end <= end);
  const controls = tags.filter(({ kind }) => kind === 'control').map((tag) => page.unit.text.slice(tag.start, tag.end));
  if (!isInside || !isBalanced(controls)) return undefined;
  const first = tags[0]?.start ?? end;
  const written = tags.length === 0 ? url.trim() : page.unit.text.slice(start, first).trim();
  // The host tells the region, and whatever comes behind it is of no account.
  const known = /\/OffAmazonPayments\//i.test(written)
    ? toV2Url(tags.length === 0 ? written : `${written}Widgets.js`)
    : undefined;
  if (known !== undefined && /Widgets\.js(?:\?.*)?$/is.test(url.trim())) return known;
  const host = BEHIND_HOST.exec(url.trim())?.[1];
  const isOfHost = host !== undefined && tags.length > 0 && controls.every((control) => !host.includes(control));
  return isOfHost ? `${host}/checkout.js` : undefined;
}

/** As many tags open as close. */
const isBalanced = (controls: readonly string[]): boolean => {
  const count = (form: RegExp): number => controls.filter((control) => form.test(control)).length;
  const closing = /^[^\w@]*(?:\/|end|\})|\bend\w*\b/i;
  const middle = /^[^\w@]*(?:else|elsif|elif|elseif|case|default)\b|\}\s*else\b/i;
  return controls.length - count(middle) === 2 * count(closing);
};

/** `<script src="…Widgets.js">` becomes that of checkout.js, where the URL is written out. */
function readScript(page: Page, element: HtmlElement): void {
  const names = element.name === 'link' ? ['href'] : ['src', 'data-src'];
  const source = element.attributes.find(({ name }) => names.includes(name));
  if (source?.value === undefined) return;
  const { start, end } = source.value;
  const url = page.unit.text.slice(start, end);
  if (!isPartOfUrl(url)) return;
  const legacy = { name: 'Widgets.js', operation: 'Widgets.js' };
  const v2 = v2UrlOf(page, { start, end });
  if (v2 === undefined) {
    page.report(source, 'browser/script-computed', {
      message: 'The page loads Widgets.js by a URL that a template puts together.',
      legacy,
      replacement: { name: 'checkout.js' },
    });
    return;
  }
  if (!page.stays) page.edits.push({ path: page.unit.path, start, end, text: v2 });
  page.report(source, 'browser/script', {
    message: `Widgets.js becomes ${v2}.`,
    legacy,
    replacement: { name: 'checkout.js' },
    rewritten: !page.stays,
  });
}

const targetOf = (parameter: string): string => {
  const option = browserOptions.find(({ of, name }) => of === 'hostedPayment' && name === parameter);
  return option?.to ?? 'nothing';
};

/** `<div data-ap-widget-type="expressPaymentButton" data-ap-amount="…">` */
function readExpressButton(page: Page, element: HtmlElement): void {
  const attributes = element.attributes.filter(({ name }) => name.startsWith('data-ap-'));
  if (!attributes.some(({ name }) => name === 'data-ap-widget-type')) return;
  const mapped = attributes.flatMap(({ name }) => {
    const parameter = expressAttributes[name.replace(/^data-ap-/, '')];
    return parameter === undefined ? [] : [`${name} goes to ${targetOf(parameter)}`];
  });
  page.report(element, 'browser/express-button', {
    message: `An Express button in HTML${mapped.length === 0 ? '.' : `: ${mapped.join(', ')}.`}`,
    legacy: { name: 'data-ap-widget-type', operation: 'data-ap-widget-type' },
    replacement: { name: 'amazon.Pay.renderButton' },
  });
}

/** What the HTML of a page says outside of its scripts. */
export function reportElements(page: Page): void {
  for (const element of page.carrier.elements) {
    if (element.name === 'script' || element.name === 'link') readScript(page, element);
    readExpressButton(page, element);
  }
}
