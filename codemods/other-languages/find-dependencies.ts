import { foreignLanguages, type ForeignLanguage, type LanguageName } from '../../src/catalog/languages';
import type { FindingDraft, SourceUnit } from '../codemod';

/** A file that lists packages, and how one of a name is written in it. */
interface Manifest {
  readonly language: LanguageName;
  readonly files: RegExp;
  /** The pattern of an entry, as source text; the name comes escaped. */
  readonly entry: (name: string) => string;
  /** Written by the package manager, from a manifest beside it. */
  readonly lockOf?: RegExp;
  readonly comments: RegExp;
}

const HASH = /(?:^|[ \t])#[^\n]*/gm;
const SLASHES = /\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g;
const XML = /<!--[\s\S]*?-->/g;
const NONE = /(?!)/g;

/** Names of packages of Python are the same with `-`, `_` and `.`. */
const pythonName = (name: string): string => name.replace(/_/g, '[-_.]');
const inQuotes = (name: string): string => `["']${name}["']`;
/** `group:artifact` */
const parts = (name: string): readonly [string, string] => {
  const [group = '', artifact = ''] = name.split(':');
  return [group, artifact];
};
const requirement = (name: string): string => `${pythonName(name)}(?=\\s*(?:["'\\[=<>~!;@,]|$))`;

const manifests: readonly Manifest[] = [
  {
    language: 'php',
    files: /(?:^|\/)composer\.json$/,
    entry: (name) => `"${name}"\\s*:\\s*"[^"]*"`,
    comments: NONE,
  },
  {
    language: 'php',
    files: /(?:^|\/)composer\.lock$/,
    entry: (name) => `"name"\\s*:\\s*"${name}"`,
    lockOf: /(?:^|\/)composer\.json$/,
    comments: NONE,
  },
  {
    language: 'python',
    files: /(?:^|\/)(?:[\w.-]*requirements[\w.-]*\.txt|requirements\/[\w.-]+\.txt)$/,
    entry: (name) => `(?<=^[ \\t]*)${requirement(name)}`,
    comments: HASH,
  },
  {
    language: 'python',
    files: /(?:^|\/)(?:pyproject\.toml|Pipfile)$/,
    entry: (name) =>
      `(?<=^[ \\t]*)["']?${pythonName(name)}["']?(?=\\s*=)|(?<!\\bname\\s*=\\s*)["']${requirement(name)}`,
    comments: HASH,
  },
  {
    language: 'python',
    files: /(?:^|\/)setup\.(?:py|cfg)$/,
    entry: (name) => `(?<!\\bname\\s*=\\s*)["']${requirement(name)}|(?<=^[ \\t]+)${requirement(name)}`,
    comments: HASH,
  },
  {
    language: 'python',
    files: /(?:^|\/)Pipfile\.lock$/,
    entry: (name) => `"${pythonName(name)}"\\s*:\\s*\\{`,
    lockOf: /(?:^|\/)Pipfile$/,
    comments: NONE,
  },
  {
    language: 'ruby',
    files: /(?:^|\/)Gemfile$|\.gemspec$/,
    entry: (name) => `\\b(?:gem|add_(?:runtime_|development_)?dependency)[\\s(]+${inQuotes(name)}`,
    comments: HASH,
  },
  {
    language: 'ruby',
    files: /(?:^|\/)Gemfile\.lock$/,
    entry: (name) => `(?<=^ {4})${name}(?= \\()`,
    lockOf: /(?:^|\/)Gemfile$/,
    comments: NONE,
  },
  {
    language: 'java',
    files: /(?:^|\/)pom\.xml$/,
    entry: (name) => {
      const [group, artifact] = parts(name);
      return `<groupId>\\s*${group}\\s*</groupId>\\s*<artifactId>\\s*${artifact}\\s*</artifactId>`;
    },
    comments: XML,
  },
  {
    language: 'java',
    files: /\.gradle(?:\.kts)?$|\.versions\.toml$/,
    entry: (name) => {
      const [group, artifact] = parts(name);
      return `["']${group}:${artifact}(?=[:"'])|group\\s*[:=]\\s*["']${group}["'],\\s*name\\s*[:=]\\s*["']${artifact}["']`;
    },
    comments: SLASHES,
  },
  {
    language: 'csharp',
    files: /\.(?:csproj|props)$|(?:^|\/)packages\.config$/,
    entry: (name) => `<(?:Package(?:Reference|Version)\\s[^>]*?\\bInclude|package\\s[^>]*?\\bid)="${name}"`,
    comments: XML,
  },
  {
    language: 'go',
    files: /(?:^|\/)go\.mod$/,
    entry: (name) => `(?<=^\\s*(?:require\\s+)?)${name}(?=\\s+v)`,
    comments: /\/\/[^\n]*/g,
  },
];

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Whether a file lists packages. */
export const isManifest = (path: string): boolean => manifests.some(({ files }) => files.test(path));

function entriesIn(unit: SourceUnit, { entry, comments, language }: Manifest) {
  const text = unit.text.replace(comments, (comment) => comment.replace(/[^\n]/g, ' '));
  return foreignLanguages[language].packages.flatMap((row) =>
    [...text.matchAll(new RegExp(entry(escape(row.name)), 'gmi'))].map((match) => ({
      row,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

const directoryOf = (path: string): string => path.replace(/[^/]*$/, '');

/** Legacy SDKs in the lists of packages of other languages. */
export function findDependencies(units: readonly SourceUnit[]): FindingDraft[] {
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
  { language, lockOf }: Manifest,
  row: ForeignLanguage['packages'][number],
  { start, end }: { readonly start: number; readonly end: number },
): FindingDraft {
  const { title, v2, withoutSdk } = foreignLanguages[language];
  const through = lockOf === undefined ? '' : ' It comes with another package, which has to be replaced.';
  return {
    codemod: 'other-languages',
    surface: 'other-language',
    automation: 'manual',
    confidence: 'high',
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
