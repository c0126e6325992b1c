import { browserOptions, expressAttributes } from '../../src/catalog';
import type { HtmlElement } from '../carriers';
import type { Page } from './page';
import { isPartOfUrl, toV2Url } from './script-url';

/** `<script src="…Widgets.js">` becomes that of checkout.js, where the URL is written out. */
function readScript(page: Page, element: HtmlElement): void {
  const names = element.name === 'link' ? ['href'] : ['src', 'data-src'];
  const source = element.attributes.find(({ name }) => names.includes(name));
  if (source?.value === undefined) return;
  const { start, end } = source.value;
  const url = page.unit.text.slice(start, end);
  if (!isPartOfUrl(url)) return;
  const legacy = { name: 'Widgets.js', operation: 'Widgets.js' };
  const path = url.replace(/\?[\s\S]*$/, '');
  const isWritten = !page.carrier.tags.some((tag) => tag.start < start + path.length && tag.end > start);
  const v2 = isWritten ? toV2Url(url.trim()) : undefined;
  const holdsControl = page.carrier.tags.some((tag) => tag.kind === 'control' && tag.start < end && tag.end > start);
  if (v2 === undefined || holdsControl) {
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
