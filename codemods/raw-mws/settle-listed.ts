import type { FindingDraft, SourceUnit } from '../codemod';
import type { Stays } from './request-call';
import type { RewrittenRequests } from './rewrite-requests';

interface Range {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

const overlap = (a: Range, b: Range): boolean => a.path === b.path && a.start < b.end && b.start < a.end;

/** Every word about signing that stands in a function stands in statements that are gone. */
function isUnsigned(listing: FindingDraft, gone: readonly Range[], text: string): boolean {
  const words = [...text.slice(listing.start, listing.end).matchAll(/createHmac|HmacSHA256/g)];
  return words.every(({ index }) => {
    const at = listing.start + index;
    return gone.some((range) => overlap(range, { path: listing.path, start: at, end: at + 1 }));
  });
}

/** Adds to a request that stays what speaks against its rewriting. */
function sayWhy(listing: FindingDraft, doubts: readonly Stays[]): FindingDraft {
  if (listing.rule !== 'raw-mws/request') return listing;
  const found = doubts.find(
    ({ path, start, end }) => path === listing.path && start === listing.start && end === listing.end,
  );
  return found === undefined ? listing : { ...listing, message: `${listing.message} Not rewritten: ${found.reason}.` };
}

/** What is left of the places that were listed, now that some requests are rewritten. */
export function settleListed(
  listed: readonly FindingDraft[],
  { findings, gone, doubts }: RewrittenRequests,
  files: readonly SourceUnit[],
): FindingDraft[] {
  const isSettled = (listing: FindingDraft): boolean => {
    if (listing.rule === 'raw-mws/signing') {
      const text = files.find(({ path }) => path === listing.path)?.text ?? '';
      return gone.some((range) => overlap(range, listing)) && isUnsigned(listing, gone, text);
    }
    return listing.rule !== 'raw-mws/executor' && [...findings, ...gone].some((range) => overlap(range, listing));
  };
  return listed.filter((listing) => !isSettled(listing)).map((listing) => sayWhy(listing, doubts));
}
