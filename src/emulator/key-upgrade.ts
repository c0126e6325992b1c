import { createPublicKey } from 'node:crypto';
import type { Emulation } from './emulation';
import type { Part } from './handle-http';
import { MwsError } from './mws/mws-error';
import { checkSignature } from './mws/signature';
import { json } from './pages/html';
import { errorReply } from './v2/reply';
import type { RegisteredKey } from './v2/signature';

export interface KeyUpgradeContext {
  readonly emulation: Emulation;
  readonly accessKeys: ReadonlyMap<string, string>;
  /** Takes the new keys. */
  readonly keys: Map<string, RegisteredKey>;
  readonly realTime: () => number;
}

/** A key that was asked for in an earlier run of the emulator is as good as ever. */
export function restoreUpgradedKeys({ emulation, keys }: Pick<KeyUpgradeContext, 'emulation' | 'keys'>): void {
  for (const { id, pem } of emulation.store.all('upgradedKeys')) keys.set(id, { id, key: createPublicKey(pem) });
}

/**
 * The Key Upgrade API: who has MWS keys registers a public key for v2 and gets its id (facts: api-mapping.md section 6). It is
 * signed as MWS is, over all but the public key; who sends MerchantId signs SellerId.
 */
export function createKeyUpgradePart({ emulation, accessKeys, keys, realTime }: KeyUpgradeContext): Part {
  return ({ method, path, query, headers }) => {
    if (method !== 'GET' || path !== '/live/v2/publicKeyId') return null;
    const refuse = (code: string, message: string) => {
      const { status, body } = errorReply(code, message);
      return json(body, status);
    };
    const pem = query.get('PublicKey') ?? '';
    const signed = [...query].filter(([name]) => name !== 'PublicKey');
    const parameters = new Map(signed.map(([name, value]) => [name === 'MerchantId' ? 'SellerId' : name, value]));
    try {
      checkSignature({ method: 'GET', path, host: headers.host ?? '', parameters }, accessKeys, realTime());
      if (parameters.get('Action') !== 'GetPublicKeyId')
        return refuse('InvalidParameterValue', 'The value of Action is GetPublicKeyId.');
      const key = createPublicKey(pem);
      const id = emulation.post(({ store, ids }) => store.put('upgradedKeys', { id: `AE${ids.digits(18)}`, pem }).id);
      keys.set(id, { id, key });
      return json({ publicKeyId: id });
    } catch (error) {
      if (error instanceof MwsError) return refuse('InvalidRequestSignature', `${error.code}: ${error.message}`);
      return refuse('InvalidParameterValue', 'The value of PublicKey is no public key in PEM.');
    }
  };
}
