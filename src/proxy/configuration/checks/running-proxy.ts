import type { ProxySettings } from '../settings';
import { look, type Finding } from './finding';

const TIMEOUT_MS = 2000;

/** An address at which this machine reaches what listens on all of them. */
const reachable: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/** Whether a proxy answers at the admin port: then it has the ports and the store, and the check is made beside it. */
export async function isProxyRunning({ host, port }: ProxySettings['operate']['admin']): Promise<boolean> {
  if (port === 0) return false;
  const name = reachable[host] ?? (host.includes(':') ? `[${host}]` : host);
  try {
    const response = await fetch(`http://${name}:${port}/healthz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return ((await response.json()) as { readonly status?: unknown } | null)?.status === 'ok';
  } catch {
    return false;
  }
}

/** What is in use because a proxy runs. Whether it is that one cannot be told from here. */
export const inUseByProxy = (setting: string): Finding =>
  look(
    `in use, and a proxy answers at operate.admin.port: by it, unless ${setting} was changed since it was started. Then try once more when it has ended.`,
  );
