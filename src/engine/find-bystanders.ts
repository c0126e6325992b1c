import { UNRELATED_TO_LEGACY } from '../catalog';
import { isScript } from './check-syntax';
import type { LoadedFile } from './loaded-file';
import type { ImportResolver } from './resolve-import';

/** Any word of payments that a rule could speak of, whatever its spelling; the markers hold one each. */
const WORDS =
  /amazon|mws|notif|webCheckout|charge|checkoutSession|confirm|widget|data-ap|express(?:Payment|Donation)|payments:|authori[sz]|captur|refund|order_?ref|agreement|\bsns|ipn|decline|constraint|TODO\(/i;

/** Whether a file is a candidate for the address of v2's script alone, and speaks of payments in no other word. */
const merelyNamesV2 = ({ text, marker }: LoadedFile): boolean =>
  marker?.marker === 'payments-amazon.com' && !WORDS.test(text.replace(UNRELATED_TO_LEGACY, ''));

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
  if (bystanders.size === 0) return new Set();
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
