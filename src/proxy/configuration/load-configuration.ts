import { dirname, resolve } from 'node:path';
import { ConfigurationError, type Problem } from './configuration-error';
import { findContradictions } from './contradictions';
import { describeIssues } from './describe-issues';
import { readConfigurationFile } from './read-file';
import { resolveReferences } from './resolve-references';
import { proxySettings, type ProxySettings } from './settings';

/** A configuration that can be used. */
export interface Configuration {
  readonly file: string;
  readonly settings: ProxySettings;
  /** Where the texts came from that stand in the environment or in files, by path. */
  readonly origins: ReadonlyMap<string, string>;
  /** The files of those that came from one, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Reads a configuration and what it refers to. Throws a ConfigurationError that names everything that is wrong. */
export function loadConfiguration(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const file = readConfigurationFile(path);
  const folder = dirname(resolve(path));
  const resolved = resolveReferences(file.content, { folder, environment });
  const parsed = proxySettings.safeParse(resolved.content);
  const found = parsed.success ? findContradictions(parsed.data) : describeIssues(parsed.error, resolved.content);
  // What could not be looked up is missing for that reason, which is told once.
  const known = new Set(resolved.problems.map((problem) => problem.path));
  const problems: readonly Problem[] = [...resolved.problems, ...found.filter((problem) => !known.has(problem.path))];
  if (problems.length > 0 || !parsed.success)
    throw new ConfigurationError(
      path,
      problems.map(({ path: at, message }) => {
        const steps = at.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
        return { path: at, message: `${message} (line ${file.lineOf(steps)})` };
      }),
    );
  const { origins, files } = resolved;
  return { file: path, settings: inFolder(parsed.data, folder), origins, files };
}

/** Names of files are relative to the configuration, so that it works from any folder. */
function inFolder(settings: ProxySettings, folder: string): ProxySettings {
  const { store } = settings;
  return store.driver === 'sqlite' ? { ...settings, store: { ...store, path: resolve(folder, store.path) } } : settings;
}
