import { UNRELATED_TO_LEGACY } from '../catalog';
import type { QuietMarker } from '../workspace/search-files';
import { isScript } from './check-syntax';
import type { LoadedFile } from './loaded-file';
import type { ImportResolver } from './resolve-import';

/**
 * Any word of payments that a rule could speak of, in a text of small letters; every marker holds one (but the host of v2's
 * script). An expression that takes both cases is twice as slow.
 */
const WORDS =
  /amazon|mws|notif|parsesns|authenticat|access_token|webstoreclient|webcheckout|charge|checkoutsession|confirm|widget|data-ap|express(?:payment|donation)|payments:|authori[sz]|captur|refund|order_?ref|agreement|\bsns|ipn|decline|constraint|simulation|todo\(/;

/** The answers of `merelyNamesV2`, which goes through the whole of a text and is asked of a file several times. */
const known = new WeakMap<LoadedFile, boolean>();

/** Whether a file speaks of payments in no word but the address of v2's script. */
function merelyNamesV2(file: LoadedFile): boolean {
  const answer = known.get(file) ?? readForV2(file);
  known.set(file, answer);
  return answer;
}

function readForV2({ path, text, marker }: LoadedFile): boolean {
  // What stands around candidates is data or a script; a script without such a word is one like them.
  const mayBe = marker === null ? isScript(path) : marker.marker === V2_HOST;
  return mayBe && !WORDS.test(text.replace(UNRELATED_TO_LEGACY, '').toLowerCase());
}

const V2_HOST = 'payments-amazon.com';

/** The same for the search, which reads nothing but the names of files and their bytes. */
export const namesV2Alone: QuietMarker = { marker: V2_HOST, words: WORDS, unrelated: UNRELATED_TO_LEGACY };

/** Whether a parser will be needed for a candidate: as good as certain, so that it can be loaded meanwhile. */
export const needsParser = (candidate: LoadedFile): boolean => isScript(candidate.path) && !merelyNamesV2(candidate);

const lastPart = (specifier: string): string => specifier.replace(/\/+$/, '').replace(/^.*\//, '');

/**
 * Files in which there is nothing to migrate and through which nothing of it passes: no parser need be started for them.
 * A script that loads one of the others, or may be loaded by it under any name, is none.
 *
 * @param specifiersOf what a script loads
 */
export function findBystanders(
  files: readonly LoadedFile[],
  resolver: ImportResolver,
  specifiersOf: (file: LoadedFile) => readonly string[],
): ReadonlySet<string> {
  const bystanders = new Set(files.filter(merelyNamesV2));
  if (![...bystanders].some(({ marker }) => marker !== null)) return new Set();
  const scripts = files.filter(({ path }) => isScript(path));
  const loads = new Map(scripts.map((file) => [file, specifiersOf(file).map(lastPart)]));
  const namesOf = new Map(scripts.map((file) => [file, resolver.namesOf(file.path)]));
  let others = scripts.filter((file) => !bystanders.has(file));
  // One that is drawn in draws in those that it is connected with.
  while (others.length > 0 && bystanders.size > 0) {
    const names = new Set(others.flatMap((file) => namesOf.get(file) ?? []));
    const loaded = new Set(others.flatMap((file) => loads.get(file) ?? []));
    others = [...bystanders].filter(
      (file) =>
        (loads.get(file) ?? []).some((name) => names.has(name)) ||
        (namesOf.get(file) ?? []).some((name) => loaded.has(name)),
    );
    for (const file of others) bystanders.delete(file);
  }
  return new Set([...bystanders].map(({ path }) => path));
}
