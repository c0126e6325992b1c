const LOCK_FILES = [
  ['package-lock.json', 'npm install'],
  ['npm-shrinkwrap.json', 'npm install'],
  ['yarn.lock', 'yarn install'],
  ['pnpm-lock.yaml', 'pnpm install'],
  ['bun.lock', 'bun install'],
  ['bun.lockb', 'bun install'],
] as const;

/** What to run after package.json changed, by the lock file of the package or of the workspace around it. */
export function installCommand(paths: ReadonlySet<string>, directory: string): string {
  for (let folder = directory; ; folder = folder.replace(/\/?[^/]*$/, '')) {
    const prefix = folder === '' ? '' : `${folder}/`;
    const found = LOCK_FILES.find(([file]) => paths.has(`${prefix}${file}`));
    if (found !== undefined) return `\`${found[1]}\` to bring ${prefix}${found[0]} up to date`;
    if (folder === '') return '`npm install` (or that of your package manager) to bring the lock file up to date';
  }
}
