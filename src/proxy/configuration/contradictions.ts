import { isLoopback } from '../../amazon-pay/loopback';
import type { Problem } from './configuration-error';
import type { ProxySettings } from './settings';

/** Between the start of a delivery and its request there is a commit, for which a slow disk may need seconds. */
const LEASE_MARGIN_MS = 5000;

type Find = (settings: ProxySettings) => readonly Problem[];

/**
 * After its lease a delivery may be another instance's, so nothing is sent whose answer may come later than that. With a lease
 * that is too short that is every message: it would be begun again and again, and never sent.
 */
const leases: Find = ({ deliver }) =>
  deliver === undefined
    ? []
    : (['legacy', 'migrated'] as const).flatMap((side) => {
        const least = deliver[side].timeoutMs + LEASE_MARGIN_MS;
        if (deliver.leaseMs >= least) return [];
        return [
          {
            path: 'deliver.leaseMs',
            message: `is too short for deliver.${side}.timeoutMs, ${deliver[side].timeoutMs}: use ${least} or more.`,
          },
        ];
      });

const pauses: Find = ({ deliver }) =>
  deliver === undefined || deliver.retry.baseMs <= deliver.retry.maxMs
    ? []
    : [{ path: 'deliver.retry.baseMs', message: `is longer than deliver.retry.maxMs, ${deliver.retry.maxMs}.` }];

/** A message that is forgotten while it may still come again would be new work. */
const memory: Find = ({ receive, operate }) =>
  operate.retention.messageDays > receive.maxAgeDays
    ? []
    : [
        {
          path: 'operate.retention.messageDays',
          message: `is not longer than receive.maxAgeDays, ${receive.maxAgeDays}: what was deleted would be handled once more.`,
        },
      ];

const nameOf = (host: string): string => host.replace(/^localhost$/, '127.0.0.1').replace(/^\[(.*)\]$/, '$1');

/** Whether what listens at one address is reached at the other. */
function isSameHost(listens: string, other: string): boolean {
  const [one, two] = [nameOf(listens), nameOf(other)];
  const isEverywhere = one === '0.0.0.0' || one === '::';
  return one === two || (isEverywhere && isLoopback(two));
}

const ports: Find = ({ receive, operate }) =>
  receive.port === 0 ||
  receive.port !== operate.admin.port ||
  !(isSameHost(receive.host, operate.admin.host) || isSameHost(operate.admin.host, receive.host))
    ? []
    : [{ path: 'operate.admin.port', message: `is that of receive.port, ${receive.port}: they need one each.` }];

interface Address {
  readonly path: string;
  readonly url: URL;
}

function handlers({ deliver }: ProxySettings): readonly Address[] {
  if (deliver === undefined) return [];
  const { legacy, migrated } = deliver;
  const { dryRunUrl } = migrated;
  return [
    { path: 'deliver.legacy.url', url: new URL(legacy.url) },
    { path: 'deliver.migrated.url', url: new URL(migrated.url) },
    ...(dryRunUrl === undefined ? [] : [{ path: 'deliver.migrated.dryRunUrl', url: new URL(dryRunUrl) }]),
  ];
}

/** One handler under two names would handle a message twice, and a dry run at the address of what counts is none. */
const sameHandlers: Find = (settings) => {
  const all = handlers(settings);
  return all.flatMap(({ path, url }, index) => {
    const first = all.slice(0, index).find((other) => other.url.href === url.href);
    return first === undefined
      ? []
      : [{ path, message: `is the same as ${first.path}: each needs an address of its own.` }];
  });
};

/** It would take its own messages for duplicates, answer 200, and nobody would have them. */
const itself: Find = (settings) =>
  handlers(settings).flatMap(({ path, url }) => {
    const port = Number(url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port);
    const { receive, operate } = settings;
    const own = [
      { ...receive, name: 'receive.port' },
      { ...operate.admin, name: 'operate.admin.port' },
    ].find((each) => each.port === port && isSameHost(each.host, url.hostname));
    return own === undefined ? [] : [{ path, message: `leads to the proxy itself (${own.name}). Name the handler.` }];
  });

/** Settings of which each is right, and that cannot be together: what is wrong, and which to change. */
export const findContradictions = (settings: ProxySettings): readonly Problem[] =>
  [leases, pauses, memory, ports, sameHandlers, itself].flatMap((find) => find(settings));
