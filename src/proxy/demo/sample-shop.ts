import { createHmac, randomUUID } from 'node:crypto';
import type { Emulator } from '../../emulator/start-emulator';
import { stringToSign } from '../../emulator/mws/signature';

const MWS_PATH = '/OffAmazonPayments_Sandbox/2013-01-01';

/** The checkout of the demo: it makes orders at the emulator, by the legacy API and by v2. */
export interface SampleShop {
  /** Confirms, authorizes and captures an order by MWS. Returns the id of the order and of its capture. */
  sellByLegacy(amount: string): Promise<{ readonly orderId: string; readonly captureId: string }>;
  refundByLegacy(captureId: string, amount: string): Promise<void>;
  /** From the Checkout Session to the captured Charge. */
  sellByV2(amount: string): Promise<void>;
}

const usd = (amount: string): object => ({ amount, currencyCode: 'USD' });
const reference = (): string => randomUUID().replace(/-/g, '');

async function callMws(emulator: Emulator, action: string, given: Readonly<Record<string, string>>): Promise<string> {
  const { mwsAccessKey, mwsSecretKey, merchantId } = emulator.credentials;
  const parameters = new Map(
    Object.entries({
      Action: action,
      AWSAccessKeyId: mwsAccessKey,
      SellerId: merchantId,
      SignatureMethod: 'HmacSHA256',
      SignatureVersion: '2',
      Timestamp: new Date().toISOString(),
      Version: '2013-01-01',
      ...given,
    }),
  );
  const { host } = new URL(emulator.url);
  const text = stringToSign({ path: MWS_PATH, host, parameters }, host);
  parameters.set('Signature', createHmac('sha256', mwsSecretKey).update(text).digest('base64'));
  const response = await fetch(`${emulator.url}${MWS_PATH}`, {
    method: 'POST',
    body: new URLSearchParams([...parameters]),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`The emulator refused ${action}: ${answer.slice(0, 300)}`);
  return answer;
}

type CallV2 = (method: 'POST' | 'PATCH', resource: string, payload: object) => Promise<Record<string, unknown>>;

async function createV2Caller({ url, credentials }: Emulator): Promise<CallV2> {
  // Only its signing is used, as in amazon-pay/v2/sign-get.ts.
  const { AmazonPayClient } = await import('@amazonpay/amazon-pay-api-sdk-nodejs');
  const { publicKeyId, privateKey } = credentials;
  const algorithm = 'AMZN-PAY-RSASSA-PSS-V2';
  const client = new AmazonPayClient({
    publicKeyId,
    privateKey: privateKey ?? '',
    region: 'na',
    sandbox: true,
    algorithm,
  });
  return async (method, resource, payload) => {
    const body = JSON.stringify(payload);
    const more: Record<string, string> = method === 'POST' ? { 'x-amz-pay-idempotency-key': reference() } : {};
    const options = { method, urlFragment: resource, payload: body, headers: more };
    const headers = client.getSignedHeaders(options);
    const response = await fetch(`${url}/${options.urlFragment}`, { method, headers, body });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`The emulator refused ${method} ${resource}: ${JSON.stringify(answer)}`);
    return answer;
  };
}

/** Opens the shop. */
export async function openSampleShop(emulator: Emulator): Promise<SampleShop> {
  const callV2 = await createV2Caller(emulator);
  const { storeId } = emulator.credentials;
  return {
    async sellByLegacy(amount) {
      const orderId = emulator.people.startOrderReference();
      const order = { AmazonOrderReferenceId: orderId };
      const total = (name: string): Record<string, string> => ({
        [`${name}.Amount`]: amount,
        [`${name}.CurrencyCode`]: 'USD',
      });
      await callMws(emulator, 'SetOrderReferenceDetails', {
        ...order,
        ...total('OrderReferenceAttributes.OrderTotal'),
      });
      await callMws(emulator, 'ConfirmOrderReference', order);
      const authorized = await callMws(emulator, 'Authorize', {
        ...order,
        ...total('AuthorizationAmount'),
        AuthorizationReferenceId: reference(),
        TransactionTimeout: '0',
        CaptureNow: 'true',
      });
      const captureId = /<member>([^<]+)<\/member>/.exec(authorized)?.[1] ?? '';
      return { orderId, captureId };
    },
    async refundByLegacy(captureId, amount) {
      await callMws(emulator, 'Refund', {
        AmazonCaptureId: captureId,
        RefundReferenceId: reference(),
        'RefundAmount.Amount': amount,
        'RefundAmount.CurrencyCode': 'USD',
      });
    },
    async sellByV2(amount) {
      const returnUrl = 'https://shop.example/';
      const { checkoutSessionId: id } = await callV2('POST', 'checkoutSessions', {
        storeId,
        webCheckoutDetails: { checkoutReviewReturnUrl: returnUrl },
      });
      const session = String(id);
      emulator.people.signIn(session);
      await callV2('PATCH', `checkoutSessions/${session}`, {
        webCheckoutDetails: { checkoutResultReturnUrl: returnUrl },
        paymentDetails: { paymentIntent: 'AuthorizeWithCapture', chargeAmount: usd(amount) },
        merchantMetadata: { merchantReferenceId: reference(), merchantStoreName: 'Tea & Cups' },
      });
      emulator.people.pay(session);
      await callV2('POST', `checkoutSessions/${session}/complete`, { chargeAmount: usd(amount) });
    },
  };
}
