import { isLoopback } from '../../../amazon-pay/loopback';
import type { ProxySettings } from '../settings';
import { look, ok, type Check } from './finding';

/** What the proxy sends orders to, or asks for them. */
function addressesOf({ deliver, compare }: ProxySettings): readonly (readonly [setting: string, url: string])[] {
  if (deliver === undefined) return [];
  const { legacy, migrated } = deliver;
  const { dryRunUrl } = migrated;
  const endpoints = (['legacy', 'migrated'] as const).flatMap((side) => {
    const source = compare[side];
    return source.from === 'endpoint' ? [[`compare.${side}.url`, source.url] as const] : [];
  });
  return [
    ['deliver.legacy.url', legacy.url],
    ['deliver.migrated.url', migrated.url],
    ...(dryRunUrl === undefined ? [] : [['deliver.migrated.dryRunUrl', dryRunUrl] as const]),
    ...endpoints,
  ];
}

/** Who sits between two machines reads plain http, and can answer in the name of the handler: then the evidence is theirs. */
export function checkTransport(settings: ProxySettings): readonly Check[] {
  const addresses = addressesOf(settings);
  if (addresses.length === 0) return [];
  const plain = addresses
    .map(([setting, url]) => [setting, new URL(url)] as const)
    .filter(([, url]) => url.protocol === 'http:' && !isLoopback(url.hostname))
    .map(([setting, url]) => `${setting} (${url.host})`);
  const said = `plain http to another machine: ${plain.join(', ')}. Whoever is in between reads messages and tokens, and can change what a handler says of an order. Use https.`;
  const find = async () => (plain.length === 0 ? ok('https, or within this machine') : look(said));
  return [{ what: 'way to the handlers', find }];
}
