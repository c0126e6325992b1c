import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { fileErrorReason } from '../file-error';
import type { Problem } from './configuration-error';
import { secretPaths } from './secret-paths';

const MAX_BYTES = 64 * 1024;

/** Instead of a text: where it is. */
const reference = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Za-z_]\w*$/, 'is no name of an environment variable') }),
  z.strictObject({ file: z.string().min(1) }),
]);
type Reference = z.infer<typeof reference>;

/** Where a configuration stands, and what it may refer to. */
export interface Surroundings {
  /** Files are named relative to it. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Resolved {
  readonly content: unknown;
  /** Where the texts came from that stand elsewhere, by path. */
  readonly origins: ReadonlyMap<string, string>;
  /** The files of those that came from one, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

const isReference = (value: unknown): value is Reference => reference.safeParse(value).success;

function lookUp(wanted: Reference, { folder, environment }: Surroundings): { text: string } | { problem: string } {
  if ('env' in wanted) {
    const text = environment[wanted.env];
    return text === undefined || text === ''
      ? { problem: `the environment variable ${wanted.env} is not set.` }
      : { text };
  }
  const path = resolve(folder, wanted.file);
  try {
    if (statSync(path).size > MAX_BYTES) return { problem: `${path} has more than ${MAX_BYTES} bytes.` };
    // Editors end files with a line break, and it is no part of a secret.
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return text === '' ? { problem: `${path} is empty.` } : { text };
  } catch (error) {
    return { problem: `${path} ${fileErrorReason(error)}.` };
  }
}

const describe = (wanted: Reference): string =>
  'env' in wanted ? `environment variable ${wanted.env}` : `file ${wanted.file}`;

/** A URL without password holds no secret. */
const holdsSecret = (path: string, text: string): boolean =>
  secretPaths.includes(path) && !(path.endsWith('.url') && /^\w+:\/\/(?:[^:@/]*@)?[^@]*$/.test(text));

/**
 * Puts texts from the environment and from files where the configuration refers to them. A secret that stands in the file
 * itself is a problem; its text is not repeated.
 */
export function resolveReferences(content: unknown, surroundings: Surroundings): Resolved {
  const origins = new Map<string, string>();
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  const walk = (value: unknown, path: string): unknown => {
    if (isReference(value)) {
      const found = lookUp(value, surroundings);
      origins.set(path, describe(value));
      if ('file' in value) files.set(path, resolve(surroundings.folder, value.file));
      if ('text' in found) return found.text;
      problems.push({ path, message: found.problem });
      return undefined;
    }
    if (typeof value === 'string') {
      if (holdsSecret(path, value))
        problems.push({ path, message: 'is a secret. Name where it is: {"env": "VARIABLE"} or {"file": "PATH"}.' });
      return value;
    }
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}.${index}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [name, walk(child, path === '' ? name : `${path}.${name}`)]),
    );
  };
  return { content: walk(content, ''), origins, files, problems };
}
