import https from 'node:https';
import type { Emulator } from '../../src/emulator';

/** The official SDK for Checkout v2, which has no types. */
interface Sdk {
  WebStoreClient: new (config: Record<string, unknown>) => V2Client;
}
export interface V2Answer {
  readonly status: number;
  // The objects of Amazon Pay as they come.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
}
export type V2Client = Record<string, (...args: unknown[]) => Promise<V2Answer>> & {
  generateButtonSignature(payload: unknown): string;
};

const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs') as Sdk;

/** The SDK as it is, told by its own option where the emulator is. Its certificate is checked. */
export function createV2Client(emulator: Emulator, config: Record<string, unknown> = {}): V2Client {
  if (emulator.httpsUrl === null || emulator.certificateAuthority === null)
    throw new Error('The SDK speaks HTTPS only.');
  https.globalAgent.options.ca = emulator.certificateAuthority;
  return new WebStoreClient({
    publicKeyId: emulator.credentials.publicKeyId,
    privateKey: emulator.credentials.privateKey,
    region: 'us',
    overrideServiceUrl: new URL(emulator.httpsUrl).host,
    ...config,
  });
}

let keys = 0;
/** A new idempotency key as headers. */
export const key = (more: Record<string, string> = {}): Record<string, string> => ({
  'x-amz-pay-idempotency-key': `key${(keys += 1)}`,
  ...more,
});

/** Status and reason code of a call that is refused; the answer when it is not. */
export async function refusal(call: Promise<V2Answer>): Promise<unknown> {
  try {
    const { status, data } = await call;
    return { status, data };
  } catch (error) {
    const { response } = error as { response?: V2Answer };
    if (response === undefined) throw error;
    return `${response.status} ${response.data.reasonCode}`;
  }
}

export const usd = (amount: string): { amount: string; currencyCode: string } => ({ amount, currencyCode: 'USD' });

export interface Checkout {
  readonly amount?: string;
  readonly intent?: 'Confirm' | 'Authorize' | 'AuthorizeWithCapture';
  readonly card?: string;
  readonly recurring?: boolean;
  readonly pending?: boolean;
}

/** From the button to the redirect: what is left is Complete Checkout Session. Returns the id of the session. */
export async function prepareSession(emulator: Emulator, client: V2Client, options: Checkout = {}): Promise<string> {
  const { amount = '94.50', intent = 'Authorize', card, recurring = false, pending = false } = options;
  const created = await client['createCheckoutSession']!(
    {
      storeId: emulator.credentials.storeId,
      webCheckoutDetails: { checkoutReviewReturnUrl: 'https://shop.example/review' },
      ...(recurring
        ? { chargePermissionType: 'Recurring', recurringMetadata: { frequency: { unit: 'Month', value: '1' } } }
        : {}),
    },
    key(),
  );
  const id = created.data.checkoutSessionId as string;
  emulator.people.signIn(id, card === undefined ? {} : { card });
  await client['updateCheckoutSession']!(id, {
    webCheckoutDetails: { checkoutResultReturnUrl: 'https://shop.example/result' },
    paymentDetails: {
      paymentIntent: intent,
      chargeAmount: usd(amount),
      ...(pending ? { canHandlePendingAuthorization: true } : {}),
    },
    merchantMetadata: { merchantReferenceId: 'order-1', merchantStoreName: 'Tea & Cups' },
  });
  emulator.people.pay(id);
  return id;
}

/** The legacy client as it is: its environment is an address. It has no types. */
export interface LegacyClient {
  readonly offAmazonPayments: Record<string, (params: object, done: (error: unknown, result: unknown) => void) => void>;
  parseSNSResponse(body: unknown, done: (error: unknown, message: unknown) => void): void;
}

export function createLegacyClient(emulator: Emulator, config: Record<string, unknown> = {}): LegacyClient {
  const amazonPayments = require('amazon-payments') as { connect(config: Record<string, unknown>): LegacyClient };
  return amazonPayments.connect({
    environment: { mwsEndpoint: `${emulator.url}/OffAmazonPayments_Sandbox/2013-01-01`, apiEndpoint: emulator.url },
    sellerId: emulator.credentials.merchantId,
    mwsAccessKey: emulator.credentials.mwsAccessKey,
    mwsSecretKey: emulator.credentials.mwsSecretKey,
    clientId: emulator.credentials.storeId,
    ...config,
  });
}

/** Calls an operation of legacy. Gives the result, or the code of the error. */
// The answers of legacy as xml2js makes them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function legacy(client: LegacyClient, operation: string, params: object): Promise<any> {
  return new Promise((resolve) => {
    client.offAmazonPayments[operation]!(params, (error, result) =>
      resolve(error ? ((error as { type?: string }).type ?? String(error)) : result),
    );
  });
}

/** The same for an operation that the client has no method for: it sends what it is given. */
export function action(client: LegacyClient, name: string, params: object): ReturnType<typeof legacy> {
  const { _super: sender } = client.offAmazonPayments as unknown as {
    _super: {
      callMwsMethod(
        name: string,
        version: string,
        params: object,
        done: (error: unknown, result: unknown) => void,
      ): void;
    };
  };
  return new Promise((resolve) => {
    sender.callMwsMethod(name, '2013-01-01', params, (error, result) =>
      resolve(error ? ((error as { type?: string }).type ?? String(error)) : result),
    );
  });
}

export const amount = (Amount: string, CurrencyCode = 'USD'): object => ({ Amount, CurrencyCode });

/** An order reference that the buyer made, and that is set and confirmed. Returns its id. */
export async function confirmOrder(emulator: Emulator, client: LegacyClient, total = '94.50'): Promise<string> {
  const id = emulator.people.startOrderReference();
  await legacy(client, 'setOrderReferenceDetails', {
    AmazonOrderReferenceId: id,
    OrderReferenceAttributes: {
      OrderTotal: amount(total),
      SellerNote: 'no sugar',
      SellerOrderAttributes: { SellerOrderId: 'order-1', StoreName: 'Tea & Cups' },
    },
  });
  await legacy(client, 'confirmOrderReference', { AmazonOrderReferenceId: id });
  return id;
}

let references = 0;
export const reference = (): string => `ref-${(references += 1)}`;

export function authorize(client: LegacyClient, id: string, more: object = {}): ReturnType<typeof legacy> {
  const params = {
    AmazonOrderReferenceId: id,
    AuthorizationReferenceId: reference(),
    AuthorizationAmount: amount('94.50'),
    TransactionTimeout: 0,
    ...more,
  };
  // The client would send the word "undefined".
  return legacy(
    client,
    'authorize',
    Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)),
  );
}
