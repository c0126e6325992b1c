import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { maskSecrets } from '../engine/mask-secrets';
import type { Finding, Run } from '../engine/run';
import { decode } from '../workspace/decode-text';
import { collectBy } from './group-findings';
import { cutAt } from './plain-text';

/** The lines around a place. */
export interface Context {
  readonly above: readonly string[];
  readonly below: readonly string[];
}

export type Contexts = ReadonlyMap<Finding, Context>;

const linesAround = 3;
const maxLineLength = 300;
/** Each costs a page some hundred bytes. */
const maxPlaces = 5_000;
/** Bytes. Nobody writes a module of this size by hand. */
const maxFileSize = 1024 * 1024;

/**
 * Reads the lines around the places of a run that has just ended. Masked like the rest of the report. A file that is no longer
 * what the run saw (after `--write`, say), or that lies outside of the root, has none: other lines would be a lie.
 *
 * Not for saved runs: whoever sends one would choose which files are read.
 */
export function readContexts(run: Pick<Run, 'root' | 'findings'>): Contexts {
  const contexts = new Map<Finding, Context>();
  for (const [file, findings] of collectBy(run.findings.slice(0, maxPlaces), ({ file: path }) => path)) {
    const lines = readLines(run.root, file);
    if (lines === undefined) continue;
    for (const finding of findings) {
      const context = findContext(lines, finding);
      if (context !== undefined) contexts.set(finding, context);
    }
  }
  return contexts;
}

function readLines(root: string, path: string): readonly string[] | undefined {
  try {
    const full = realpathSync(join(root, path));
    if (!full.startsWith(realpathSync(root) + sep) || statSync(full).size > maxFileSize) return undefined;
    return maskSecrets(decode(readFileSync(full)).text, path)
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => line.replace(/\r$/, ''));
  } catch {
    // Gone or unreadable since: the place is shown without what is around it.
    return undefined;
  }
}

function findContext(lines: readonly string[], { range, before }: Finding): Context | undefined {
  const first = range.start.line - 1;
  const shown = before.split('\n');
  // Code that was cut because it is long is different, too: there is enough of it.
  if (shown.some((line, index) => lines[first + index] !== line)) return undefined;
  const cut = (part: readonly string[]): string[] => part.map((line) => cutAt(line, maxLineLength));
  const end = first + shown.length;
  return {
    above: cut(lines.slice(Math.max(0, first - linesAround), first)),
    below: cut(lines.slice(end, end + linesAround)),
  };
}
