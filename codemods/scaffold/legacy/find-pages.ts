import type { SourceUnit } from '../../codemod';
import { placeOf, type Guess } from './guess';

export interface ShopPages {
  readonly cart: Guess;
  readonly review: Guess;
  readonly thankYou: Guess;
}

/** An address that the shop answers, and what says so. */
interface Route {
  readonly address: string;
  readonly because: string;
  /** The template that it shows, without folder and ending. */
  readonly shows: string | undefined;
}

/** `app.get('/cart', …)`, `router.route('/cart')`, `path: '/cart'`, `Route::get('/cart'`. */
const ROUTE =
  /(?:\.(?:get|all|route)|Route::(?:get|view))\(\s*(['"`])(\/[\w./-]*)\1|\bpath['"]?\s*:\s*(['"`])(\/[\w./-]*)\3/g;
const SHOWS = /\b(?:render|view)\w*\(\s*(['"`])([\w./-]+)\1|\bsendFile\([^()]*(['"`])\/?([\w./-]+\.html?)\3/;
/** Characters behind a route in which it says what it shows. */
const NEAR = 2_000;
const ENDPOINT = /^\/(?:api|amazon-pay|ipn|webhooks?)\b/;

const nameOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\..*$/, '');

function routesOf(unit: SourceUnit): Route[] {
  const matches = [...unit.text.matchAll(ROUTE)];
  return matches.flatMap((match, index): Route[] => {
    const address = match[2] ?? match[4] ?? '';
    if (ENDPOINT.test(address)) return [];
    const end = Math.min(matches[index + 1]?.index ?? Infinity, match.index + NEAR);
    const shown = SHOWS.exec(unit.text.slice(match.index, end));
    const template = shown?.[2] ?? shown?.[4];
    return [{ address, because: placeOf(unit, match.index), shows: template && nameOf(template) }];
  });
}

/** The address of a file that is its own route: static pages, pages of Next and Nuxt, scripts of PHP. */
function fileRoute({ path, text }: SourceUnit): Route | undefined {
  const shows = nameOf(path);
  const served = /(?:^|\/)(?:public|static|www|htdocs|web|public_html)\/(.*\.(?:html?|php))$/.exec(path)?.[1];
  if (served !== undefined) return { address: `/${served}`, because: path, shows };
  // At the root of the project only a script of PHP is an address; a template is not.
  if (/^[\w-]+\.php$/.test(path) && text.includes('<?php')) return { address: `/${path}`, because: path, shows };
  const app = /(?:^|\/)app\/(.*?)\/?page\.[jt]sx?$/.exec(path)?.[1];
  if (app !== undefined) return { address: `/${app.replace(/\([^)]*\)\/?/g, '')}`, because: path, shows };
  const page = /(?:^|\/)pages\/(?!api\/|_)(.*)\.(?:[jt]sx?|vue)$/.exec(path)?.[1];
  const isFixed = page !== undefined && !page.includes('[');
  return isFixed ? { address: `/${page.replace(/(?:^|\/)index$/, '')}`, because: path, shows } : undefined;
}

/** The one address among several; they are named where there are more. */
function choose(routes: readonly Route[], otherwise: string): Guess {
  const [first] = routes;
  if (first === undefined) return { value: otherwise, because: undefined };
  const others = routes.filter(({ address }) => address !== first.address);
  const more = others.map(({ address, because }) => `${address} (${because})`).join(', ');
  return { value: first.address, because: `${first.because} answers it${more === '' ? '' : `; so do ${more}`}` };
}

const WIDGETS = /Widgets\.(?:AddressBook|Wallet)\b|bindChangeAction/;
const CART = /(?:^|[/_-])(?:cart|basket|warenkorb|panier|bag)(?:[/._-]|$)/i;
const THANKS =
  /(?:^|[/_-])(?:thank|thanks|thank-?you|success|confirmation|complete|completed|danke|merci)(?:[/._-]|$)/i;

/** Pages of the shop, by routes, static files and templates that exist. `ending` is that of an address where nothing says it. */
export function findPages(files: readonly SourceUnit[], ending = ''): ShopPages {
  const routes = files.flatMap((unit) => [...routesOf(unit), ...[fileRoute(unit) ?? []].flat()]);
  const widgetPages = files.filter(({ path, text }) => !/\.md$/.test(path) && WIDGETS.test(text));
  const review = widgetPages.flatMap((unit) => {
    const own = fileRoute(unit);
    const inside = routesOf(unit).filter(({ shows }) => shows === undefined && /\.[jt]sx$/.test(unit.path));
    return [
      ...(own === undefined ? [] : [own]),
      ...routes.filter(({ shows }) => shows === nameOf(unit.path)),
      ...inside,
    ];
  });
  return {
    cart: choose(
      routes.filter(({ address }) => CART.test(address)),
      `/cart${ending}`,
    ),
    review: choose(review, `/checkout/review${ending}`),
    thankYou: choose(
      routes.filter(({ address }) => THANKS.test(address)),
      `/thank-you${ending}`,
    ),
  };
}
