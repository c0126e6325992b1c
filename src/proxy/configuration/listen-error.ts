import { isSystemError } from '../file-error';
import type { ProxySettings } from './settings';

/** What keeps an address from being listened on, and what to do about it. */
const advices: readonly (readonly [code: RegExp, advice: (section: string) => string])[] = [
  [/^EADDRINUSE$/, (section) => `Set ${section}.port to another, or end what listens there.`],
  [
    /^E(ACCES|PERM)$/,
    (section) => `Ports below 1024 are for root: set ${section}.port to a higher one, to which a load balancer leads.`,
  ],
  [
    /^(EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|EINVAL)$/,
    (section) => `It is no address of this machine: set ${section}.host to one.`,
  ],
];

/** Says of an address that cannot be listened on why, and which setting to change; `section` holds its host and port. */
export function describeListenError({ code = '' }: NodeJS.ErrnoException, address: string, section: string): string {
  const advice = advices.find(([pattern]) => pattern.test(code))?.[1](section) ?? `See ${section}.host and .port.`;
  return `${address} cannot be used (${code}). ${advice}`;
}

/** The same of a start that failed; null where it failed for something else. */
export function explainListenError(error: unknown, { receive, operate }: ProxySettings): string | null {
  if (!isSystemError(error) || !/^(?:listen|bind|getaddrinfo)$/.test(error.syscall ?? '')) return null;
  const { port, hostname } = error as { readonly port?: number; readonly hostname?: string };
  const isPublic = port === undefined ? hostname === receive.host : port === receive.port;
  const [section, at] = isPublic ? ['receive', receive] : ['operate.admin', operate.admin];
  return describeListenError(error, `${at.host}:${at.port}`, section);
}
