import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

const root = join(__dirname, '../..');

function* scripts(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* scripts(path);
    else if (path.endsWith('.js')) yield path;
  }
}

it('what the package loads is among its dependencies: those for development are not installed with it', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const known = new Set([...Object.keys(dependencies), ...builtinModules]);
  const loaded = [...scripts(join(root, 'dist'))].flatMap((path) => {
    // Emitted code is text in the package: only what stands at the start of a line, or is imported late, is loaded.
    const text = readFileSync(path, 'utf8');
    const names = text.matchAll(
      /^(?:const [^\n]*= (?:__\w+\()?)?require\("([^".][^"]*)"\)|\bimport\("([^".][^"]*)"\)/gm,
    );
    return [...names].map((match) => (match[1] ?? match[2] ?? '').replace(/^node:/, ''));
  });
  const packages = loaded.map((name) =>
    (name.startsWith('@') ? name.split('/').slice(0, 2) : name.split('/').slice(0, 1)).join('/'),
  );
  expect(packages).toContain('yargs');
  expect([...new Set(packages)].filter((name) => !known.has(name)).sort()).toEqual([]);
});
