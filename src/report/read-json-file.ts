import { readFileSync, statSync } from 'node:fs';
import type { ZodError } from 'zod';
import { toOneLine } from './plain-text';
import { ReportError, type SavedKind } from './report-error';

/** A run over a very large shop is a few megabytes; anything beyond this is none, and would fill the memory. */
export const maxSavedBytes = 64 * 1024 * 1024;

/** A kind of saved file: how its errors begin, and how such a file is made. */
export interface SavedFile {
  readonly kind: SavedKind;
  readonly howToMake: string;
}

/** The value in a JSON file, whatever it is; errors say what is wrong with the file and how to make one. */
export function readJsonFile(path: string, { kind, howToMake }: SavedFile): unknown {
  const text = readText(path, kind, howToMake);
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? toOneLine(error.message, 200) : 'unknown reason';
    throw new ReportError(`${kind}_NOT_JSON`, `${path} is not JSON: ${reason}`, howToMake, { cause: error });
  }
}

function readText(path: string, kind: SavedKind, howToMake: string): string {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new ReportError(`${kind}_UNREADABLE`, `${path} is not a file.`, howToMake);
    if (stats.size > maxSavedBytes) {
      throw new ReportError(
        `${kind}_TOO_LARGE`,
        `${path} has ${stats.size} bytes; it may have ${maxSavedBytes}.`,
        kind === 'RUN' ? 'Narrow the run with --only, --skip or --include, and save it again.' : howToMake,
      );
    }
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof ReportError) throw error;
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) {
      throw new ReportError(`${kind}_NOT_FOUND`, `There is no file ${path}.`, howToMake, { cause: error });
    }
    throw new ReportError(
      `${kind}_UNREADABLE`,
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Check its permissions.',
      { cause: error },
    );
  }
}

/** The first places that do not fit. */
export function describeIssues(error: ZodError): string {
  const shown = error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`);
  const more = error.issues.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** The version that a document says it has; undefined when it says none. */
export function findSchemaVersion(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
