import type { SourceUnit } from '../../codemods/codemod';

const SCRIPT = /\.[cm]?[jt]sx?$/;

export interface SyntaxFailure {
  readonly path: string;
  readonly error: string;
}

/** Parses every script and returns those that cannot be parsed, with the line. The parser is loaded only when needed. */
export async function findSyntaxErrors(units: readonly SourceUnit[]): Promise<SyntaxFailure[]> {
  const scripts = units.filter(({ path }) => SCRIPT.test(path));
  if (scripts.length === 0) return [];
  const { ts } = await import('ts-morph');
  return scripts.flatMap((unit): SyntaxFailure[] => {
    const source = ts.createSourceFile(unit.path, unit.text, ts.ScriptTarget.Latest, false);
    // The parser keeps its complaints in a field that its types do not show.
    const { parseDiagnostics = [] } = source as unknown as {
      parseDiagnostics?: readonly {
        readonly start: number;
        readonly messageText: string | { readonly messageText: string };
      }[];
    };
    const [first] = parseDiagnostics;
    if (first === undefined) return [];
    const { line } = source.getLineAndCharacterOfPosition(first.start);
    const message = typeof first.messageText === 'string' ? first.messageText : first.messageText.messageText;
    return [{ path: unit.path, error: `line ${line + 1} cannot be parsed: ${message}` }];
  });
}
