import { runSchema, type Run } from '../engine/run';
import { toOneLine } from './plain-text';
import { describeIssues, findSchemaVersion, readJsonFile } from './read-json-file';
import { ReportError } from './report-error';

const howToMake = 'Write one with: amazon-pay-migrate audit --report run.json';

/** Reads a run that `--report FILE.json` or `--json` saved. */
export function readRun(path: string): Run {
  const value = readJsonFile(path, { kind: 'RUN', howToMake });
  const version = findSchemaVersion(value);
  if (version !== undefined && version !== 1) {
    throw new ReportError(
      'RUN_VERSION',
      `${path} has schemaVersion ${toOneLine(JSON.stringify(version) ?? 'undefined', 40)}; this version reads schemaVersion 1.`,
      'Use the version of amazon-pay-migrate that wrote the file, or write the run again with this one.',
    );
  }
  const parsed = runSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ReportError(
    'RUN_INVALID',
    `${path} is not a run of amazon-pay-migrate: ${describeIssues(parsed.error)}`,
    howToMake,
  );
}
