import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the package.json of this tool, wherever the build put this file below it. */
export function readToolVersion(): string {
  for (let directory = __dirname; directory !== dirname(directory); directory = dirname(directory)) {
    const version = readVersion(join(directory, 'package.json'));
    if (version !== null) return version;
  }
  return '0.0.0-unknown';
}

function readVersion(path: string): string | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || !('name' in manifest) || !('version' in manifest))
      return null;
    return manifest.name === 'amazon-pay-migrate' && typeof manifest.version === 'string' ? manifest.version : null;
  } catch {
    return null; // No package.json here: look further up.
  }
}
