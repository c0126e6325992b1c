import type { Automation, Surface } from '../src/catalog/types';

/** A file as the codemods see it: text without BOM, offsets in UTF-16 units. Codemods never touch the file system. */
export interface SourceUnit {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly language: Language;
}

export type Language = 'javascript' | 'typescript' | 'jsx' | 'tsx' | 'json' | 'yaml' | 'dotenv' | 'other';

/** What a codemod needs to know about the package that files belong to. */
export interface PackageInfo {
  /** Folder of package.json relative to the root, '' for the root itself, with `/`. */
  readonly directory: string;
  /** `name` and `main` of package.json, by which other packages of the workspace import it. */
  readonly name?: string;
  readonly main?: string;
  readonly moduleType: 'commonjs' | 'module';
  readonly usesTypeScript: boolean;
  /** Names in dependencies, devDependencies, peerDependencies and optionalDependencies. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** What the tsconfig.json or jsconfig.json of a folder says about how the files below it name modules. */
export interface ScriptConfiguration {
  /** Relative to the root. */
  readonly directory: string;
  /** `paths`, with targets relative to the root. */
  readonly aliases: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
  /** Relative to the root. */
  readonly baseUrl?: string;
  /** Modules are resolved as Node does it, so that an ES module names the file it loads with its extension. Undefined: not told. */
  readonly namesExtensions?: boolean;
  /** `files` and `include` of each of its configurations that has any, relative to the root. */
  readonly selections?: readonly (readonly string[])[];
}

/** How the modules of a project name each other. */
export interface ModuleNames {
  /** Sorted so that the longest directory comes first; the first that contains a file owns it. */
  readonly packages: readonly PackageInfo[];
  readonly configurations?: readonly ScriptConfiguration[];
}

export interface CodemodInput extends ModuleNames {
  /** Every candidate file and what it imports or is imported by; a codemod may edit any of them. */
  readonly files: readonly SourceUnit[];
  readonly strategy: 'instead' | 'beside';
  /** The files as found, where `files` are what other codemods made of them. */
  readonly asFound?: readonly SourceUnit[];
  /** Files and folders that could not be read or processed: what they load is unknown, so it has to stay. */
  readonly unread?: readonly string[];
  /** Files among `files` in which there is certainly nothing to migrate; codemods that parse are not given them. */
  readonly bystanders?: ReadonlySet<string>;
  /**
   * The first file that answers each question, among those of the project that are not in `files`. They are read once for all
   * questions, so ask them together.
   */
  readonly searchElsewhere?: (questions: readonly SearchQuestion[]) => readonly (string | undefined)[];
}

/** Which file of a kind has a text that matches? */
export interface SearchQuestion {
  readonly pattern: RegExp;
  readonly isWanted: (path: string) => boolean;
}

/** Replaces `[start, end)` of the original text. Edits of one file never overlap. */
export interface Edit {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A file that did not exist before. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** What a codemod says about one place. The engine adds fingerprint, line and column, before and after. */
export interface FindingDraft {
  readonly rule: string;
  readonly codemod: string;
  readonly surface: Surface;
  readonly automation: Automation;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly legacy: { readonly name: string; readonly operation?: string };
  readonly replacement: { readonly name: string; readonly operation?: string } | null;
  /** One line: what was found here. */
  readonly message: string;
  /** What to do, in the merchant's words; defaults to the rule's guidance when absent. */
  readonly guidance?: string;
  readonly docs?: string;
  readonly effortMinutes?: number;
  /**
   * rewritten: this place is covered by the edits. An automatic finding that is rewritten is `migrated` after migrate.
   * A finding without rewrite stays open.
   */
  readonly rewritten: boolean;
  /** The file whose edits cover it, when its own stays as it is: a call of a function that was rewritten there. */
  readonly rewrittenIn?: string;
}

export interface CodemodResult {
  readonly edits: readonly Edit[];
  readonly newFiles: readonly NewFile[];
  readonly findings: readonly FindingDraft[];
  /** Files that this codemod looked at and could not process, with the reason. */
  readonly failures: readonly { readonly path: string; readonly error: string }[];
  /** Files whose edits belong together, though none of them loads the other: where one stays as it is, so do the others. */
  readonly together?: readonly (readonly string[])[];
}

export interface Codemod {
  readonly name: string;
  readonly description: string;
  readonly surfaces: readonly Surface[];
  run(input: CodemodInput): CodemodResult | Promise<CodemodResult>;
}
