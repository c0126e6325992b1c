import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folders: string[] = [];

/** A folder with files; a string is written as UTF-8. */
export function createFolder(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'engine-'));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** What an audit is told besides its root. */
export const auditOptions = {
  command: 'audit',
  strategy: 'instead',
  only: [],
  skip: [],
  include: [],
  toolVersion: '1.2.3',
} as const;

export const readBytes = (root: string, path: string): Buffer => readFileSync(join(root, path));
