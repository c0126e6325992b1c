import type { ts } from 'ts-morph';
import { carriedByPromisify } from './answered-callback';
import { carriedByCache } from './cache-idioms';
import { carriedToFallback } from './fallback-objects';
import { legacyTypeText } from './legacy-type-text';
import { carriedByHelper } from './operation-helpers';
import { carriedPastDefault } from './pattern-defaults';
import { type Carried, carriedByIdiom } from './promise-idioms';
import { carriedThroughSpread } from './spread-objects';
import { carriedByRace } from './word-races';
import { carriedByWrapper } from './wrapper-idioms';

/** What a way of writing that is known carries past a place where the checker loses it; the first that knows it decides. */
export const carriedByAnyIdiom = (checker: ts.TypeChecker, node: ts.Node): Carried | undefined =>
  carriedByIdiom(checker, (type) => legacyTypeText(checker, type), node) ??
  carriedByWrapper(checker, node) ??
  carriedByHelper(checker, node) ??
  carriedPastDefault(checker, node) ??
  carriedToFallback(checker, node) ??
  carriedThroughSpread(checker, node) ??
  carriedByCache(checker, node) ??
  carriedByRace(checker, node) ??
  carriedByPromisify(checker, node);
