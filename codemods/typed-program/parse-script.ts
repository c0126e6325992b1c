import { ts } from 'ts-morph';

/** The last text of every path, parsed. */
const parsed = new Map<string, ts.SourceFile>();

const KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  tsx: ts.ScriptKind.TSX,
  jsx: ts.ScriptKind.JSX,
  ts: ts.ScriptKind.TS,
  mts: ts.ScriptKind.TS,
  cts: ts.ScriptKind.TS,
};

/** JavaScript may hold JSX under any ending; TypeScript may not, because there `<T>x` is a cast. */
const kindOf = (path: string): ts.ScriptKind => KINDS[path.slice(path.lastIndexOf('.') + 1)] ?? ts.ScriptKind.JS;

/** Files that are modules whatever stands in them, which the parser has to know for `await` at their top. */
const IS_MODULE = /(?<!\.d)\.[cm][jt]s$/;

const asModule: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  setExternalModuleIndicator: (file) => {
    // Public types do not show it; a program finds the statement that says so itself.
    (file as ts.SourceFile & { externalModuleIndicator?: true }).externalModuleIndicator = true;
  },
};

/** The tree of a script that somebody has parsed before. */
export function findParsed(path: string, text: string): ts.SourceFile | undefined {
  const known = parsed.get(path);
  return known?.text === text ? known : undefined;
}

/**
 * Parses a script. All who ask for the same text get the same tree, so that a file is parsed once for the check of its
 * syntax, the checker and the codemods.
 */
export function parseScript(path: string, text: string): ts.SourceFile {
  const known = findParsed(path, text);
  if (known !== undefined) return known;
  const options = IS_MODULE.test(path) ? asModule : ts.ScriptTarget.ESNext;
  const file = ts.createSourceFile(`/${path}`, text, options, true, kindOf(path));
  parsed.set(path, file);
  return file;
}

/** Lets go of all trees: what was remembered by their nodes ends with a run. */
export function forgetParsed(): void {
  parsed.clear();
}
