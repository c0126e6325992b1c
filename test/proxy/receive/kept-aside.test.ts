import { countKeptAside } from '../../../src/proxy/store/quarantine';
import { promote } from '../../../src/proxy/store/unverified';
import { stores } from '../stores';
import { certificateOf, confirmationEnvelope, envelope, TOPIC, v1Message, v2Message } from './messages';
import { TestReceiver } from './receiving';

const ANOTHER = `${TOPIC}2`;

describe.each(stores)('what of the messages that are kept aside shuts the gate, on %s', (driver) => {
  let receiver: TestReceiver;
  beforeEach(async () => (receiver = await TestReceiver.start(driver)));
  afterEach(() => receiver.remove());

  test.each<[string, string | object, { readonly genuine: number; readonly doubtful: number }]>([
    ['what anyone can send', { a: 1, TopicArn: 'y' }, { genuine: 0, doubtful: 1 }],
    ['what anyone can send, of a topic of Amazon Pay', { a: 1, TopicArn: ANOTHER }, { genuine: 0, doubtful: 1 }],
    ['a message without envelope', v2Message(), { genuine: 0, doubtful: 1 }],
    [
      "a stranger's topic",
      envelope({ TopicArn: 'arn:aws:sns:eu-west-1:666666666666:Mine' }),
      { genuine: 0, doubtful: 1 },
    ],
    ['another topic of Amazon Pay', envelope({ TopicArn: ANOTHER }), { genuine: 1, doubtful: 0 }],
    ['a form of message that is not known', envelope({ Message: '{"New":1}' }), { genuine: 1, doubtful: 0 }],
    ['a confirmation', confirmationEnvelope('SubscriptionConfirmation'), { genuine: 0, doubtful: 0 }],
  ])('%s', async (_, message, expected) => {
    expect(await receiver.post(message)).toMatchObject({ status: 200 });
    expect(await receiver.messages()).toHaveLength(1);
    expect(await countKeptAside(receiver.database)).toEqual(expected);
  });

  test('a forged message of a topic that is not configured is refused, and not kept', async () => {
    const forged = { ...envelope({ TopicArn: ANOTHER }), Message: v1Message() };
    expect(await receiver.post(forged)).toMatchObject({ status: 403 });
    expect(await receiver.messages()).toEqual([]);
  });

  test('forged messages of other topics use up no request that is for a certificate of a topic that is configured', async () => {
    const certificate = await certificateOf();
    const genuine = envelope();
    const { pathname } = new URL(genuine.SigningCertURL);
    receiver.amazon.answer = ({ url }, response) =>
      void (url === pathname ? response.end(certificate) : response.writeHead(404).end());
    for (let count = 0; count < 25; count += 1) {
      const SigningCertURL = genuine.SigningCertURL.replace(/[^/]+$/, `SimpleNotificationService-${count}.pem`);
      await receiver.post({ ...envelope({ TopicArn: ANOTHER }), SigningCertURL });
    }
    await receiver.post(genuine);
    expect((await receiver.messages()).at(-1)).toMatchObject({ verdict: 'verified', message_id: genuine.MessageId });
  });

  test('what waited for its certificate, and came once more and was verified', async () => {
    await receiver.post({ a: 1, TopicArn: 'y' });
    await receiver.post(envelope());
    const [waiting, verified] = await receiver.messages();
    const isFirst = await receiver.database.transaction((queries) =>
      promote(queries, Number(waiting!['id']), {
        ...{ topicArn: TOPIC, messageId: String(verified!['message_id']), kind: 'v2', verdict: 'verified' },
        ...{ quarantine: null, body: Buffer.from('{}'), bodySha256: 'x', headers: {}, notificationId: null },
        ...{ notificationType: null, objectType: null, objectId: null, orderKey: null, isSample: false },
      }),
    );
    expect(isFirst).toBe(false);
    expect(await countKeptAside(receiver.database)).toEqual({ genuine: 0, doubtful: 0 });
  });
});
