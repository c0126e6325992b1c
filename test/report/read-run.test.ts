import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maxSavedBytes } from '../../src/report/read-saved';
import { readRun } from '../../src/report/read-run';
import { renderJson } from '../../src/report/render-json';
import { mixedRun } from './sample-run';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-run-'));
  file = join(folder, 'run.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function readCode(path: string): unknown {
  try {
    readRun(path);
  } catch (error) {
    return error instanceof Error && 'code' in error && 'nextStep' in error ? error.code : error;
  }
  return 'read';
}

describe('readRun', () => {
  it('reads what renderJson wrote, a BOM included', () => {
    writeFileSync(file, `\ufeff${renderJson(mixedRun)}`);
    expect(readRun(file)).toEqual(mixedRun);
  });

  it.each([
    ['RUN_NOT_JSON', '{"schemaVersion": 1,'],
    ['RUN_VERSION', '{"schemaVersion": 2}'],
    ['RUN_INVALID', '{"schemaVersion": 1}'],
    ['RUN_INVALID', '[]'],
    ['RUN_INVALID', 'null'],
  ])('answers %s for %s', (code, text) => {
    writeFileSync(file, text);
    expect(readCode(file)).toBe(code);
  });

  it('names the places that do not fit', () => {
    writeFileSync(file, JSON.stringify({ ...mixedRun, summary: { ...mixedRun.summary, readiness: 'high' } }));
    expect(() => readRun(file)).toThrow(/summary\.readiness/);
  });

  it('refuses a file that is too large without reading it, a folder, and nothing at all', () => {
    writeFileSync(file, '{');
    truncateSync(file, maxSavedBytes + 1);
    expect(readCode(file)).toBe('RUN_TOO_LARGE');
    expect(readCode(folder)).toBe('RUN_UNREADABLE');
    expect(readCode(join(folder, 'none.json'))).toBe('RUN_NOT_FOUND');
  });
});
