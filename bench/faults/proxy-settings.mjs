/** How the proxy of a run is set up: quicker than a real one, so that hours of waiting fit into seconds. */
export const CONCURRENCY = 8;
export const QUOTA_SHARE = 0.9;
export const ADMIN_TOKEN = 'faults-and-no-secret';
const SECRETS = { legacy: 'l'.repeat(40), migrated: 'm'.repeat(40) };

export function proxySettings({ store, facts, handlerUrls, settings: given, withTruth }) {
  const { legacy, migrated } = handlerUrls;
  const target = { concurrency: CONCURRENCY, timeoutMs: 1500 };
  const { privateKey, endpoint, topicArn, mws } = facts;
  const amazon = { publicKeyId: 'LIVE-EMULATOR', privateKey, region: 'na', endpoint, quotaShare: QUOTA_SHARE };
  return {
    store,
    receive: { topics: [topicArn], port: 0, ...given.receive },
    deliver: {
      legacy: { url: legacy, secret: SECRETS.legacy, ...target, ...given.legacy },
      migrated: {
        ...{ url: migrated, dryRunUrl: migrated, secret: SECRETS.migrated, v1Messages: 'as-received' },
        ...target,
        ...given.migrated,
      },
      ...{ leaseMs: 4000, pollMs: 100, settleMs: 0 },
      retry: { baseMs: 150, maxMs: 1000, refusedMs: [100, 200], maxRetryAfterMs: 3000 },
      breaker: { probeMs: 200 },
      ...given.deliver,
    },
    ...(withTruth ? { amazon: given.withLegacy ? { ...amazon, mws } : amazon } : {}),
    compare: given.compare ?? {},
    operate: { admin: { port: 0, token: ADMIN_TOKEN } },
  };
}
