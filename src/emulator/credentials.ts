import { createPublicKey } from 'node:crypto';
import { publicHalf } from './identity';
import type { EmulatorOptions } from './options';
import type { RegisteredKey } from './v2/signature';

/** What a shop has to know to speak with the emulator. */
export interface Credentials {
  readonly merchantId: string;
  readonly storeId: string;
  readonly publicKeyId: string;
  /** PEM. Null when the shop brought its own key. */
  readonly privateKey: string | null;
  readonly mwsAccessKey: string;
  readonly mwsSecretKey: string;
}

export class KeyError extends Error {
  override readonly name = 'KeyError';
}

export interface Registered {
  readonly credentials: Credentials;
  /** More are added by the Key Upgrade API. */
  readonly keys: Map<string, RegisteredKey>;
  readonly accessKeys: ReadonlyMap<string, string>;
}

function readPublicKey(id: string, pem: string): RegisteredKey {
  try {
    // Of a private key it is the public half: merchants keep that one at hand.
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'rsa') return { id, key };
  } catch {
    // Said below, without what the file holds.
  }
  throw new KeyError(`The key ${id} is no RSA key in PEM.`);
}

/** Registers the given keys, or those that stand in for what is missing. */
export function registerKeys(options: EmulatorOptions, ownKey: string): Registered {
  const [firstId] = Object.keys(options.publicKeys ?? {});
  const own = publicHalf(ownKey);
  const given = options.publicKeys ?? { 'SANDBOX-EMULATOR': own, 'LIVE-EMULATOR': own, EMULATOR: own };
  const accessKeys = Object.entries(options.accessKeys ?? { EMULATORACCESSKEY: 'emulator-secret-key' });
  const [mwsAccessKey = '', mwsSecretKey = ''] = accessKeys[0] ?? [];
  return {
    keys: new Map(Object.entries(given).map(([id, pem]) => [id, readPublicKey(id, pem)])),
    accessKeys: new Map(accessKeys),
    credentials: {
      merchantId: options.merchantId ?? 'A2EMULATEDSELLER',
      storeId: 'amzn1.application-oa2-client.emulator',
      publicKeyId: firstId ?? 'SANDBOX-EMULATOR',
      privateKey: firstId === undefined ? ownKey : null,
      mwsAccessKey,
      mwsSecretKey,
    },
  };
}
