import type { PackageInfo, ScriptConfiguration } from '../../codemods/codemod';
import { findNeighbours } from '../../codemods/other-languages/find-neighbours';
import { legacyAliases } from '../../codemods/typed-program/package-aliases';
import { answerFields, changedStates, legacyPackages } from '../catalog';
import { directoriesAbove, directoryOf } from '../workspace/directories';
import { findSpecifiers } from '../workspace/find-specifiers';
import { decode } from '../workspace/decode-text';
import { readCandidate } from '../workspace/find-markers';
import { compileMarkers } from '../workspace/match-markers';
import { isScript } from './check-syntax';
import type { Discovery } from './discover';
import { behindIndexes } from './behind-index';
import { findBystanders } from './find-bystanders';
import { findInjected } from './find-injected';
import { findSettings } from './find-settings';
import { findPageScripts, findSchemas, findStateWords, findTemplates, findTranslations } from './find-state-words';
import type { FailedFile, LoadedFile } from './loaded-file';
import { findTold } from './find-told';
import { FileReader, LOCK_FILE } from './read-files';
import { createReach } from './reach';
import { ImportResolver } from './resolve-import';

export interface Selection {
  /** What the codemods get, sorted by path. */
  readonly files: readonly LoadedFile[];
  readonly packages: readonly PackageInfo[];
  readonly configurations: readonly ScriptConfiguration[];
  readonly failed: readonly FailedFile[];
  /** What may load anything, because nobody could read it. */
  readonly unread: readonly string[];
  /** Files that no parser need look at. */
  readonly bystanders: ReadonlySet<string>;
}

/** What an earlier run has emitted. */
export const HELPER = /(?:^|\/)(?:amazon-pay-v2\.[cm]?[jt]s|amazon-pay-api-sdk-nodejs\.d\.ts)$/;
const EMITTED_FUNCTIONS = /(?:^|\/)amazon-pay-v2\.[cm]?[jt]s$/;
const MANIFEST = /(?:^|\/)package\.json$/;
/** The scaffold of an earlier run, which says that there is one. */
const SCAFFOLD = /(?:^|\/)amazon-pay(?:-checkout)?\/checkout-flow\.(?:[cm]?[jt]s|php)$/;
/** Last parts of what a script loads that makes a server. */
const SERVERS = ['express', 'fastify', 'koa', 'hapi', 'core', 'http', 'node:http', 'h3'];

interface Wants {
  /** Files that make a server, too. */
  readonly servers?: boolean;
  /** Files that no codemod may be given. */
  readonly leaveOut?: ReadonlySet<string>;
}

/**
 * Adds to the candidates what the codemods need to judge them: the modules that they load, the files that load them and
 * those that load these in turn, and package.json of their packages. A client is often made in one file, wrapped in a
 * second and used in a third that holds no marker at all.
 */
export async function selectFiles(root: string, discovery: Discovery, wants: Wants = {}): Promise<Selection> {
  const { paths, candidates } = discovery;
  // Who loads what an earlier run emitted calls v2, and says nothing of legacy any more.
  const emitted = paths.filter((path) => EMITTED_FUNCTIONS.test(path));
  if (candidates.length + emitted.length === 0 && wants.servers !== true) {
    return { files: [], packages: [], configurations: [], failed: [], unread: [], bystanders: new Set() };
  }
  const { findPackages } = await import('../workspace/find-packages.js');
  const { findConfigurations } = await import('../workspace/find-configurations.js');
  const { packages, failed: malformed } = findPackages(root, paths);
  const reader = new FileReader(root);
  const configurations = findConfigurations(paths, (path) => decode(reader.bytes(path)).text);
  const resolver = new ImportResolver(new Set(paths), packages, configurations);
  const loaded = new Map(candidates.map((file) => [file.path, file]));
  const renamed = loadersOfAliases(reader, discovery, packages);
  const roots = [...loaded.keys(), ...renamed, ...emitted];
  const { mayImport, mayLoad } = createReach(roots, packages);
  const readSpecifiers = createSpecifierReader(reader, loaded);
  const readTargets = createTargetReader(readSpecifiers, resolver);

  const selected = new Set([...loaded.keys(), ...renamed]);
  for (const path of [...selected]) {
    if (!mayImport(path)) continue;
    for (const target of readTargets(path)) if (isScript(target) || target.endsWith('.json')) selected.add(target);
  }
  const importersOf = (targets: readonly string[]): string[] => {
    const wanted = new Set(targets);
    const likely = discovery.imports.filesThatName(targets.flatMap((target) => resolver.namesOf(target)));
    return [...likely]
      .flatMap((file) => paths[file] ?? [])
      .filter((path) => mayImport(path) && readTargets(path).some((target) => wanted.has(target)));
  };
  const first = importersOf(roots);
  const second = importersOf(first);
  for (const path of [...first, ...second]) selected.add(path);
  const read = (path: string): Buffer => reader.bytes(path);
  const textOf = (path: string): string => loaded.get(path)?.text ?? decode(reader.bytes(path)).text;
  const resolve = (from: string, specifier: string): string | undefined => resolver.resolve(from, specifier);
  const own = [...selected].filter(mayImport);
  const behind = own.flatMap((path) => behindIndexes(path, { textOf, resolve }));
  // What another package of the workspace declares, its other users know as well.
  const shared = own.flatMap(readTargets).filter((path) => mayLoad(path) && !mayImport(path));
  for (const path of behind) selected.add(path);
  for (const path of findTold(own, [...shared, ...behind], { textOf, resolve, importersOf })) selected.add(path);
  const speaking = [...discovery.imports.filesThatName([...changedStates, ...answerFields])]
    .flatMap((file) => paths[file] ?? [])
    .filter((path) => mayLoad(path) && !selected.has(path));
  const legacy = [...loaded.keys(), ...renamed].filter(mayImport);
  for (const path of findInjected({ legacy, around: own }, speaking, textOf)) selected.add(path);
  const beside = [...selected].filter(mayLoad).flatMap(readTargets);
  // What is selected already, candidates among it, is read once.
  const others = [...new Set(beside)].filter((path) => !selected.has(path) && !loaded.has(path));
  for (const path of findStateWords(others, read)) selected.add(path);
  if (wants.servers === true) {
    for (const file of discovery.imports.filesThatName(SERVERS)) {
      const path = paths[file];
      if (path !== undefined && isScript(path)) selected.add(path);
    }
    for (const path of paths) if (MANIFEST.test(path)) selected.add(path);
  }
  const rest = paths.filter((path) => !selected.has(path) && wants.leaveOut?.has(path) !== true);
  for (const path of findNeighbours(candidates, rest, (one) => decode(reader.bytes(one)).text)) selected.add(path);
  for (const path of companions(paths, [...selected], packages)) selected.add(path);
  for (const path of findSettings(paths, [...loaded.keys()], packages, read)) selected.add(path);
  for (const path of findTranslations(paths, roots, packages, read)) selected.add(path);
  for (const path of findSchemas(paths, roots, packages, read)) selected.add(path);
  for (const path of findTemplates(paths, roots, packages, read)) selected.add(path);
  for (const path of findPageScripts(paths, roots, packages, read)) selected.add(path);

  const noted = new Map(discovery.noted.map(({ path, marker, line }) => [path, { marker, line }]));
  const concerned = directoriesAbove(loaded.keys());
  const failed = malformed.filter(({ path }) => concerned.has(directoryOf(path)));
  const broken = new Set(failed.map(({ path }) => path));
  const files = [...selected]
    .filter((path) => !broken.has(path))
    .sort()
    .flatMap((path) => loaded.get(path) ?? reader.load(path, noted.get(path) ?? null, failed));
  const bystanders = findBystanders(files, resolver, ({ path }) => readSpecifiers(path));
  return { files, packages, configurations, failed, unread: listUnread(root, discovery, failed), bystanders };
}

