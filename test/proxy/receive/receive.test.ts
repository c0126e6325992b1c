import { randomUUID } from 'node:crypto';
import { idempotencyKeyOf } from '../../../src/proxy/receive/plan-jobs';
import type { SnsEnvelope } from '../../../transforms/sns/read-envelope';
import { HOST } from '../../amazon-pay/certificate-server';
import { stores, TestClock } from '../stores';
import { captureXml, confirmationEnvelope, envelope, ORDER, TOPIC, v1Message, v2Message } from './messages';
import { post, TestReceiver } from './receiving';

const DAY = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
const CHARGE = `${ORDER}-C000111`;
const STRANGE_TOPIC = 'arn:aws:sns:eu-west-1:666666666666:Mine';

describe.each(stores)('what the receiver does with a message, on %s', (driver) => {
  let receiver: TestReceiver;
  beforeAll(async () => (receiver = await TestReceiver.start(driver)));
  afterAll(() => receiver.remove());
  beforeEach(async () => {
    await receiver.database.query('DELETE FROM inbox');
    await receiver.database.query('DELETE FROM job');
  });

  describe('what is genuine is on the disk, with its work, when the answer comes', () => {
    const camelCase = JSON.stringify({
      notificationVersion: 'v2',
      objectType: 'refund',
      objectId: `${ORDER}-R000111`,
      notificationType: 'STATE_CHANGE',
    });
    const v1 = { kind: 'v1', object_type: 'CHARGE', object_id: CHARGE, order_key: ORDER, notification_id: 'r-1' };
    test.each<[string, Partial<SnsEnvelope>, object]>([
      ['v2', {}, { kind: 'v2', object_type: 'CHARGE', object_id: CHARGE, order_key: ORDER, notification_id: 'n-1' }],
      ['v2 with signature version 2', { SignatureVersion: '2' }, { kind: 'v2', object_id: CHARGE }],
      ['v2 with a Subject', { Subject: 'About a payment' }, { kind: 'v2', object_id: CHARGE }],
      [
        'v2 in the other spelling',
        { Message: camelCase },
        { kind: 'v2', object_type: 'REFUND', object_id: `${ORDER}-R000111`, order_key: ORDER },
      ],
      [
        'v2 of a subscription, in the lane of the payment, where legacy messages about it are',
        { Message: v2Message({ ChargePermissionId: 'B02-9998887-7776665' }) },
        { kind: 'v2', object_id: CHARGE, order_key: ORDER },
      ],
      ['v1', { Message: v1Message() }, { ...v1, notification_type: 'PaymentCapture' }],
      ['v1 with signature version 2', { Message: v1Message(), SignatureVersion: '2' }, v1],
      ['v1 of 13 days ago', { Message: v1Message(), Timestamp: ago(13) }, v1],
    ])('%s', async (_, own, expected) => {
      const message = envelope(own);
      const body = Buffer.from(JSON.stringify(message));
      expect(await receiver.post(body)).toMatchObject({ status: 200 });
      const [stored] = await receiver.messages();
      const { MessageId } = message;
      expect(stored).toMatchObject({ topic_arn: TOPIC, message_id: MessageId, verdict: 'verified', ...expected });
      expect(stored).toMatchObject({ quarantine: null, is_sample: 0 });
      expect(Buffer.from(stored?.['body'] as Uint8Array).equals(body)).toBe(true);
    });

    test('a message makes one delivery to each side, in the lane of its order, and one GET', async () => {
      const message = envelope({ Message: v1Message() });
      await receiver.post(message);
      const [stored] = await receiver.messages();
      const shared = {
        subject: String(stored?.['id']),
        order_key: ORDER,
        state: 'ready',
        idempotency_key: idempotencyKeyOf(TOPIC, message.MessageId),
      };
      expect(await receiver.jobs()).toEqual([
        { kind: 'deliver-legacy', lane: `legacy:${ORDER}`, ...shared },
        { kind: 'deliver-migrated', lane: `migrated:${ORDER}`, ...shared },
        { ...shared, kind: 'truth', lane: `truth:${CHARGE}`, subject: CHARGE, idempotency_key: null },
      ]);
    });

    test('a message that comes again is counted and answered 200, also when it comes at once', async () => {
      const message = envelope();
      const replies = await Promise.all(Array.from({ length: 20 }, () => receiver.post(message)));
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
      expect(await receiver.messages()).toMatchObject([{ seen_count: 20 }]);
      expect(await receiver.jobs()).toHaveLength(3);
    });

    test('only headers of SNS go along, and what they claim is what the envelope says', async () => {
      const message = envelope();
      const subscription = `${TOPIC}:0f0e0d0c-0000-4000-8000-000000000001`;
      await receiver.post(message, {
        headers: {
          'x-amz-sns-message-type': 'SubscriptionConfirmation',
          'x-amz-sns-message-id': 'another',
          'x-amz-sns-subscription-arn': subscription,
          'x-amazon-pay-proxy-role': 'primary',
          'idempotency-key': 'mine',
          cookie: 'a=b',
        },
      });
      const [stored] = await receiver.messages();
      expect(JSON.parse(String(stored?.['headers']))).toEqual({
        'content-type': 'text/plain; charset=UTF-8',
        'user-agent': 'Amazon Simple Notification Service Agent',
        'x-amz-sns-message-type': 'Notification',
        'x-amz-sns-message-id': message.MessageId,
        'x-amz-sns-topic-arn': TOPIC,
        'x-amz-sns-subscription-arn': subscription,
      });
    });
  });

  describe('what is genuine and nothing is known to do with is kept', () => {
    test.each([
      ['of both versions', v2Message({ NotificationData: '<a/>', NotificationReferenceId: 'r' }), 'ambiguous'],
      ['of neither version', '{"hello":"world"}', 'no-version'],
      ['of version 3', v2Message({ NotificationVersion: 'V3' }), 'unknown-version'],
      ['no JSON', 'hello', 'not-json'],
    ])('%s', async (_, Message, quarantine) => {
      expect(await receiver.post(envelope({ Message }))).toMatchObject({ status: 200 });
      expect(await receiver.messages()).toMatchObject([{ kind: 'unknown', verdict: 'verified', quarantine }]);
      expect(await receiver.jobs()).toEqual([]);
    });

    test.each(['SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const)(
      'a %s waits for the operator, and nobody visits its address',
      async (type) => {
        receiver.forgetRequests();
        expect(await receiver.post(confirmationEnvelope(type))).toMatchObject({ status: 200 });
        const parked = { kind: 'confirmation', verdict: 'verified', quarantine: 'confirmation' };
        expect(await receiver.messages()).toMatchObject([parked]);
        expect(await receiver.jobs()).toEqual([]);
        expect(receiver.amazon.requests.filter((address) => address.includes('Confirm'))).toEqual([]);
      },
    );

    const merchantEvent = {
      NotificationType: 'SolutionProviderEvent',
      NotificationData: '<SolutionProviderMerchantNotification/>',
    };
    test.each([
      ['a legacy type that is not known', v1Message({ NotificationType: 'PaymentSomething' })],
      ['a legacy type without an object in v2', v1Message(merchantEvent)],
      ['XML that is broken', v1Message({ NotificationData: '<CaptureNotification>' })],
      ['an object of v2 that is not known', v2Message({ ObjectType: 'PAYOUT', ObjectId: 'x' })],
      ['an id of another form', v2Message({ ObjectId: 'P02-1112223-3334445-X000111' })],
      ['a sample', v1Message({ IsSample: true })],
    ])('%s goes to the handlers as it would without a proxy, and nothing is fetched', async (_, Message) => {
      await receiver.post(envelope({ Message }));
      expect((await receiver.jobs()).map(({ kind }) => kind)).toEqual(['deliver-legacy', 'deliver-migrated']);
    });

    test('a legacy chargeback, whose id opens nothing, has its order fetched', async () => {
      const NotificationData = `<ChargebackNotification><ChargebackDetails>
        <AmazonChargebackId>C0ABCDEF12345</AmazonChargebackId>
        <AmazonOrderReferenceId>${ORDER}</AmazonOrderReferenceId></ChargebackDetails></ChargebackNotification>`;
      const NotificationType = 'Chargeback Detailed Notification';
      await receiver.post(envelope({ Message: v1Message({ NotificationType, NotificationData }) }));
      const stored = { object_type: 'CHARGEBACK', object_id: 'C0ABCDEF12345', order_key: ORDER };
      expect(await receiver.messages()).toMatchObject([stored]);
      expect((await receiver.jobs()).at(-1)).toMatchObject({ kind: 'truth', subject: ORDER });
    });
  });

  describe('what may be genuine is kept, answered 200, and forwarded to nobody', () => {
    const elsewhere = { SigningCertURL: 'https://sns.eu-west-1.api.aws/v2/x.pem' };
    test.each<[string, object, string]>([
      ['a topic that is not configured', envelope({ TopicArn: `${TOPIC}2` }), 'topic'],
      ["an attacker's own topic, really signed", envelope({ TopicArn: STRANGE_TOPIC }), 'topic'],
      ['signature version 3', envelope({ SignatureVersion: '3' }), 'signature-version'],
      ['a new type', { ...envelope(), Type: 'DeliveryReceipt' }, 'unknown-type'],
      ['no signature any more', { ...envelope(), Signature: undefined }, 'missing-field'],
      ['an empty Subject', { ...envelope(), Subject: '' }, 'missing-field'],
      ['a time with an offset', { ...envelope(), Timestamp: '2026-01-01T00:00:00+01:00' }, 'field-form'],
      ['a certificate at another place of Amazon', envelope(elsewhere), 'certificate-url'],
      ['fields that swallowed others', { ...envelope(), MessageId: `${randomUUID()}\nSubject\nS` }, 'field-form'],
      ['a list for the message', { ...envelope(), Message: [v2Message()] }, 'field-form'],
      ['two surprises', { ...envelope({ TopicArn: STRANGE_TOPIC }), MessageId: 'x' }, 'field-form'],
      ['a new type of a topic with a strange name', { ...envelope(), Type: 'New', TopicArn: 'a\0b' }, 'unknown-type'],
      ['neither type nor signature', { ...envelope(), Type: undefined, Signature: undefined }, 'no-envelope'],
      ['two that a relay put together', { Records: [{ Sns: envelope() }, { Sns: envelope() }] }, 'no-envelope'],
    ])('%s', async (_, message, quarantine) => {
      expect(await receiver.post(message)).toMatchObject({ status: 200 });
      const [stored] = await receiver.messages();
      expect(stored).toMatchObject({ kind: 'unknown', verdict: 'pending', quarantine });
      expect(stored?.['message_id']).toBe(`sha256:${String(stored?.['body_sha256'])}`);
      expect(await receiver.jobs()).toEqual([]);
    });

    test.each([
      ['in the future, for a clock that is late', ago(-1)],
      ['of 16 days ago, for a clock that is early', ago(16)],
    ])('a message %s is checked again', async (_, Timestamp) => {
      expect(await receiver.post(envelope({ Timestamp }))).toMatchObject({ status: 200 });
      expect(await receiver.messages()).toMatchObject([{ verdict: 'pending', quarantine: null }]);
      expect((await receiver.jobs()).map(({ kind }) => kind)).not.toContain('deliver-legacy');
    });

    test.each([
      ['v2', v2Message(), 'v2'],
      ['v1', v1Message(), 'v1'],
    ])('raw delivery of %s, which nobody signed', async (_, body, kind) => {
      expect(await receiver.post(body)).toMatchObject({ status: 200 });
      expect(await receiver.messages()).toMatchObject([{ kind, verdict: 'unsigned', quarantine: 'raw-delivery' }]);
      expect(await receiver.jobs()).toEqual([]);
    });
  });

  describe('clocks that differ keep nothing waiting', () => {
    const HOUR = 3_600_000;
    const clocks = (storeIsOff: number, machineIsOff: number): Promise<void> => {
      receiver.clock.time = Date.now() + storeIsOff;
      receiver.machineClock = new TestClock(Date.now() + machineIsOff);
      return receiver.open();
    };
    afterAll(async () => {
      receiver.machineClock = receiver.clock;
      receiver.clock.time = Date.now();
      await receiver.open();
    });

    test.each([
      ['the machine was suspended for a night', -9 * HOUR, 0],
      ['the machine was suspended for a month', -30 * DAY, 0],
      ['the clock of the machine was set back', 0, -5 * HOUR],
      ['the clock of the machine was set ahead by a month', 0, 30 * DAY],
      ['one is behind and the other ahead', -30 * DAY, 30 * DAY - HOUR],
      ['the clock was right again after it had been set ahead', 30 * DAY, 0],
    ])('%s', async (_, storeIsOff, machineIsOff) => {
      await clocks(storeIsOff, machineIsOff);
      expect(await receiver.post(envelope())).toMatchObject({ status: 200 });
      expect(await receiver.messages()).toMatchObject([{ verdict: 'verified', quarantine: null }]);
    });

    test.each([
      ['of the future', -2 * HOUR, -3 * HOUR],
      ['too old', 16 * DAY, 17 * DAY],
    ])('what is %s by both of them waits', async (_, storeIsOff, machineIsOff) => {
      await clocks(storeIsOff, machineIsOff);
      await receiver.post(envelope());
      expect(await receiver.messages()).toMatchObject([{ verdict: 'pending', quarantine: null }]);
    });
  });

  describe('what SNS certainly did not send is refused, and only its digest is kept', () => {
    const text = (): string => JSON.stringify(envelope());
    test.each<[string, string | Buffer | object, number, string]>([
      ['a byte changed', { ...envelope(), Message: v2Message({ NotificationId: 'n-2' }) }, 403, 'signature'],
      ["another message's signature", { ...envelope(), Signature: envelope().Signature }, 403, 'signature'],
      ['no JSON', 'hello', 400, 'unreadable'],
      ['nothing', '', 400, 'unreadable'],
      ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400, 'unreadable'],
      ['a list', '[]', 400, 'unreadable'],
      ['a name that stands there twice', text().replace('{', '{"MessageId":"x",'), 400, 'unreadable'],
      ['__proto__', `{"__proto__":{"polluted":1},${text().slice(1)}`, 400, 'unreadable'],
      ['10,000 levels', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400, 'unreadable'],
      ['JSON of something else', { hello: 'world' }, 400, 'no-envelope'],
      ...[
        `http://${HOST}/x.pem`,
        'https://sns.eu-west-1.amazonaws.com.evil.example/x.pem',
        `https://${HOST}@evil.example/x.pem`,
        'https://169.254.169.254/x.pem',
        'https://[::1]/x.pem',
        'https://localhost/x.pem',
        'https://evilamazonaws.com/x.pem',
      ].map((url): [string, object, number, string] => [
        url,
        envelope({ SigningCertURL: url }),
        403,
        'certificate-url',
      ]),
    ])('%s', async (_, body, status, reason) => {
      const before = receiver.receiving.refused().length;
      expect(await receiver.post(body)).toMatchObject({ status, text: reason });
      expect(await receiver.messages()).toEqual([]);
      expect(receiver.receiving.refused()).toHaveLength(before + 1);
      expect(receiver.receiving.refused()[0]).toMatchObject({ reason });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    });

    test('addresses on the host of SNS that are none of a certificate are not asked', async () => {
      receiver.forgetRequests();
      const paths = ['?Action=GetTopicAttributes&z=.pem', 'evil/../x.pem', 'x.pem#y', '%2e%2e/x.pem', 'x.PEM'];
      for (const path of paths)
        expect(await receiver.post(envelope({ SigningCertURL: `https://${HOST}/${path}` }))).toMatchObject({
          status: 200,
        });
      expect((await receiver.messages()).map(({ quarantine }) => quarantine)).toEqual(
        paths.map(() => 'certificate-url'),
      );
      expect(receiver.amazon.requests).toEqual([]);
    });
  });

  describe('what is told before the body was read', () => {
    test.each([
      ['a question for another path', '/other', { method: 'GET' }, 404],
      ['PUT', '/ipn', { method: 'PUT' }, 405],
      // The URL was entered with a slash too many, or a load balancer takes the path away: it comes again until that is mended.
      ['a message for another path', '/ipn/', {}, 503],
      ['a packed body', '/ipn', { headers: { 'content-encoding': 'gzip' } }, 503],
    ])('%s', async (_, path, options, status) => {
      const url = new URL(path, receiver.receiving.url).href;
      expect(await post(url, '', options)).toMatchObject({ status });
      expect(await receiver.messages()).toEqual([]);
    });

    test('a body that is too large, announced or not', async () => {
      const large = 'x'.repeat(256 * 1024 + 1);
      expect(await receiver.post(large)).toMatchObject({ status: 503 });
      const headers = { 'transfer-encoding': 'chunked' };
      expect(await receiver.post(large, { headers })).toMatchObject({ status: 503 });
    });

    test('a relay that asks before it sends is told to send', async () => {
      const headers = { expect: '100-continue' };
      expect(await receiver.post(envelope(), { headers })).toMatchObject({ status: 200 });
      expect(await receiver.messages()).toHaveLength(1);
    });
  });

  test('a character that PostgreSQL cannot keep keeps no message out', async () => {
    const message = envelope({ Message: v2Message({ NotificationId: 'n-\u0000-1' }) });
    expect(await receiver.post(message)).toMatchObject({ status: 200 });
    expect(await receiver.messages()).toMatchObject([{ kind: 'v2', notification_id: 'n-\uFFFD-1' }]);
  });

  test('what has no form of an id is not told to logs', async () => {
    receiver.told.length = 0;
    await receiver.post(envelope());
    await receiver.post(envelope({ Message: v2Message({ ObjectId: 'a line\nof another' }) }));
    expect(receiver.told.map(({ objectId }) => objectId)).toEqual([CHARGE, null]);
  });

  test('the XML of a message is not parsed before the answer: a bomb in it is kept like any other', async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1000)}">]>${captureXml}`;
    const message = envelope({ Message: v1Message({ NotificationData: bomb }) });
    expect(await receiver.post(message)).toMatchObject({ status: 200 });
    expect(await receiver.messages()).toMatchObject([{ kind: 'v1', object_id: CHARGE }]);
  });
});
