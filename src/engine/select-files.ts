import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { classify } from '../workspace/classify-file';
import { toProjectFile, type Project, type ProjectFile } from './discover';

const SCRIPT = /\.[cm]?[jt]sx?$/;
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;
const EXTENSIONS = [
  '',
  '.js',
  '.ts',
  '.tsx',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '/index.js',
  '/index.ts',
  '/index.tsx',
  '/index.mjs',
  '/index.cjs',
];
/** Bytes; no hand-written module is larger. */
const MAX_MODULE = 1024 * 1024;
/** A caller, and the caller's caller: beyond that the types of a result hardly travel. */
const IMPORT_STEPS = 2;

const specifiersOf = (text: string): string[] => [...text.matchAll(SPECIFIER)].map((match) => match[2] ?? '');

/** Resolves a specifier to one of the scanned files: relative ones, and packages of the same workspace. */
class Resolver {
  private readonly paths: ReadonlySet<string>;

  constructor(private readonly project: Project) {
    this.paths = new Set(project.scanned);
  }

  resolve(specifier: string, from: string): string | undefined {
    const base = specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : this.packageBase(specifier);
    if (base === undefined) return undefined;
    const clean = base === '.' ? '' : base.replace(/\/$/, '');
    const candidates = EXTENSIONS.map((extension) => clean + extension);
    return [...candidates, clean.replace(/\.([cm]?)js$/, '.$1ts')].find((path) => this.paths.has(path));
  }

  private packageBase(specifier: string): string | undefined {
    const owner = this.project.packages.find(
      ({ name }) => name !== undefined && (specifier === name || specifier.startsWith(`${name}/`)),
    );
    if (owner?.name === undefined) return undefined;
    const rest = specifier === owner.name ? (owner.main ?? 'index') : specifier.slice(owner.name.length + 1);
    return posix.join(owner.directory, rest);
  }
}

/** The words by which another file may name a module: its own name, or that of its folder. */
function namesOf(path: string, project: Project): string[] {
  const name = posix.basename(path).replace(SCRIPT, '');
  const owner = project.packages.find(({ directory }) => directory === '' || path.startsWith(`${directory}/`));
  return [
    name === 'index' ? posix.basename(posix.dirname(path)) : name,
    ...(owner?.name === undefined ? [] : [owner.name]),
  ].filter((each) => each !== '.');
}

function readScript(project: Project, path: string): ProjectFile | undefined {
  try {
    const place = join(project.root, path);
    if (statSync(place).size > MAX_MODULE) return undefined;
    const file = toProjectFile(path, readFileSync(place));
    return classify(path, file.unit.text).kind === 'source' ? file : undefined;
  } catch {
    return undefined;
  }
}

const HELPER = /(?:^|\/)amazon-pay-(?:v2|api-sdk-nodejs)\.(?:[cm]?js|d\.ts|ts)$/;

/**
 * The files that codemods see: those with a marker, the scripts that import from them, what they import themselves, and
 * the manifests of their packages. Types and answers travel along imports, so an importer may need a change without
 * holding any marker.
 */
export function selectFiles(project: Project): ProjectFile[] {
  const selected = new Map(project.candidates.map((file) => [file.unit.path, file]));
  const resolver = new Resolver(project);
  const scripts = project.candidates.filter(({ unit }) => SCRIPT.test(unit.path));
  const add = (path: string | undefined): void => {
    const file = path === undefined || selected.has(path) || !SCRIPT.test(path) ? undefined : readScript(project, path);
    if (file !== undefined) selected.set(file.unit.path, file);
  };
  if (scripts.length > 0) {
    addImporters(project, selected, resolver);
    for (const { unit } of scripts)
      specifiersOf(unit.text).forEach((specifier) => add(resolver.resolve(specifier, unit.path)));
    project.scanned.filter((path) => HELPER.test(path)).forEach(add);
  }
  addManifests(project, selected);
  return [...selected.values()].sort((a, b) => (a.unit.path < b.unit.path ? -1 : 1));
}

/** The bytes of a script that may be a module written by hand. */
function readBytes(project: Project, path: string): Buffer | undefined {
  try {
    const bytes = readFileSync(join(project.root, path));
    return bytes.length > MAX_MODULE ? undefined : bytes;
  } catch {
    return undefined;
  }
}

/**
 * Scripts that import a selected file. A word of its name decides on the bytes before anything is decoded; few files pass.
 */
function addImporters(project: Project, selected: Map<string, ProjectFile>, resolver: Resolver): void {
  const others = project.scanned.filter((path) => SCRIPT.test(path) && !selected.has(path));
  const files = new Map<string, Buffer | ProjectFile | undefined>();
  let targets = [...selected.keys()].filter((path) => SCRIPT.test(path));
  for (let step = 0; step < IMPORT_STEPS && targets.length > 0; step += 1) {
    const words = [...new Set(targets.flatMap((path) => namesOf(path, project)))];
    const wanted = new Set(targets);
    const found: string[] = [];
    for (const path of others) {
      if (selected.has(path)) continue;
      if (!files.has(path)) files.set(path, readBytes(project, path));
      const read = files.get(path);
      const bytes = read === undefined || Buffer.isBuffer(read) ? read : read.bytes;
      if (bytes === undefined || !words.some((word) => bytes.includes(word))) continue;
      const file = Buffer.isBuffer(read) ? toProjectFile(path, read) : read;
      files.set(path, file);
      if (file === undefined || classify(path, file.unit.text).kind !== 'source') continue;
      if (!specifiersOf(file.unit.text).some((specifier) => wanted.has(resolver.resolve(specifier, path) ?? '')))
        continue;
      selected.set(path, file);
      found.push(path);
    }
    targets = found;
  }
}

function addManifests(project: Project, selected: Map<string, ProjectFile>): void {
  const directories = new Set<string>();
  for (const path of selected.keys()) {
    const owner = project.packages.find(({ directory }) => directory === '' || path.startsWith(`${directory}/`));
    if (owner !== undefined) directories.add(owner.directory);
  }
  const known = new Set(project.scanned);
  const broken = new Set(project.failed.map(({ path }) => path));
  for (const directory of directories) {
    for (const name of ['package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml']) {
      const path = directory === '' ? name : `${directory}/${name}`;
      if (!known.has(path) || selected.has(path) || broken.has(path)) continue;
      // Of lock files only the name counts: which package manager there is.
      const bytes = name === 'package.json' ? readFileSync(join(project.root, path)) : Buffer.alloc(0);
      selected.set(path, toProjectFile(path, bytes));
    }
  }
}
