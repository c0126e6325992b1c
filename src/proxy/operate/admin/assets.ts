import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Route } from './serve-admin';
import { text, type Reply } from './reply';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Where the build puts the dashboard: beside this file's folder. */
const builtDashboard = join(__dirname, '..', 'dashboard');

/** The pages of the dashboard, read once. No path of a request ever reaches the file system. */
export function createAssetRoutes(folder: string = builtDashboard): readonly Route[] {
  const assets = new Map<string, Reply>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = types[extname(name)];
    if (type !== undefined) assets.set(name.replace(/\\/g, '/'), text(readFileSync(join(folder, name), 'utf8'), type));
  }
  const find = (name: string): Reply => assets.get(name) ?? text('There is no such page.\n', undefined, 404);
  return [
    { method: 'GET', path: /^\/$/, isOpen: true, answer: () => find('index.html') },
    { method: 'GET', path: /^\/assets\/([\w./-]{1,100})$/, isOpen: true, answer: (_, name = '') => find(name) },
  ];
}