/**
 * Scripts that load a legacy client under the name that package.json gives it, or name it to a function (`jest.mock('pay')`);
 * they may hold no other marker. Only projects with such a name have all their scripts read.
 */
function loadersOfAliases(
  reader: FileReader,
  { paths, candidates }: Discovery,
  packages: readonly PackageInfo[],
): string[] {
  const aliases = [...legacyAliases(packages, candidates).keys()].map((name) => name.replace(/[.]/g, '\\.'));
  if (aliases.length === 0) return [];
  const named = new RegExp(
    `(?:\\bfrom\\s*|\\bimport\\s*|\\w\\(\\s*)(['"\`])(?:${aliases.join('|')})(?:/[^'"\`\\n]*)?\\1`,
  );
  return paths.filter((path) => isScript(path) && named.test(decode(reader.bytes(path)).text));
}

/** Data and prose load nothing. */
const LOADS_NOTHING = /\.(?:json5?|ya?ml|lock|md|txt|log|css|s[ac]ss|less|svg|png|jpe?g|gif|map|sql|csv|db|pem|key)$/i;

/** Unreadable files and folders, and files too large to be parsed that name a legacy package in quotes. */
function listUnread(root: string, discovery: Discovery, failed: readonly FailedFile[]): string[] {
  const packageNames = compileMarkers(
    Object.keys(legacyPackages).flatMap((name) => [`'${name}'`, `"${name}"`, `\`${name}\``]),
  );
  const large = discovery.legacyCopies.filter(
    ({ path, isTooLarge }) => isTooLarge === true && readCandidate(root, path, packageNames).kind !== 'none',
  );
  return [...discovery.failed, ...failed, ...large].map(({ path }) => path).filter((path) => !LOADS_NOTHING.test(path));
}

type Reader = (path: string) => readonly string[];

const readOnce = (read: Reader): Reader => {
  const known = new Map<string, readonly string[]>();
  return (path) => {
    const answer = known.get(path) ?? read(path);
    known.set(path, answer);
    return answer;
  };
};

/** Reads what a script loads; each is read once. */
const createSpecifierReader = (reader: FileReader, loaded: ReadonlyMap<string, LoadedFile>): Reader =>
  readOnce((path) => findSpecifiers(Buffer.from(loaded.get(path)?.text ?? decode(reader.bytes(path)).text)));

/** The files of the project among what a script loads. */
const createTargetReader = (readSpecifiers: Reader, resolver: ImportResolver): Reader =>
  readOnce((path) => readSpecifiers(path).flatMap((specifier) => resolver.resolve(path, specifier) ?? []));

/** Files that no import names: the manifests and lock files around them, and what an earlier run emitted. */
function companions(paths: readonly string[], selected: readonly string[], packages: readonly PackageInfo[]): string[] {
  const above = directoriesAbove(selected);
  const around = new Set(packages.flatMap(({ directory }) => (above.has(directory) ? [directory] : [])));
  const isBelow = (path: string): boolean => [...directoriesAbove([path])].some((directory) => around.has(directory));
  return paths.filter((path) => {
    if (HELPER.test(path) || SCAFFOLD.test(path)) return isBelow(path);
    return (MANIFEST.test(path) || LOCK_FILE.test(path)) && around.has(directoryOf(path));
  });
}
