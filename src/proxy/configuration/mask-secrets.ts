import type { Configuration } from './load-configuration';
import { secretPaths } from './secret-paths';

/** What is in force, defaults included, as it may be shown: of a secret it says where it came from, and nothing else. */
export function maskSecrets({ settings, origins }: Configuration): unknown {
  const walk = (value: unknown, path: string): unknown => {
    const origin = origins.get(path);
    if (typeof value === 'string' && (origin !== undefined || secretPaths.includes(path)))
      return `*** (${origin ?? 'in the configuration'})`;
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}.${index}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [name, walk(child, path === '' ? name : `${path}.${name}`)]),
    );
  };
  return walk(settings, '');
}
