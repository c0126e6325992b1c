import { environmentOf, type Account } from './account';

export interface SignedGet {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type SignGet = (resource: string) => SignedGet;

/**
 * Signs GETs as Amazon's own SDK does, which is loaded for it. Only its signing is used: its transport follows redirects,
 * has no time limit, and with another address it turns the check of certificates off for the whole process (facts:
 * node-sdk.md).
 */
export async function createSigner(account: Account): Promise<SignGet> {
  const { AmazonPayClient } = await import('@amazonpay/amazon-pay-api-sdk-nodejs');
  const client = new AmazonPayClient({
    publicKeyId: account.publicKeyId,
    privateKey: account.privateKey,
    region: account.region,
    sandbox: environmentOf(account) === 'sandbox',
    algorithm: account.algorithm ?? 'AMZN-PAY-RSASSA-PSS-V2',
  });
  return (resource) => {
    const options = { method: 'GET' as const, urlFragment: resource };
    const headers = client.getSignedHeaders(options);
    // The SDK has put the environment and the version in front.
    return { path: `/${options.urlFragment}`, headers };
  };
}
