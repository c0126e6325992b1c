import type { Run } from '../engine/run';
import { runSchema } from '../engine/run-schema';
import { readSaved } from './read-saved';

/** Reads a run that `--report FILE.json` or `--json` saved. */
export const readRun = (path: string): Run =>
  readSaved(path, {
    kind: 'RUN',
    schema: runSchema,
    what: 'a run of amazon-pay-migrate',
    howToMake: 'Write one with: amazon-pay-migrate audit --report run.json',
    onOtherVersion: 'Use the version of amazon-pay-migrate that wrote the file, or write the run again with this one.',
  });
