/** What is used of the official SDK, which has no types: it signs. Its transport is not used, see sign-get.ts. */
declare module '@amazonpay/amazon-pay-api-sdk-nodejs' {
  export class AmazonPayClient {
    constructor(config: {
      readonly publicKeyId: string;
      readonly privateKey: string;
      readonly region: 'na' | 'eu' | 'jp';
      readonly sandbox: boolean;
      readonly algorithm: 'AMZN-PAY-RSASSA-PSS' | 'AMZN-PAY-RSASSA-PSS-V2';
    });
    /** Puts environment and version in front of `urlFragment`, in the object that it is given. */
    getSignedHeaders(options: {
      readonly method: 'GET' | 'POST' | 'PATCH';
      urlFragment: string;
      readonly payload?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }): Record<string, string>;
  }
}
