import type { Run } from '../engine/run';

/** One value that migrated code reads from its environment and that legacy code never had. */
export interface Credential {
  readonly name: string;
  readonly purpose: string;
}

const purposes: readonly Credential[] = [
  { name: 'AMAZON_PAY_PUBLIC_KEY_ID', purpose: 'id of the public key that you create in Seller Central' },
  { name: 'AMAZON_PAY_PRIVATE_KEY', purpose: 'the private key itself (PEM), kept as a secret' },
  { name: 'AMAZON_PAY_REGION', purpose: 'na, eu or jp' },
  { name: 'AMAZON_PAY_SANDBOX', purpose: 'true while you test, false for live payments' },
  {
    name: 'AMAZON_PAY_STORE_ID',
    purpose: 'store id, the amzn1.application-oa2-client… of your Login with Amazon application',
  },
  { name: 'AMAZON_PAY_MERCHANT_ID', purpose: 'merchant id (the legacy seller id)' },
];

/** Only the endpoints of the v2 checkout need it. */
const SHOP_URL: Credential = {
  name: 'AMAZON_PAY_SHOP_URL',
  purpose: 'the public https address of the shop, to which Amazon sends the buyer back',
};

/**
 * What has to be set before migrated code can run: the variables that the `configuration/new-credentials` findings name,
 * or all of them when such a finding names none. Without one, what rewritten PHP reads; empty where nothing is rewritten.
 */
export function listCredentials(run: Pick<Run, 'findings'>): readonly Credential[] {
  const findings = run.findings.filter((finding) => finding.rule === 'configuration/new-credentials');
  const own = run.findings.some(({ rule }) => rule === 'scaffold/shop-url') ? [SHOP_URL] : [];
  if (findings.length === 0) return own.length > 0 ? [...purposes, ...own] : ofPhp(run);
  const text = findings.map(({ message, replacement }) => [message, replacement?.name].join('\n')).join('\n');
  const named = purposes.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(text));
  return [...(named.length > 0 ? named : purposes), ...own];
}

/** Rewritten PHP has region and sandbox from the settings of its legacy client, and only the key pair from the environment. */
function ofPhp({ findings }: Pick<Run, 'findings'>): readonly Credential[] {
  const isRewritten = findings.some(({ rule }) => rule === 'php/v2-sdk');
  return isRewritten ? purposes.filter(({ name }) => /_(?:PUBLIC_KEY_ID|PRIVATE_KEY)$/.test(name)) : [];
}
