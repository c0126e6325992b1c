import { dirname, resolve } from 'node:path';
import { ConfigurationError } from '../../proxy/configuration/configuration-error';
import { wordsOf } from '../../proxy/configuration/issue-words';
import { readConfigurationFile } from '../../proxy/configuration/read-file';
import { resolveReferences } from '../../proxy/configuration/resolve-references';
import { operateSettingsSchema, type OperateSettings } from '../../proxy/operate/settings';
import { CliError } from '../cli-error';
import type { Streams } from '../terminal-streams';
import type { Address } from './admin';

export const URL_VARIABLE = 'AMAZON_PAY_PROXY_URL';
export const TOKEN_VARIABLE = 'AMAZON_PAY_PROXY_TOKEN';

export interface Whereabouts {
  readonly config?: string | undefined;
  readonly url?: string | undefined;
}

/** Reads the part about the admin port only: whoever looks at the proxy need not have the secrets of its handlers. */
function readAdmin(path: string, environment: Streams['environment']): OperateSettings['admin'] {
  const { content } = readConfigurationFile(path);
  const operate = (content as Record<string, unknown>)['operate'] ?? {};
  const folder = dirname(resolve(path));
  const resolved = resolveReferences({ operate }, { folder, environment });
  const [problem] = resolved.problems;
  // A token of the environment may be that of the service alone; here it can come by a variable of its own.
  if (problem !== undefined && environment[TOKEN_VARIABLE] === undefined)
    throw new ConfigurationError(path, [
      { ...problem, message: `${problem.message} Here ${TOKEN_VARIABLE} can hold it.` },
    ]);
  const given = (resolved.content as { operate: Record<string, unknown> }).operate;
  const admin = { ...(given['admin'] as Record<string, unknown> | undefined) };
  if (problem !== undefined) delete admin['token'];
  const parsed = operateSettingsSchema.safeParse({ ...given, admin });
  if (parsed.success) return parsed.data.admin;
  throw new ConfigurationError(
    path,
    parsed.error.issues.map((issue) => ({
      path: ['operate', ...issue.path.map(String)].join('.'),
      message: `${wordsOf(issue, valueAt({ ...given, admin }, issue.path))}.`,
    })),
  );
}

const valueAt = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], content);

/** The address on this machine: a proxy that listens everywhere is reached by loopback. */
function urlOf({ host, port }: OperateSettings['admin']): string {
  if (port === 0)
    throw new CliError(
      'USAGE',
      'The configuration lets the system choose the admin port (operate.admin.port is 0).',
      'Give the address that the proxy printed as "admin": --url http://127.0.0.1:PORT',
    );
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '') return url;
  throw new CliError('USAGE', `${text} is no address of a proxy.`, 'Such as --url http://127.0.0.1:8081');
}

/** Finds the proxy that runs: what is typed wins over the environment, and that over the configuration. */
export function findAddress({ config, url }: Whereabouts, environment: Streams['environment']): Address {
  const typed = url ?? (config === undefined ? environment[URL_VARIABLE] : undefined);
  if (typed === undefined && config === undefined)
    throw new CliError(
      'USAGE',
      'It takes --config FILE, with which the proxy was started, or --url URL, to find it.',
      `--url takes the token from ${TOKEN_VARIABLE}; ${URL_VARIABLE} can hold the address.`,
    );
  const admin = config === undefined ? null : readAdmin(config, environment);
  const token = environment[TOKEN_VARIABLE] ?? admin?.token;
  if (token === undefined || token === '')
    throw new CliError(
      'USAGE',
      `The token is missing: ${admin === null ? `${TOKEN_VARIABLE} is not set` : 'operate.admin.token is not set'}.`,
      `Without operate.admin.token each start prints a new one: put that into ${TOKEN_VARIABLE}.`,
    );
  return { url: parseUrl(typed ?? urlOf(admin as OperateSettings['admin'])), token };
}
