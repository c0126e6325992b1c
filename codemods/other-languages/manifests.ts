import type { LanguageName } from '../../src/catalog/languages';
import { escapePattern } from '../../transforms/escape-pattern';
import type { FindingDraft } from '../codemod';
import {
  assembly,
  by,
  gradle,
  inQuotes,
  library,
  maven,
  nuget,
  parts,
  pythonName,
  requirement,
  type Entries,
} from './manifest-entries';
import { findTomlRequirements } from './toml-requirements';

/** A file that lists packages, and how one of them is written in it. */
export interface Manifest {
  readonly language: LanguageName;
  readonly files: RegExp;
  readonly entries: Entries;
  readonly comments: RegExp;
  /** Written by the package manager, from a manifest beside it. */
  readonly lockOf?: RegExp;
  /** high unless it says otherwise. */
  readonly confidence?: FindingDraft['confidence'];
}

const HASH = /(?:^|[ \t])#[^\n]*/gm;
const SLASHES = /\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g;
const XML = /<!--[\s\S]*?-->/g;
const NONE = /(?!)/g;

const languages: readonly LanguageName[] = ['php', 'python', 'ruby', 'java', 'csharp', 'go'];

/** Sources that are no package: a part of the repository that is another one. */
const submodules = languages.map((language): Manifest => ({
  language,
  files: /(?:^|\/)\.gitmodules$/,
  entries: by((_name, { repository }) =>
    repository === undefined ? undefined : `\\burl\\s*=\\s*\\S*[/:]${escapePattern(repository)}(?:\\.git)?(?=\\s|$)`,
  ),
  comments: HASH,
}));

export const manifests: readonly Manifest[] = [
  {
    language: 'php',
    files: /(?:^|\/)composer\.json$/,
    entries: by((name) => `"${name}"\\s*:\\s*"[^"]*"`),
    comments: NONE,
  },
  {
    language: 'php',
    files: /(?:^|\/)composer\.lock$/,
    entries: by((name) => `"name"\\s*:\\s*"${name}"`),
    lockOf: /(?:^|\/)composer\.json$/,
    comments: NONE,
  },
  {
    language: 'python',
    files: /(?:^|\/)(?:(?:[\w.-]*(?:requirements|constraints)[\w.-]*|requirements\/[\w.-]+)\.(?:txt|in)|tox\.ini)$/,
    entries: by(
      (name, { repository }) =>
        `(?<=^[ \\t]*)${requirement(name)}|(?<=^[ \\t]*(?:-e\\s+)?)git\\+\\S+/(?:${escapePattern(repository ?? name)})(?:\\.git)?(?=[@#\\s]|$)`,
    ),
    comments: HASH,
  },
  {
    language: 'python',
    files: /(?:^|\/)(?:pyproject\.toml|Pipfile)$/,
    entries: (text, { name }) => findTomlRequirements(text, new RegExp(`^${pythonName(name)}$`, 'i')),
    comments: HASH,
  },
  {
    language: 'python',
    files: /(?:^|\/)setup\.(?:py|cfg)$/,
    entries: by(
      (name) =>
        `(?<!\\b(?:name|packages|py_modules)\\s*=\\s*\\[?\\s*)["']${requirement(name)}|(?<=^[ \\t]+)${requirement(name)}`,
    ),
    comments: HASH,
  },
  {
    language: 'python',
    files: /(?:^|\/)environment\.ya?ml$/,
    entries: by((name) => `(?<=^[ \\t]*-[ \\t]*["']?)${requirement(name)}`),
    comments: HASH,
  },
  {
    language: 'python',
    files: /(?:^|\/)Pipfile\.lock$/,
    entries: by((name) => `"${pythonName(name)}"\\s*:\\s*\\{`),
    lockOf: /(?:^|\/)Pipfile$/,
    comments: NONE,
  },
  {
    language: 'python',
    files: /(?:^|\/)(?:poetry|uv|pdm)\.lock$/,
    entries: by((name) => `(?<=^)name = "${pythonName(name)}"`),
    lockOf: /(?:^|\/)pyproject\.toml$/,
    comments: NONE,
  },
  {
    language: 'ruby',
    files: /(?:^|\/)(?:Gemfile|gems\.rb)$|\.(?:gemspec|gemfile)$/,
    entries: by((name) => `\\b(?:gem|add_(?:runtime_|development_)?dependency)[\\s(]+${inQuotes(name)}`),
    comments: HASH,
  },
  {
    language: 'ruby',
    files: /(?:^|\/)(?:Gemfile\.lock|gems\.locked)$/,
    entries: by((name) => `(?<=^ {4})${name}(?= \\()`),
    lockOf: /(?:^|\/)(?:Gemfile|gems\.rb)$|\.gemspec$/,
    comments: NONE,
  },
  { language: 'java', files: /(?:^|\/)pom\.xml$/, entries: maven, comments: XML },
  {
    language: 'java',
    files: /(?:^|\/)(?:pom\.xml|build\.xml|\.classpath)$/,
    entries: library,
    comments: XML,
  },
  {
    language: 'java',
    files: /(?:^|\/)ivy\.xml$/,
    entries: by((name) => {
      const [group, artifact] = parts(name);
      return `<dependency\\s(?=[^>]*\\borg="${group}")[^>]*?\\bname="${artifact}"`;
    }),
    comments: XML,
  },
  { language: 'java', files: /\.(?:gradle(?:\.kts)?|sbt)$/, entries: gradle, comments: SLASHES },
  { language: 'java', files: /\.(?:gradle(?:\.kts)?|sbt)$/, entries: library, comments: SLASHES },
  { language: 'java', files: /\.versions\.toml$/, entries: gradle, comments: HASH },
  {
    language: 'java',
    files: /(?:^|\/)gradle\.lockfile$/,
    entries: by((name) => `^${name}(?=:)`),
    lockOf: /\.gradle(?:\.kts)?$/,
    comments: HASH,
  },
  {
    language: 'csharp',
    files: /\.(?:(?:cs|vb|fs)proj|props|targets|nuspec)$|(?:^|\/)packages\.config$/,
    entries: nuget,
    comments: XML,
  },
  {
    language: 'csharp',
    files: /\.(?:(?:cs|vb|fs)proj|props|targets)$/,
    entries: assembly,
    comments: XML,
    // An assembly of the merchant can have this name.
    confidence: 'medium',
  },
  {
    language: 'csharp',
    files: /(?:^|\/)paket\.dependencies$/,
    entries: by((name) => `(?<=^\\s*)nuget\\s+${name}(?=\\s|$)`),
    comments: /\/\/[^\n]*|(?:^|[ \t])#[^\n]*/gm,
  },
  {
    language: 'csharp',
    files: /(?:^|\/)packages\.lock\.json$/,
    entries: by((name) => `"${name}"\\s*:\\s*\\{`),
    lockOf: /\.(?:cs|vb|fs)proj$/,
    comments: NONE,
  },
  {
    language: 'go',
    files: /(?:^|\/)go\.mod$/,
    entries: by((name) => `(?<=^\\s*(?:(?:require|replace)\\s+)?)${name}(?=\\s+(?:v|=>))`),
    comments: /\/\/[^\n]*/g,
  },
  ...submodules,
];
