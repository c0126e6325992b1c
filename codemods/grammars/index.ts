import { createRequire } from 'node:module';
import { languageNames, type LanguageName } from '../../src/catalog/languages';

/** What of a node of the parser is looked at; its own types say no more than strings, either. */
export interface ParserNode {
  id(): number;
  kind(): string;
  isNamed(): boolean;
  range(): { readonly start: { readonly index: number }; readonly end: { readonly index: number } };
  children(): ParserNode[];
  namedChildren(): ParserNode[];
  field(name: string): ParserNode | null;
}

/** The part of `@ast-grep/napi` that is used. */
interface Parser {
  registerDynamicLanguage(grammars: Record<string, unknown>): void;
  parse(language: string, text: string): { root(): ParserNode };
}

interface Loaded {
  readonly parser: Parser | undefined;
  /** Why there is no grammar for a language on this machine. */
  readonly missing: ReadonlyMap<LanguageName, string>;
}

export class GrammarError extends Error {
  override readonly name = 'GrammarError';
  readonly code = 'GRAMMAR_UNAVAILABLE';
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Loads something by its name; tests give one that fails. */
export type Load = (name: string) => unknown;

/**
 * Loads the parser with all grammars. It takes them once in the life of a process, so there is no later; where the one of a
 * language is missing (there are builds for glibc, macOS and Windows), the others still work.
 */
export function loadGrammars(load: Load): Loaded {
  const missing = new Map<LanguageName, string>();
  const grammars: Record<string, unknown> = {};
  for (const name of languageNames) {
    try {
      const grammar = load(`@ast-grep/lang-${name}`) as { readonly libraryPath: string };
      // Asking for the path is what fails when there is no build for this machine.
      if (grammar.libraryPath !== '') grammars[name] = grammar;
    } catch (error) {
      missing.set(name, messageOf(error));
    }
  }
  try {
    const parser = load('@ast-grep/napi') as Parser;
    parser.registerDynamicLanguage(grammars);
    return { parser, missing };
  } catch (error) {
    for (const name of languageNames) missing.set(name, messageOf(error));
    return { parser: undefined, missing };
  }
}

let loaded: Loaded | undefined;

/**
 * The root of the syntax tree of a text. It holds memory outside of that which is collected: copy it and let it go.
 *
 * @throws GrammarError when there is no grammar for the language on this machine
 */
export function parseWith(language: LanguageName, text: string): ParserNode {
  loaded ??= loadGrammars(createRequire(__filename));
  const reason = loaded.missing.get(language);
  if (loaded.parser === undefined || reason !== undefined) {
    throw new GrammarError(
      `the grammar of ${language} cannot be loaded on this machine, so this file was not read: ${reason ?? 'unknown'}`,
    );
  }
  return loaded.parser.parse(language, text).root();
}

/** Deeper than this nobody writes, and no recursion over a tree may go. */
const MAX_DEPTH = 1000;

/** @throws RangeError when a tree is nested deeper than code that people write */
export function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`);
}
