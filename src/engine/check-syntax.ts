import type { ts } from 'ts-morph';
import { lineAndColumn, lineStartsOf } from './positions';

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;

export const isScript = (path: string): boolean => SCRIPT.test(path);

/** Answers with what is wrong in a script, or undefined when it parses. */
export type SyntaxCheck = (path: string, text: string) => string | undefined;

/** Loads the parser, which is worth it only when there is a script to check. */
export async function createSyntaxCheck(): Promise<SyntaxCheck> {
  const { ts: parser, parseScript } = await import('../../codemods/typed-program/parser.js');
  return (path, text) => {
    let file: ts.SourceFile;
    try {
      file = parseScript(path, text);
    } catch (error) {
      // Nested deeper than the stack is.
      return `the whole file: the parser gave up (${error instanceof Error ? error.message : String(error)})`;
    }
    const [first] = parseDiagnosticsOf(file);
    if (first === undefined) return undefined;
    const { line, column } = lineAndColumn(lineStartsOf(text), first.start);
    return `line ${line}, column ${column}: ${parser.flattenDiagnosticMessageText(first.messageText, ' ')}`;
  };
}

/** The parser keeps its errors on the file, where the public types do not show them. */
function parseDiagnosticsOf(file: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  const { parseDiagnostics } = file as ts.SourceFile & { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics ?? [];
}
