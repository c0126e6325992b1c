import { startEmulator, type Emulator } from '../../../src/emulator';
import { operations } from '../../../src/catalog/operations';
import { MwsReader, ReaderWithMws } from '../../../src/amazon-pay/mws/mws-reader';
import { allReadOperations } from '../../../src/amazon-pay/mws/read-operations';
import { AmazonError, type AmazonErrorCode } from '../../../src/amazon-pay/v2/amazon-error';
import type { AmazonReader } from '../../../src/amazon-pay/v2/amazon-reader';
import { openAmazonReader } from '../../../src/amazon-pay/v2/amazon-reader';
import { toCanonicalObject } from '../../../src/proxy/compare/canonical-object';
import {
  amount,
  authorize,
  confirmOrder,
  createLegacyClient,
  legacy,
  reference,
  type LegacyClient,
} from '../../emulator/clients';
import { startFakeAmazon, type FakeAmazon } from '../v2/fake-amazon';

const account = {
  accessKeyId: 'KEY',
  secretKey: 'secret',
  sellerId: 'A2SELLER',
  region: 'na',
  environment: 'sandbox',
  quotaShare: 1,
} as const;

test('whatever can be asked is in the catalog, and reads', () => {
  for (const { action, parameter } of allReadOperations) {
    expect(operations[action]?.v2?.http).toMatch(/^GET /);
    expect(Object.keys(operations[action]?.request ?? {})).toContain(parameter);
  }
});

