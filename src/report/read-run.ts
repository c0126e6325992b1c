import { readFileSync, statSync } from 'node:fs';
import type { ZodError } from 'zod';
import { runSchema, type Run } from '../engine/run';
import { toOneLine } from './plain-text';
import { ReportError } from './report-error';

/** A run over a very large shop is a few megabytes; anything beyond this is not a run, and would fill the memory. */
export const maxRunBytes = 64 * 1024 * 1024;

const howToMake = 'Write one with: amazon-pay-migrate audit --report run.json';

/** Reads a run that `--report FILE.json` or `--json` saved. */
export function readRun(path: string): Run {
  const value = parseJson(readText(path), path);
  const version = findSchemaVersion(value);
  if (version !== undefined && version !== 1) {
    throw new ReportError(
      'RUN_VERSION',
      `${path} has schemaVersion ${toOneLine(JSON.stringify(version) ?? 'undefined', 40)}; this version reads schemaVersion 1.`,
      'Use the version of amazon-pay-migrate that wrote the file, or write the run again with this one.',
    );
  }
  const parsed = runSchema.safeParse(value);
  if (!parsed.success) {
    throw new ReportError(
      'RUN_INVALID',
      `${path} is not a run of amazon-pay-migrate: ${describe(parsed.error)}`,
      howToMake,
    );
  }
  return parsed.data;
}

function readText(path: string): string {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new ReportError('RUN_UNREADABLE', `${path} is not a file.`, howToMake);
    if (stats.size > maxRunBytes) {
      throw new ReportError(
        'RUN_TOO_LARGE',
        `${path} has ${stats.size} bytes; a run may have ${maxRunBytes}.`,
        'Narrow the run with --only, --skip or --include, and save it again.',
      );
    }
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof ReportError) throw error;
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) {
      throw new ReportError('RUN_NOT_FOUND', `There is no file ${path}.`, howToMake, { cause: error });
    }
    throw new ReportError(
      'RUN_UNREADABLE',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Check its permissions.',
      { cause: error },
    );
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? toOneLine(error.message, 200) : 'unknown reason';
    throw new ReportError('RUN_NOT_JSON', `${path} is not JSON: ${reason}`, howToMake, { cause: error });
  }
}

function findSchemaVersion(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
}

function describe(error: ZodError): string {
  const shown = error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`);
  const more = error.issues.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
