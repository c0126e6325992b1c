import type { PackageInfo } from '../../codemods/codemod';

const EXTENSIONS = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json'];
const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])([^'"`\r\n]{1,500})\1/g;

/** What a script loads, by a scan of its text: no parse, because it is asked of files that may have nothing to do with us. */
export function findSpecifiers(text: string): string[] {
  return [...text.matchAll(SPECIFIER)].map((match) => match[2] ?? '');
}

/** Finds the file of a project that a specifier means. */
export class ImportResolver {
  private readonly byName: ReadonlyMap<string, PackageInfo>;

  constructor(
    private readonly paths: ReadonlySet<string>,
    packages: readonly PackageInfo[],
  ) {
    this.byName = new Map(packages.flatMap((one) => (one.name === undefined ? [] : [[one.name, one]])));
  }

  /** The path below the root; undefined for packages from outside and for what is not there. */
  resolve(from: string, specifier: string): string | undefined {
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) return this.find(join(directoryOf(from), specifier));
    const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(specifier) ?? [];
    const info = this.byName.get(name);
    if (info === undefined) return undefined;
    if (rest !== '') return this.find(join(info.directory, rest));
    const main = info.main === undefined ? undefined : this.find(join(info.directory, info.main));
    return main ?? this.find(join(info.directory, 'index')) ?? this.find(join(info.directory, 'src/index'));
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

const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Undefined for a path that leaves the root. */
function join(directory: string, relative: string): string | undefined {
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
