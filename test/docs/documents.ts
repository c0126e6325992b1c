import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

const listMarkdown = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? listMarkdown(path) : name.endsWith('.md') ? [path] : [];
  });

/** What people read, by its path in the package. */
export const documents: readonly (readonly [path: string, text: string])[] = [
  ...['README.md', 'MIGRATION.md', 'CONTRIBUTING.md', 'bench/README.md'].map((name) => join(root, name)),
  ...listMarkdown(join(root, 'docs')),
].map((path) => [relative(root, path), readFileSync(path, 'utf8')]);
