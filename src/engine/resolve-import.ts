import type { PackageInfo, ScriptConfiguration } from '../../codemods/codemod';
import { aliasesOf, placesByAlias, tailOfAlias } from '../../codemods/typed-program/path-aliases';
import { directoryOf, joinInside } from '../workspace/directories';

const EXTENSIONS = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json'];
/** Finds the file of a project that a specifier means. */
export class ImportResolver {
  private readonly byName: ReadonlyMap<string, PackageInfo>;
  /** The names of packages by their folder and by the file that their name means. */
  private readonly packagesAt = new Map<string, string[]>();
  /** Made when the first alias has to be looked for. */
  private byStem: Map<string, string[]> | undefined;

  constructor(
    private readonly paths: ReadonlySet<string>,
    private readonly packages: readonly PackageInfo[],
    private readonly configurations: readonly ScriptConfiguration[] = [],
  ) {
    this.byName = new Map(packages.flatMap((one) => (one.name === undefined ? [] : [[one.name, one]])));
    for (const [name, { directory }] of this.byName) {
      for (const place of [directory, this.resolve('', name) ?? directory]) {
        this.packagesAt.set(place, [...(this.packagesAt.get(place) ?? []), name]);
      }
    }
  }

  /** The path below the root; undefined for packages from outside and for what is not there. */
  resolve(from: string, specifier: string): string | undefined {
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) return this.find(joinInside(directoryOf(from), specifier));
    const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(specifier) ?? [];
    const info = this.byName.get(name);
    if (info === undefined) {
      return this.findFirst(placesByAlias(this.configurations, from, specifier)) ?? this.findByTail(from, specifier);
    }
    if (rest !== '') return this.find(joinInside(info.directory, rest));
    const main = info.main === undefined ? undefined : this.find(joinInside(info.directory, info.main));
    return main ?? this.find(joinInside(info.directory, 'index')) ?? this.find(joinInside(info.directory, 'src/index'));
  }

  /** The last parts of the specifiers that can mean a file, as `ImportIndex` knows them. */
  namesOf(target: string): string[] {
    const directory = directoryOf(target);
    const name = lastPart(target);
    const stem = name.replace(/\.(?:[cm]?[jt]s|[jt]sx|json)$/, '');
    const names = [name, stem, name.replace(/\.([cm]?)ts(x?)$/, '.$1js$2')];
    if (stem === 'index') names.push(lastPart(directory));
    for (const place of [target, directory])
      for (const name of this.packagesAt.get(place) ?? []) names.push(lastPart(name));
    for (const alias of aliasesOf(this.configurations, target)) names.push(lastPart(alias));
    return names;
  }

  private findFirst(places: readonly string[]): string | undefined {
    for (const place of places) {
      const found = this.find(place);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The only file of the package whose path ends as the specifier does. */
  private findByTail(from: string, specifier: string): string | undefined {
    const alias = tailOfAlias(this.packages, from, specifier);
    if (alias === undefined) return undefined;
    const { inside, tail } = alias;
    const ends = [tail, tail.replace(EXTENSION, ''), `${tail}/index`].map((end) => `/${end}`);
    const found = [stemOf(tail), 'index'].flatMap((stem) =>
      (this.pathsByStem().get(stem) ?? []).filter(
        (path) => path.startsWith(inside) && ends.some((end) => `/${path.replace(EXTENSION, '')}`.endsWith(end)),
      ),
    );
    return found.length === 1 ? found[0] : undefined;
  }

  private pathsByStem(): ReadonlyMap<string, readonly string[]> {
    if (this.byStem === undefined) {
      this.byStem = new Map();
      for (const path of this.paths) {
        if (!EXTENSION.test(path)) continue;
        const stem = stemOf(path);
        const known = this.byStem.get(stem);
        if (known === undefined) this.byStem.set(stem, [path]);
        else known.push(path);
      }
    }
    return this.byStem;
  }

  private find(base: string | undefined): string | undefined {
    if (base === undefined) return undefined;
    const index = base === '' ? 'index' : `${base}/index`;
    // TypeScript sources name the file that they are compiled to.
    const source = base.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
    const bases = [...EXTENSIONS.map((extension) => base + extension), source];
    return [...bases, ...EXTENSIONS.slice(1).map((extension) => index + extension)].find((path) =>
      this.paths.has(path),
    );
  }
}

const EXTENSION = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const stemOf = (path: string): string => lastPart(path).replace(EXTENSION, '');
const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
