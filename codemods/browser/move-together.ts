import type { PackageInfo } from '../codemod';
import { isTestFile } from '../rewriting/is-test-file';
import type { Page } from './page';

/** Rules of code that works with one of the two scripts only: legacy with Widgets.js, rewritten with checkout.js. */
const NEEDS_SCRIPT =
  /^browser\/(?:button|express-button|address-book|wallet|consent|confirmation-flow|ready-callback|loaded-check|logout|login-authorize|login-profile|unread)$/;
/** Of these, what a page is there for; the others go along. */
const DRAWS = /^browser\/(?:button|express-button|address-book|wallet|consent|confirmation-flow|unread)$/;
/** What stands in for the script in tests does not need it. */

interface Moves {
  readonly page: Page;
  /** Where it says which script is loaded; undefined when it does not. */
  readonly url: 'moves' | 'stays' | undefined;
  /** Its code: all of it stays, some of it moves, or it has none. */
  readonly code: 'moves' | 'stays' | undefined;
}

function movesOf(page: Page): Moves {
  const urls = page.findings.filter(({ legacy }) => legacy.operation === 'Widgets.js');
  const uses = page.findings.filter(({ rule }) => NEEDS_SCRIPT.test(rule) && !isTestFile(page.unit.path));
  const draws = uses.filter(({ rule }) => DRAWS.test(rule));
  const isRewritten = ({ rewritten }: { readonly rewritten: boolean }): boolean => rewritten;
  return {
    page,
    url: urls.length === 0 ? undefined : urls.every(isRewritten) ? 'moves' : 'stays',
    code: uses.length === 0 ? undefined : (draws.length > 0 ? draws : uses).some(isRewritten) ? 'moves' : 'stays',
  };
}

const ownerOf = ({ unit }: Page, packages: readonly PackageInfo[]): string =>
  packages.find(({ directory }) => directory === '' || unit.path.startsWith(`${directory}/`))?.directory ?? '';

/** Where the first URL of a file stands, for a reader. */
function placeOf(page: Page): string {
  const url = page.findings.find(({ legacy, rewritten }) => legacy.operation === 'Widgets.js' && !rewritten);
  const line = page.unit.text.slice(0, url?.start ?? 0).split('\n').length;
  return `${page.unit.path}:${line}`;
}

/** Files that say for themselves which script they load. */
function holdAlone({ page, url, code }: Moves): string | undefined {
  if (code === undefined) return undefined;
  if (url === 'stays' && code === 'moves')
    return 'this file loads Widgets.js by a URL that is put together; make it that of checkout.js, and run migrate again';
  // A ready callback that waits for checkout.js would never draw what is still legacy.
  const isHalf = code === 'stays' && page.findings.some(({ rewritten }) => rewritten);
  return isHalf
    ? 'what this file draws cannot be rewritten, and needs Widgets.js until it is migrated by hand'
    : undefined;
}

/** Files of one package that share a URL: all of them move, or none. */
function holdShared(moves: readonly Moves[]): Map<Page, string> {
  const held = new Map<Page, string>();
  const sources = moves.filter(({ url, code }) => url !== undefined && code === undefined);
  const users = moves.filter(({ url, code }) => url === undefined && code !== undefined);
  const fixed = sources.find(({ url }) => url === 'stays');
  const left = users.find(({ code }) => code === 'stays');
  if (users.length === 0 || sources.length === 0) return held;
  if (fixed !== undefined) {
    const reason = `${placeOf(fixed.page)} loads Widgets.js by a URL that is put together; make it that of checkout.js, and run migrate again`;
    for (const { page } of [...users, ...sources]) held.set(page, reason);
  } else if (left !== undefined) {
    const reason = `${left.page.unit.path} needs Widgets.js until it is migrated by hand, and shares its URL`;
    for (const { page } of [...users, ...sources]) held.set(page, reason);
  }
  return held;
}

/**
 * Files that have to stay as they are, with the reason: a page that calls amazon.Pay while it still loads Widgets.js works as
 * little as one that calls OffAmazonPayments while it loads checkout.js.
 */
export function holdBack(pages: readonly Page[], packages: readonly PackageInfo[]): Map<Page, string> {
  const held = new Map<Page, string>();
  const byOwner = new Map<string, Moves[]>();
  for (const page of pages) {
    const moves = movesOf(page);
    const owner = ownerOf(page, packages);
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), moves]);
    const reason = holdAlone(moves);
    if (reason !== undefined) held.set(page, reason);
  }
  for (const moves of byOwner.values()) for (const [page, reason] of holdShared(moves)) held.set(page, reason);
  return held;
}
