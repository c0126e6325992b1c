import { ts } from 'ts-morph';
import type { ModuleNames, SourceUnit } from '../codemod';
import { AMBIENT_FILE, legacyDeclarations, type StaysLegacy } from './ambient';
import { LIBRARY_DECLARATIONS } from './library';
import { findParsed } from './parse-script';
import { placesByAlias, tailOfAlias } from './path-aliases';

const LIBRARY_FILE = '/library.d.ts';
const EXTENSIONS = ['', '.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json'];
const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  allowJs: true,
  checkJs: false,
  noLib: true,
  noEmit: true,
  strict: true,
  noImplicitAny: false,
  useUnknownInCatchVariables: false,
  strictNullChecks: false,
  esModuleInterop: true,
  allowSyntheticDefaultImports: true,
  experimentalDecorators: true,
  jsx: ts.JsxEmit.Preserve,
  types: [],
  ignoreDeprecations: '6.0',
};

/** The text of one merchant file as the checker reads it. */
export interface ProgramFile {
  readonly path: string;
  readonly text: string;
}

export interface TypedProgram {
  readonly checker: ts.TypeChecker;
  /** Undefined when the path is not part of the program. */
  sourceFile(path: string): ts.SourceFile | undefined;
}

const join = (directory: string, relative: string): string => {
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
};

function candidatePaths(base: string): string[] {
  const withoutJs = base.replace(/\.([cm]?)js$/, '.$1ts');
  const declarations = base.replace(/\.([cm]?)js$/, '.d.$1ts');
  const direct = EXTENSIONS.map((extension) => base + extension);
  const index = EXTENSIONS.slice(1).map((extension) =>
    base === '' ? `index${extension}` : `${base}/index${extension}`,
  );
  return withoutJs === base ? [...direct, ...index] : [...direct, withoutJs, declarations, ...index];
}

/**
 * Keeps one program per set of texts and reuses every unchanged file when the texts change, which they do while types are
 * being carried to untyped parameters (see annotate.ts).
 */
export class ProgramBuilder {
  private readonly sources = new Map<string, { text: string; file: ts.SourceFile }>();
  private previous: ts.Program | undefined;
  private readonly libraryFiles: ReadonlyMap<string, string>;

  /** @param modules resolve bare specifiers between packages of one workspace, and aliases. */
  constructor(
    private readonly modules: ModuleNames,
    aliases: ReadonlyMap<string, string>,
    clientNames: ReadonlySet<string>,
    stays?: StaysLegacy,
    answers?: ReadonlyMap<string, string>,
  ) {
    this.libraryFiles = new Map([
      [LIBRARY_FILE, LIBRARY_DECLARATIONS],
      [AMBIENT_FILE, legacyDeclarations(stays, aliases, clientNames, answers)],
    ]);
  }

  build(files: readonly ProgramFile[]): TypedProgram {
    const texts = new Map(files.filter((file) => SCRIPT.test(file.path)).map((file) => [`/${file.path}`, file.text]));
    const program = ts.createProgram({
      rootNames: [LIBRARY_FILE, AMBIENT_FILE, ...texts.keys()],
      options: compilerOptions,
      host: this.createHost(texts),
      ...(this.previous === undefined ? {} : { oldProgram: this.previous }),
    });
    this.previous = program;
    return { checker: program.getTypeChecker(), sourceFile: (path) => program.getSourceFile(`/${path}`) };
  }

  private createHost(texts: ReadonlyMap<string, string>): ts.CompilerHost {
    const textOf = (name: string): string | undefined => this.libraryFiles.get(name) ?? texts.get(name);
    return {
      fileExists: (name) => textOf(name) !== undefined,
      readFile: textOf,
      getSourceFile: (name, target) => this.parse(name, textOf(name), target),
      getDefaultLibFileName: () => LIBRARY_FILE,
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      writeFile: () => undefined,
      resolveModuleNameLiterals: (literals, containing) =>
        literals.map((literal) => ({ resolvedModule: this.resolve(literal.text, containing, texts) })),
    };
  }

  private parse(
    name: string,
    text: string | undefined,
    target: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined {
    if (text === undefined) return undefined;
    const known = this.sources.get(name);
    if (known?.text === text) return known.file;
    const file = this.shared(name, text, target) ?? ts.createSourceFile(name, text, target, true);
    this.sources.set(name, { text, file });
    return file;
  }

  /** The tree that the check of the syntax has made; only whether it is a module hangs on the options of a program. */
  private shared(
    name: string,
    text: string,
    target: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined {
    const file = findParsed(name.slice(1), text);
    if (file !== undefined && typeof target === 'object') target.setExternalModuleIndicator?.(file);
    return file;
  }

  private resolve(
    specifier: string,
    containing: string,
    texts: ReadonlyMap<string, string>,
  ): ts.ResolvedModuleFull | undefined {
    for (const base of this.bases(specifier, containing, texts)) {
      const found = candidatePaths(base).find((path) => texts.has(`/${path}`));
      if (found !== undefined) {
        const extension = found.slice(found.lastIndexOf('.')) as ts.Extension;
        return { resolvedFileName: `/${found}`, extension, isExternalLibraryImport: false };
      }
    }
    return undefined;
  }

  /** Places that a specifier may mean, without extension, relative to the root. */
  private bases(specifier: string, containing: string, texts: ReadonlyMap<string, string>): string[] {
    if (specifier.startsWith('.')) {
      return [join(containing.slice(1, Math.max(containing.lastIndexOf('/'), 1)).replace(/\/$/, ''), specifier)];
    }
    const target = this.modules.packages.find(
      (info) => specifier === info.name || specifier.startsWith(`${info.name}/`),
    );
    if (target?.name === undefined) {
      const written = placesByAlias(this.modules.configurations ?? [], containing.slice(1), specifier);
      return [...written, ...this.aliased(specifier, containing, texts)];
    }
    if (specifier !== target.name) return [join(target.directory, specifier.slice(target.name.length + 1))];
    return [...(target.main === undefined ? [] : [target.main]), '.', 'src'].map((main) =>
      join(target.directory, main),
    );
  }

  private aliased(specifier: string, containing: string, texts: ReadonlyMap<string, string>): string[] {
    const alias = tailOfAlias(this.modules.packages, containing.slice(1), specifier);
    if (alias === undefined) return [];
    const ends = candidatePaths(alias.tail).map((path) => `/${path}`);
    const found = [...texts.keys()].filter(
      (path) => path.startsWith(`/${alias.inside}`) && ends.some((end) => path.endsWith(end)),
    );
    const [only] = found;
    return found.length === 1 && only !== undefined ? [only.slice(1)] : [];
  }
}

/** Files that the checker can read. */
export const isScript = ({ path }: Pick<SourceUnit, 'path'>): boolean => SCRIPT.test(path);
