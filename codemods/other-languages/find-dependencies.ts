import { foreignLanguages, type ForeignPackage } from '../../src/catalog/languages';
import type { FindingDraft, SourceUnit } from '../codemod';
import { findInstalledSdks } from './find-installed-sdks';
import { manifests, type Manifest } from './manifests';
import type { Span } from './names';

/** Where a file lists packages of legacy SDKs. */
function entriesIn(unit: SourceUnit, { entries, comments, language }: Manifest) {
  const text = unit.text.replace(comments, (comment) => comment.replace(/[^\n]/g, ' '));
  return foreignLanguages[language].packages.flatMap((row) =>
    entries(text, row).map(({ start, end }) => ({ row, start, end })),
  );
}

const directoryOf = (path: string): string => path.replace(/[^/]*$/, '');

/** Legacy SDKs in the lists of packages of other languages, and in commands that install them. */
export function findDependencies(units: readonly SourceUnit[]): FindingDraft[] {
  const installed = units.flatMap((unit) =>
    findInstalledSdks(unit).map(({ language, row, place }) => describe(unit, { language }, row, place)),
  );
  return [...findListed(units), ...installed];
}

function findListed(units: readonly SourceUnit[]): FindingDraft[] {
  return manifests.flatMap((manifest) =>
    units
      .filter(({ path }) => manifest.files.test(path))
      .flatMap((unit) =>
        entriesIn(unit, manifest)
          // The package manager brings a lock file up to date, once the manifest beside it is.
          .filter(({ row }) => !isListedBeside(units, unit, manifest, row.name))
          .map(({ row, start, end }) => describe(unit, manifest, row, { start, end })),
      ),
  );
}

function isListedBeside(
  units: readonly SourceUnit[],
  unit: SourceUnit,
  { lockOf, language }: Manifest,
  name: string,
): boolean {
  if (lockOf === undefined) return false;
  const beside = units.filter(({ path }) => lockOf.test(path) && directoryOf(path) === directoryOf(unit.path));
  const listing = manifests.filter((one) => one.language === language && one.lockOf === undefined);
  return beside.some((other) =>
    listing.some((one) => one.files.test(other.path) && entriesIn(other, one).some(({ row }) => row.name === name)),
  );
}

function describe(
  unit: SourceUnit,
  { language, lockOf, confidence = 'high' }: Pick<Manifest, 'language' | 'lockOf' | 'confidence'>,
  row: ForeignPackage,
  { start, end }: Span,
): FindingDraft {
  const { title, v2, withoutSdk } = foreignLanguages[language];
  const through =
    lockOf === undefined
      ? ''
      : ' No manifest beside this file lists it: it comes with another package, which has to be replaced, or is listed elsewhere.';
  return {
    codemod: 'other-languages',
    surface: 'other-language',
    automation: 'manual',
    confidence,
    rule: 'other-language/dependency',
    path: unit.path,
    start,
    end,
    rewritten: false,
    legacy: { name: row.name },
    replacement: v2 === null ? null : { name: v2.dependency },
    message:
      v2 === null
        ? `${row.name} is ${row.what}; there is no v2 SDK of Amazon for ${title}.${through}`
        : `${row.name} is ${row.what}; in v2: ${v2.dependency}.${through}`,
    guidance:
      v2 === null
        ? `${withoutSdk ?? ''} Remove ${row.name} with the last code that uses it.`
        : `${v2.install}\n\nBoth can be there at a time (${language === 'ruby' ? v2.traps : 'their names do not collide'}). Remove ${row.name} with the last code that uses it.`,
    ...(v2 === null ? {} : { docs: v2.docs }),
  };
}
