import { createPrivateKey } from 'node:crypto';

export const algorithms = ['AMZN-PAY-RSASSA-PSS', 'AMZN-PAY-RSASSA-PSS-V2'] as const;
export type Algorithm = (typeof algorithms)[number];
export const regions = ['na', 'eu', 'jp'] as const;
export type Region = (typeof regions)[number];
export type Environment = 'live' | 'sandbox';

/** Who asks. */
export interface Account {
  readonly publicKeyId: string;
  /** PEM. */
  readonly privateKey: string;
  readonly region: Region;
  /** Needed where the id of the key does not tell. */
  readonly sandbox?: boolean;
  readonly algorithm?: Algorithm;
}

/** An account that Amazon would not take, or that says two things at once. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly code = 'account';
}

/** A key id that begins with LIVE or SANDBOX decides, and the path has no environment then (facts: v2-rest.md section 1). */
export function environmentOf({ publicKeyId, sandbox }: Pick<Account, 'publicKeyId' | 'sandbox'>): Environment {
  const prefix = /^(live|sandbox)/i.exec(publicKeyId)?.[1]?.toLowerCase() as Environment | undefined;
  const flag = sandbox === undefined ? undefined : sandbox ? 'sandbox' : 'live';
  const environment = prefix ?? flag;
  if (environment === undefined)
    throw new AccountError(`The public key id has no prefix LIVE- or SANDBOX-: say in "sandbox" which one it is for.`);
  // Amazon's SDK would ignore the flag without a word.
  if (flag !== undefined && flag !== environment)
    throw new AccountError(
      `The public key id is for ${environment}, and "sandbox" is ${sandbox}: the key decides. Drop "sandbox".`,
    );
  return environment;
}

/** Throws an AccountError for a private key that cannot sign; says nothing of what the key holds. */
export function checkPrivateKey(pem: string): void {
  let type: string | undefined;
  try {
    type = createPrivateKey(pem).asymmetricKeyType;
  } catch {
    // Said below.
  }
  if (type !== 'rsa') throw new AccountError('The private key is no RSA key in PEM.');
}
