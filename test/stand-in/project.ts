import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Project {
  readonly directory: string;
  remove(): void;
}

const NODE_MODULES = path.resolve(__dirname, '../../node_modules');

/** Writes files into a temporary folder from which this repository's packages (the real clients) can be required. */
export function makeProject(files: Readonly<Record<string, string>>): Project {
  const directory = mkdtempSync(path.join(tmpdir(), 'amazon-pay-project-'));
  symlinkSync(NODE_MODULES, path.join(directory, 'node_modules'), 'dir');
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** An RSA key as the v2 SDK wants it, made on the spot so that no key lies in the repository. */
export function makePrivateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
