import { statSync } from 'node:fs';
import { secretPaths } from '../secret-paths';
import type { ProxySettings } from '../settings';
import { look, ok, type Check, type Finding } from './finding';

/** What a secret is for. Those for the same may be the same: two handlers in one shop, its one database. */
const purposes: readonly (readonly [path: RegExp, purpose: string])[] = [
  [/^operate\.admin\.token$/, 'admin'],
  [/^deliver\./, 'signature'],
  [/^compare\.\w+\.token$/, 'outcomes'],
  [/\.url$/, 'database'],
  [/^amazon\./, 'Amazon'],
];
const purposeOf = (path: string): string | undefined => purposes.find(([each]) => each.test(path))?.[1];

/** Of a URL it is the password. */
function secretAt(settings: ProxySettings, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], settings);
  if (typeof value !== 'string') return '';
  return path.endsWith('.url') ? new URL(value).password : value;
}

function checkPurposes(settings: ProxySettings, paths: readonly string[]): Finding {
  const shared = paths.flatMap((path, index) => {
    const first = paths
      .slice(0, index)
      .find((other) => secretAt(settings, other) === secretAt(settings, path) && purposeOf(other) !== purposeOf(path));
    return first === undefined ? [] : [`${path} is the same as ${first}`];
  });
  if (shared.length === 0) return ok('one for each purpose');
  return look(`${shared.join('; ')}. Whoever knows it for the one can do the other, too. Make one for each purpose.`);
}

/** As the clients of PostgreSQL have it: nobody but the owner; of a file of root, its group too. */
function isOpenToOthers(file: string): boolean {
  const { mode, uid } = statSync(file);
  return (mode & (uid === 0 ? 0o007 : 0o077)) !== 0;
}

function checkFiles(files: readonly string[]): Finding {
  const open = files.filter(isOpenToOthers);
  if (open.length === 0) return ok('for their owner alone');
  return look(`others on this machine may read or change ${open.join(', ')}. Use: chmod 600 FILE`);
}

/** That no secret does for two purposes, and none lies open. On Windows the mode of a file says nothing. */
export function checkSecrets(settings: ProxySettings, files: ReadonlyMap<string, string>): readonly Check[] {
  const paths = secretPaths.filter((path) => secretAt(settings, path) !== '');
  const own = process.platform === 'win32' ? [] : secretPaths.flatMap((path) => files.get(path) ?? []);
  return [
    ...(paths.length < 2 ? [] : [{ what: 'secrets', find: async () => checkPurposes(settings, paths) }]),
    ...(own.length === 0 ? [] : [{ what: 'files of secrets', find: async () => checkFiles([...new Set(own)]) }]),
  ];
}
