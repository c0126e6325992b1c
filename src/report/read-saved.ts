import { readFileSync, statSync } from 'node:fs';
import type { ZodError, ZodType } from 'zod';
import { toOneLine } from './plain-text';
import { ReportError, type SavedKind } from './report-error';

/** A run over a very large shop is a few megabytes; anything beyond this is none, and would fill the memory. */
export const maxSavedBytes = 64 * 1024 * 1024;

/** A kind of saved file. */
export interface SavedFile<Value> {
  /** How its errors begin. */
  readonly kind: SavedKind;
  readonly schema: ZodType<Value>;
  /** What it is, in a sentence. */
  readonly what: string;
  readonly howToMake: string;
  /** What helps when it is of another version. */
  readonly onOtherVersion: string;
}

/** Reads what this tool saved. */
export function readSaved<Value>(path: string, file: SavedFile<Value>): Value {
  const value = readJsonFile(path, file);
  const version = findSchemaVersion(value);
  if (version !== undefined && version !== 1) {
    const found = toOneLine(JSON.stringify(version) ?? 'undefined', 40);
    throw new ReportError(
      `${file.kind}_VERSION`,
      `${path} has schemaVersion ${found}; this version reads schemaVersion 1.`,
      file.onOtherVersion,
    );
  }
  const parsed = file.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ReportError(
    `${file.kind}_INVALID`,
    `${path} is not ${file.what}: ${describeIssues(parsed.error)}`,
    file.howToMake,
  );
}

/** The value in a JSON file, whatever it is; errors say what is wrong with the file and how to make one. */
function readJsonFile(path: string, { kind, howToMake }: Pick<SavedFile<unknown>, 'kind' | 'howToMake'>): unknown {
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
function describeIssues(error: ZodError): string {
  const shown = error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`);
  const more = error.issues.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** The version that a document says it has; undefined when it says none. */
function findSchemaVersion(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
