import type { Status } from '../api';
import { element } from './element.js';
import { get, post, RequestError } from './request.js';
import { showMode } from './mode.js';
import { showChanges } from './views/changes.js';
import { showDeadLetters } from './views/dead-letters.js';
import { showDifferences } from './views/differences.js';
import { showMessages } from './views/messages.js';
import { showOrder, showOrders } from './views/orders.js';
import { showOverview } from './views/overview.js';
import { visibleText } from './visible-text.js';

export type View = (place: HTMLElement, ...found: readonly string[]) => Promise<void>;

const views: readonly (readonly [path: RegExp, title: string, view: View, link: string | null])[] = [
  [/^#\/(?:since=(\d{1,15}))?$/, 'Overview', showOverview, '#/'],
  [/^#\/messages$/, 'Messages', showMessages, '#/messages'],
  [/^#\/orders$/, 'Orders', showOrders, '#/orders'],
  [/^#\/orders\/(.+)$/, 'Order', showOrder, null],
  [/^#\/differences$/, 'Differences', showDifferences, '#/differences'],
  [/^#\/dead-letters$/, 'Dead letters', showDeadLetters, '#/dead-letters'],
  [/^#\/changes$/, 'Changes', showChanges, '#/changes'],
];

const main = document.querySelector('main') as HTMLElement;
const nav = document.querySelector('nav') as HTMLElement;
let shownView = 0;

function showSignIn(): void {
  const input = element('input', { type: 'password', name: 'token', autocomplete: 'current-password', required: true });
  const problem = element('p', { class: 'bad', role: 'alert' });
  const signIn = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await post('/api/session', { token: input.value });
      await show();
    } catch (error) {
      problem.textContent = visibleText((error as Error).message);
    }
  };
  main.replaceChildren(
    element(
      'form',
      { class: 'panel', submit: (event) => void signIn(event) },
      element('h2', {}, 'Sign in'),
      element('p', {}, 'The token was printed, or its file named, when the proxy was started.'),
      element('label', {}, 'Token', input),
      problem,
      element('p', {}, element('button', { class: 'main' }, 'Sign in')),
    ),
  );
  input.focus();
}

function showNavigation(shown: string): void {
  nav.replaceChildren(
    ...views.flatMap(([, title, , link]) =>
      link === null
        ? []
        : [element('a', { href: link, ...(title === shown ? { 'aria-current': 'page' } : {}) }, title)],
    ),
  );
  // On a narrow screen the row of views scrolls; the one that is shown must be in sight.
  nav.querySelector('[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
}

/** A token in the address is never sent with a request for a page, and is gone from the address at once. */
async function takeToken(): Promise<void> {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, '', '/');
  await post('/api/session', { token }).catch(() => undefined);
}

async function show(): Promise<void> {
  await takeToken();
  const hash = location.hash === '' ? '#/' : location.hash;
  const asked = views.find(([path]) => path.test(hash)) ?? views[0];
  if (asked === undefined) return;
  const [path, title, view] = asked;
  const mine = (shownView += 1);
  showNavigation(title);
  document.title = `${title} – Amazon Pay dual run`;
  const place = element('div');
  try {
    const [, ...found] = path.exec(hash) ?? [];
    await view(place, ...found.filter((part) => part !== undefined).map(decodeURIComponent));
    showMode(await get<Status>('/api/status'));
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) return showSignIn();
    place.replaceChildren(element('p', { class: 'bad', role: 'alert' }, (error as Error).message));
  }
  // A slow answer does not take the place of a view that was opened after it.
  if (mine === shownView) main.replaceChildren(place);
}

window.addEventListener('hashchange', () => void show());
document.addEventListener('changed', () => void show());
void show();