describe('at the emulator, MWS and v2 say the same', () => {
  let emulator: Emulator;
  let old: LegacyClient;
  let v2: AmazonReader;
  let mws: MwsReader;
  let now = 0;
  beforeAll(async () => {
    emulator = await startEmulator({ throttling: false, frozenAt: new Date('2026-01-15T12:00:00Z') });
    old = createLegacyClient(emulator);
    const { publicKeyId, privateKey, mwsAccessKey, mwsSecretKey, merchantId } = emulator.credentials;
    v2 = await openAmazonReader(
      { publicKeyId, privateKey: privateKey ?? '', region: 'na' },
      { endpoint: emulator.url },
    );
    const keys = { accessKeyId: mwsAccessKey, secretKey: mwsSecretKey, sellerId: merchantId };
    // Each question comes after the last one's turn.
    mws = new MwsReader({ ...account, ...keys, endpoint: emulator.url }, () => (now += 10_000));
  });
  afterAll(async () => {
    await v2.close();
    await mws.close();
    await emulator.close();
  });

  type Asked = readonly ['CHARGE' | 'REFUND' | 'CHARGE_PERMISSION', string];
  async function authorized(more: object = {}): Promise<{ order: string; authorization: string; charge: string }> {
    const order = await confirmOrder(emulator, old);
    const { AmazonAuthorizationId } = (await authorize(old, order, more)).AuthorizationDetails;
    return { order, authorization: AmazonAuthorizationId, charge: AmazonAuthorizationId.replace('-A', '-C') };
  }
  const cases: Readonly<Record<string, () => Promise<Asked>>> = {
    'an open order': async () => ['CHARGE_PERMISSION', await confirmOrder(emulator, old)],
    'a canceled order': async () => {
      const order = await confirmOrder(emulator, old);
      await legacy(old, 'cancelOrderReference', { AmazonOrderReferenceId: order });
      return ['CHARGE_PERMISSION', order];
    },
    'an order that was charged in full': async () => [
      'CHARGE_PERMISSION',
      (await authorized({ CaptureNow: true })).order,
    ],
    'an authorization': async () => ['CHARGE', (await authorized()).charge],
    'a capture': async () => ['CHARGE', (await authorized({ CaptureNow: true })).charge],
    'a closed authorization': async () => {
      const { authorization, charge } = await authorized();
      await legacy(old, 'closeAuthorization', { AmazonAuthorizationId: authorization });
      return ['CHARGE', charge];
    },
    'an authorization that Amazon has yet to decide': async () => [
      'CHARGE',
      (await authorized({ TransactionTimeout: 1440 })).charge,
    ],
    'a refund': async () => {
      const { charge } = await authorized({ CaptureNow: true });
      const refund = { AmazonCaptureId: charge, RefundReferenceId: reference(), RefundAmount: amount('10.00') };
      return ['REFUND', (await legacy(old, 'refund', refund)).RefundDetails.AmazonRefundId];
    },
  };

  test.each(Object.keys(cases))('%s', async (name) => {
    const [objectType, id] = await cases[name]!();
    const [byV2, byMws] = [await v2.read(objectType, id), await mws.read(objectType, id)];
    const [ours, theirs] = [byV2, byMws].map(({ body }) => toCanonicalObject(objectType, id, body));
    // MWS does not tell the order of a payment, nor the charge of a refund.
    const facts = (object: typeof ours): unknown => ({
      state: object?.state,
      isFinal: object?.isFinal,
      captured: Number(object?.captured),
      refunded: Number(object?.refunded),
      authorized: Number(object?.authorized),
      updatedAt: object?.updatedAt,
    });
    expect(facts(theirs)).toEqual(facts(ours));
  });

  test('what neither has is not found', async () => {
    await expect(mws.read('CHARGE', 'S01-1112223-3334445-C000111')).rejects.toMatchObject({ code: 'not-found' });
    await expect(mws.read('CHARGEBACK', 'S01-1112223-3334445-B000111')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a wrong secret is not authorized, and is not repeated', async () => {
    const { mwsAccessKey, merchantId } = emulator.credentials;
    const wrong = new MwsReader({
      ...account,
      accessKeyId: mwsAccessKey,
      sellerId: merchantId,
      secretKey: 'wrong',
      endpoint: emulator.url,
    });
    const error: unknown = await wrong.read('REFUND', 'S01-1112223-3334445-R000111').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'not-authorized', reasonCode: 'SignatureDoesNotMatch' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('wrong');
    await wrong.close();
  });
});

describe('an MWS with faults', () => {
  let fake: FakeAmazon;
  let mws: MwsReader;
  beforeEach(async () => {
    fake = await startFakeAmazon();
    mws = new MwsReader({ ...account, endpoint: fake.url });
  });
  afterEach(async () => {
    await mws.close();
    await fake.close();
  });
  const REFUND = 'S01-1112223-3334445-R000111';

  test.each([
    [
      'is switched off',
      503,
      '<ErrorResponse><Error><Code>ServiceUnavailable</Code></Error></ErrorResponse>',
      'unavailable',
    ],
    ['throttles', 503, '<ErrorResponse><Error><Code>RequestThrottled</Code></Error></ErrorResponse>', 'throttled'],
    ['answers with a page', 200, '<html><body>', 'unreadable'],
    ['answers with a document type', 200, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'unreadable'],
    ['answers without the object', 200, '<GetRefundDetailsResponse/>', 'unreadable'],
    ['answers without end', 200, `<a>${'x'.repeat(300_000)}</a>`, 'unreadable'],
  ])('that %s', async (_, status, body, code) => {
    fake.answer = (response) => void response.writeHead(status).end(body);
    await expect(mws.read('REFUND', REFUND)).rejects.toMatchObject({ code });
  });

  describe('is asked no faster than the share of its quota', () => {
    let now: number;
    let pauses: number[];
    let slow: MwsReader;
    beforeEach(() => {
      now = 0;
      pauses = [];
      const pause = (milliseconds: number): Promise<void> => {
        pauses.push(milliseconds);
        return Promise.resolve();
      };
      slow = new MwsReader({ ...account, quotaShare: 0.5, endpoint: fake.url }, () => now, pause);
      fake.answer = (response) =>
        void response
          .writeHead(404)
          .end('<ErrorResponse><Error><Code>InvalidTransactionId</Code></Error></ErrorResponse>');
    });
    afterEach(() => slow.close());
    const actions = (): unknown => fake.asked.map(({ body }) => new URLSearchParams(body).get('Action'));

    test('and each question waits for its turn, also the second about one object', async () => {
      const notFound = { code: 'not-found' };
      await Promise.all([
        expect(slow.read('CHARGE', 'S01-1112223-3334445-C000111')).rejects.toMatchObject(notFound),
        expect(slow.read('REFUND', REFUND)).rejects.toMatchObject(notFound),
      ]);
      expect([...pauses].sort()).toEqual([2000, 4000]);
      expect(actions()).toEqual(
        expect.arrayContaining(['GetCaptureDetails', 'GetAuthorizationDetails', 'GetRefundDetails']),
      );
      now = 6000;
      await expect(slow.read('REFUND', REFUND)).rejects.toMatchObject(notFound);
      expect(pauses).toHaveLength(2);
    });

    test('and whoever would wait too long is told when to come again', async () => {
      const reads = Array.from({ length: 12 }, () => slow.read('REFUND', REFUND).catch((error: unknown) => error));
      const codes = (await Promise.all(reads)).map((error) => (error as AmazonError).code);
      expect(codes).toEqual([...Array<string>(11).fill('not-found'), 'not-now']);
      await expect(slow.read('REFUND', REFUND)).rejects.toMatchObject({ code: 'not-now', retryAfterMs: 22_000 });
      expect(fake.asked).toHaveLength(11);
    });

    test('and nobody waits for it when it is closed', async () => {
      const patient = new MwsReader({ ...account, quotaShare: 0.1, endpoint: fake.url }, () => now);
      await patient.read('REFUND', REFUND).catch(() => undefined);
      const isRefused = expect(patient.read('REFUND', REFUND)).rejects.toMatchObject({ code: 'unavailable' });
      await patient.close();
      await isRefused;
    });
  });

  test('is asked only for what v2 does not have, and hides nothing of v2', async () => {
    const answers: (Error | object)[] = [];
    const v2: AmazonReader = {
      environment: 'sandbox',
      read: () => {
        const answer = answers.shift();
        return answer instanceof Error
          ? Promise.reject(answer)
          : Promise.resolve({ status: 200, body: {}, requestId: null });
      },
      close: () => Promise.resolve(),
    };
    const both = new ReaderWithMws(v2, mws);
    await both.read('REFUND', REFUND);
    for (const code of ['throttled', 'not-authorized', 'unavailable'] as const) {
      answers.push(new AmazonError(code, 'x'));
      await expect(both.read('REFUND', REFUND)).rejects.toMatchObject({ code });
    }
    expect(fake.asked).toEqual([]);
    fake.answer = (response) => void response.writeHead(500).end();
    answers.push(new AmazonError('not-found', 'v2 has none'));
    await expect(both.read('REFUND', REFUND)).rejects.toMatchObject({ code: 'not-found', message: 'v2 has none' });
    expect(fake.asked).toHaveLength(1);
  });

  test('that has no turn left for a question is not taken for one that has no answer', async () => {
    const none = (code: AmazonErrorCode, more: object = {}): AmazonReader => ({
      environment: 'sandbox',
      read: () => Promise.reject(new AmazonError(code, 'x', more)),
      close: () => Promise.resolve(),
    });
    const both = new ReaderWithMws(none('not-found'), none('not-now', { retryAfterMs: 5000 }));
    await expect(both.read('REFUND', REFUND)).rejects.toMatchObject({ code: 'not-now', retryAfterMs: 5000 });
  });
});
