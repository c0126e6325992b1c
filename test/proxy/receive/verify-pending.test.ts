import type { ServerResponse } from 'node:http';
import { stores } from '../stores';
import { readWaiting } from '../../../src/proxy/store/evidence-figures';
import { readOverview } from '../../../src/proxy/store/overview';
import {
  CERTIFICATE_URL,
  certificateOf,
  confirmationEnvelope,
  envelope,
  TOPIC,
  v1Message,
  v2Message,
} from './messages';
import { TestReceiver } from './receiving';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe.each(stores)('messages whose signature cannot be checked at once, on %s', (driver) => {
  let receiver: TestReceiver;
  beforeEach(async () => (receiver = await TestReceiver.start(driver)));
  afterEach(() => receiver.remove());

  /** The host of the certificates is not itself; the receiver's own worker does not come again until the clock is moved. */
  const breakAmazon = (answer: (response: ServerResponse) => void): void => {
    receiver.amazon.answer = (_, response) => answer(response);
  };
  const repairAmazon = async (): Promise<void> => {
    const certificate = await certificateOf();
    breakAmazon((response) => void response.end(certificate));
  };
  const kinds = async (): Promise<readonly unknown[]> => (await receiver.jobs()).map(({ kind }) => kind);

  test.each<[string, (response: ServerResponse) => void]>([
    ['answers 503', (response) => void response.writeHead(503).end()],
    ['answers an error page', (response) => void response.end('<html>Sorry</html>')],
    ['answers more than a certificate has', (response) => void response.end('x'.repeat(100_000))],
    ['sends somewhere else', (response) => void response.writeHead(302, { location: 'https://localhost/' }).end()],
    ['hangs up', (response) => void response.destroy()],
  ])(
    'are acknowledged while the host of the certificates %s, and forwarded once it is well again',
    async (_, answer) => {
      breakAmazon(answer);
      const message = envelope({ Message: v1Message() });
      expect(await receiver.post(message)).toMatchObject({ status: 200 });
      await receiver.receiving.stop(1000);
      expect(await receiver.messages()).toMatchObject([{ verdict: 'pending', quarantine: null, kind: 'unknown' }]);
      expect(await kinds()).toEqual(['verify']);
      await repairAmazon();
      receiver.clock.advance(20 * MINUTE);
      await receiver.verifyAll();
      const genuine = { message_id: message.MessageId, verdict: 'verified', kind: 'v1', quarantine: null };
      expect(await receiver.messages()).toMatchObject([genuine]);
      expect(await kinds()).toEqual(['deliver-legacy', 'deliver-migrated', 'truth']);
    },
  );

  test('a forged message under the id of a genuine one does not keep that out', async () => {
    breakAmazon((response) => void response.writeHead(503).end());
    const genuine = envelope();
    expect(await receiver.post({ ...genuine, Message: '{}' })).toMatchObject({ status: 200 });
    expect(await receiver.post(genuine)).toMatchObject({ status: 200 });
    await receiver.receiving.stop(1000);
    await repairAmazon();
    receiver.clock.advance(20 * MINUTE);
    await receiver.verifyAll();
    const [forged, kept] = await receiver.messages();
    expect(forged).toMatchObject({ verdict: 'refused', quarantine: null, body: new Uint8Array(0) });
    expect(kept).toMatchObject({ verdict: 'verified', message_id: genuine.MessageId, quarantine: null });
    expect(await kinds()).toEqual(['deliver-legacy', 'deliver-migrated', 'truth']);
  });

  test('a message that was verified when it came again makes no work twice', async () => {
    breakAmazon((response) => void response.writeHead(503).end());
    const message = envelope();
    await receiver.post(message);
    await receiver.post(message);
    await receiver.receiving.stop(1000);
    await repairAmazon();
    await receiver.open();
    await receiver.post(`${JSON.stringify(message)} `);
    await receiver.receiving.stop(1000);
    receiver.clock.advance(20 * MINUTE);
    await receiver.verifyAll();
    const verified = (await receiver.messages()).filter(({ message_id }) => message_id === message.MessageId);
    expect(verified).toMatchObject([{ seen_count: 3 }]);
    expect(await kinds()).toEqual(['deliver-legacy', 'deliver-migrated', 'truth']);
  });

  const verdicts = async (): Promise<readonly unknown[]> => (await receiver.messages()).map(({ verdict }) => verdict);
  /** An hour in which the certificate is away, and is tried for again and again. */
  const anHourLater = async (): Promise<void> => {
    for (let minutes = 0; minutes < 60; minutes += 1) {
      receiver.clock.advance(MINUTE);
      await receiver.verifyAll();
    }
  };

  test('after an hour without the certificate they are checked half a minute after it is there again, oldest first', async () => {
    breakAmazon((response) => void response.writeHead(503).end());
    await receiver.post(envelope());
    await receiver.receiving.stop(1000);
    await anHourLater();
    await receiver.open();
    for (let count = 0; count < 12; count += 1) await receiver.post(envelope());
    await receiver.receiving.stop(1000);
    await repairAmazon();
    receiver.clock.advance(31_000);
    await receiver.verifyAll();
    expect(await verdicts()).toEqual(Array(13).fill('verified'));
    const ids = (await receiver.jobs())
      .filter(({ kind }) => kind === 'deliver-legacy')
      .map(({ subject }) => Number(subject));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  test('a message that comes and is verified lets those be checked now that wait for the same certificate', async () => {
    breakAmazon((response) => void response.writeHead(503).end());
    for (let count = 0; count < 3; count += 1) await receiver.post(envelope());
    await receiver.receiving.stop(1000);
    await anHourLater();
    await repairAmazon();
    const checked = new Promise<void>((resolve) => {
      let count = 0;
      receiver.observer = { ...receiver.observer, verified: () => (count += 1) === 3 && resolve() };
    });
    await receiver.open();
    await receiver.post(envelope());
    await checked;
    expect(await verdicts()).toEqual(Array(4).fill('verified'));
  });

  test('a forged message has no check done earlier, and one whose certificate is nowhere holds up nobody', async () => {
    const certificate = await certificateOf();
    receiver.amazon.answer = (request, response) =>
      request.url === '/nowhere.pem' ? void response.writeHead(404).end() : void response.end(certificate);
    const nowhere = CERTIFICATE_URL.replace(/[^/]*$/, 'nowhere.pem');
    await receiver.post(envelope({ SigningCertURL: nowhere }));
    await receiver.receiving.stop(1000);
    receiver.clock.advance(MINUTE);
    await receiver.verifyAll();
    const due = async () =>
      (await receiver.database.query(`SELECT run_at FROM job WHERE kind = 'verify'`))[0]?.['run_at'];
    const before = await due();
    await receiver.open();
    expect(await receiver.post(envelope())).toMatchObject({ status: 200 });
    await receiver.receiving.stop(1000);
    await receiver.verifyAll();
    expect(await verdicts()).toEqual(['pending', 'verified']);
    expect(await due()).toBe(before);
  });

  test('what anybody has SNS sign waits apart: for a flood of it no genuine message waits longer', async () => {
    breakAmazon((response) => void response.writeHead(404).end());
    await receiver.open({ maxPending: 1000 });
    for (let count = 0; count < 40; count += 1)
      await receiver.post(
        envelope({ TopicArn: `${TOPIC}2`, SigningCertURL: CERTIFICATE_URL.replace(/[^/]*$/, `${count}.pem`) }),
      );
    await receiver.post(envelope({ TopicArn: `${TOPIC}2` }));
    await receiver.post(envelope());
    await receiver.receiving.stop(1000);
    receiver.clock.advance(20 * MINUTE);
    await receiver.verifyAll();
    const [row] = await receiver.database.query(`SELECT MIN(run_at) AS due FROM job WHERE kind = 'verify'`);
    expect(Number(row?.['due']) - receiver.clock.now()).toBeLessThanOrEqual(30_000);
    await repairAmazon();
    receiver.clock.advance(31_000);
    await receiver.verifyAll();
    expect((await verdicts()).at(-1)).toBe('verified');
  });

  test('a thousand addresses that are made up are asked for no oftener than all of them can be', async () => {
    breakAmazon((response) => void response.writeHead(404).end());
    for (let count = 0; count < 40; count += 1)
      await receiver.post(envelope({ SigningCertURL: CERTIFICATE_URL.replace(/[^/]*$/, `${count}.pem`) }));
    await receiver.receiving.stop(1000);
    receiver.clock.advance(20 * MINUTE);
    await receiver.verifyAll();
    const [row] = await receiver.database.query(`SELECT MIN(run_at) AS due FROM job WHERE kind = 'verify'`);
    expect(Number(row?.['due']) - receiver.clock.now()).toBeGreaterThan(90_000);
  });

  test('while none passes they count as waiting since they came, also between two tries; one that anyone made up does not', async () => {
    breakAmazon((response) => void response.writeHead(503).end());
    await receiver.post(envelope());
    const since = receiver.clock.now();
    await receiver.receiving.stop(1000);
    for (let minutes = 0; minutes < 60; minutes += 10) {
      receiver.clock.advance(10 * MINUTE);
      await receiver.verifyAll();
    }
    const now = receiver.clock.now();
    expect(await readWaiting(receiver.database, now)).toMatchObject({ oldest: since });
    const { openJobs } = await readOverview(receiver.database, now);
    expect(openJobs.find(({ kind }) => kind === 'verify')?.oldestMs).toBe(now - since);
    // Another message has its certificate: what is the matter with the first is its own.
    const certificate = await certificateOf();
    receiver.amazon.answer = (request, response) =>
      request.url === '/other.pem' ? void response.end(certificate) : void response.writeHead(503).end();
    await receiver.open();
    await receiver.post(envelope({ SigningCertURL: CERTIFICATE_URL.replace(/[^/]*$/, 'other.pem') }));
    await receiver.database.query(`UPDATE job SET state = 'done' WHERE kind <> 'verify'`);
    expect(await readWaiting(receiver.database, now)).toMatchObject({ oldest: null });
  });

  test('a message that waited as long as it may is kept for the operator', async () => {
    breakAmazon((response) => void response.writeHead(404).end());
    await receiver.post(envelope());
    await receiver.receiving.stop(1000);
    receiver.clock.advance(15 * DAY + 1);
    await receiver.verifyAll();
    expect(await receiver.messages()).toMatchObject([{ verdict: 'pending', quarantine: 'certificate-unavailable' }]);
    expect(await kinds()).toEqual([]);
  });

  test('a message that was in time when it came is so however long its certificate was away', async () => {
    breakAmazon((response) => void response.writeHead(404).end());
    const message = envelope({ Timestamp: new Date(receiver.clock.now() - 14 * DAY).toISOString() });
    await receiver.post(message);
    await receiver.receiving.stop(1000);
    receiver.clock.advance(14 * DAY);
    await repairAmazon();
    await receiver.verifyAll();
    expect(await receiver.messages()).toMatchObject([{ verdict: 'verified', message_id: message.MessageId }]);
    expect(await kinds()).toEqual(['deliver-legacy', 'deliver-migrated', 'truth']);
  });

  test('one that was kept aside for waiting too long is verified at the next start', async () => {
    breakAmazon((response) => void response.writeHead(404).end());
    await receiver.post(envelope());
    await receiver.receiving.stop(1000);
    receiver.clock.advance(16 * DAY);
    await receiver.verifyAll();
    expect(await receiver.messages()).toMatchObject([{ verdict: 'pending', quarantine: 'certificate-unavailable' }]);
    await repairAmazon();
    const verified = new Promise((resolve) => (receiver.observer = { ...receiver.observer, verified: resolve }));
    await receiver.open();
    expect(await verified).toMatchObject({ verdict: 'verified' });
    expect(await receiver.messages()).toMatchObject([{ verdict: 'verified', quarantine: null }]);
  });

  test('a clock that was late: the message is forwarded when it is right again', async () => {
    const message = envelope({ Timestamp: new Date(receiver.clock.now() + 2 * 3_600_000).toISOString() });
    await receiver.post(message);
    await receiver.receiving.stop(1000);
    expect(await kinds()).toEqual(['verify']);
    receiver.clock.advance(2 * 3_600_000);
    await receiver.verifyAll();
    expect(await kinds()).toEqual(['deliver-legacy', 'deliver-migrated', 'truth']);
  });

  test('a topic that is added to the configuration: its messages are forwarded at the next start', async () => {
    const another = `${TOPIC}2`;
    const message = envelope({ TopicArn: another });
    await receiver.post(message);
    expect(await receiver.messages()).toMatchObject([{ quarantine: 'topic', topic_arn: another }]);
    const verified = new Promise((resolve) => (receiver.observer = { ...receiver.observer, verified: resolve }));
    await receiver.open({ topics: [TOPIC, another] });
    expect(await verified).toMatchObject({ verdict: 'verified' });
    expect(await receiver.messages()).toMatchObject([{ quarantine: null, message_id: message.MessageId }]);
    expect(await kinds()).toEqual(['deliver-legacy', 'deliver-migrated', 'truth']);
  });

  test('a confirmation that could not be verified is parked, not made into work, once it could', async () => {
    breakAmazon((response) => void response.writeHead(503).end());
    await receiver.post(confirmationEnvelope('SubscriptionConfirmation'));
    await receiver.receiving.stop(1000);
    await repairAmazon();
    receiver.clock.advance(20 * MINUTE);
    await receiver.verifyAll();
    expect(await receiver.messages()).toMatchObject([{ kind: 'confirmation', quarantine: 'confirmation' }]);
    expect(await kinds()).toEqual([]);
  });
});

describe.each(stores)('how much is kept unverified, on %s', (driver) => {
  let receiver: TestReceiver;
  beforeEach(async () => (receiver = await TestReceiver.start(driver, { maxPending: 3, maxAside: 2 })));
  afterEach(() => receiver.remove());
  const strange = () => envelope({ TopicArn: 'arn:aws:sns:eu-west-1:666666666666:Mine' });

  test('a flood of unknown topics fills its own share, and takes nothing from verified messages', async () => {
    const replies = [];
    for (let count = 0; count < 5; count += 1) replies.push(await receiver.post(strange()));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 503, 503, 503]);
    expect(replies[2]?.headers['connection']).toBe('close');
    expect(await receiver.post(envelope())).toMatchObject({ status: 200 });
    expect(await receiver.messages()).toHaveLength(3);
  });

  test('what anyone can send without a signature takes no room from what SNS has signed for a topic that nobody has entered', async () => {
    const made = (count: number) => receiver.post({ TopicArn: 'y', count });
    const replies = [await made(1), await made(2), await made(3)];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 503]);
    expect(await receiver.post(strange())).toMatchObject({ status: 200 });
    await receiver.open({ maxAside: 2, maxUnverifiedBytes: 100 });
    expect(await made(4)).toMatchObject({ status: 503 });
    await receiver.open({ maxAside: 2 });
    expect(await receiver.post(strange())).toMatchObject({ status: 200 });
    expect(await receiver.post(strange())).toMatchObject({ status: 503 });
  });

  test('what is in the store counts after a restart', async () => {
    await receiver.post(strange());
    await receiver.open({ maxAside: 1, maxPending: 1 });
    expect(await receiver.post(strange())).toMatchObject({ status: 503 });
  });

  test('made-up addresses of certificates make few requests', async () => {
    receiver.amazon.answer = (_, response) => void response.writeHead(404).end();
    await receiver.open({ maxPending: 1000 });
    const urls = Array.from({ length: 60 }, (_, index) => `https://sns.eu-west-1.amazonaws.com/x${index}.pem`);
    const replies = await Promise.all(urls.map((SigningCertURL) => receiver.post(envelope({ SigningCertURL }))));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(receiver.amazon.requests.length).toBeLessThanOrEqual(20);
  });
});

describe('unsigned messages that may make a GET', () => {
  test('a v2 message without envelope is looked into, and forwarded to nobody', async () => {
    const receiver = await TestReceiver.start('sqlite', { allowUnsignedPokes: true });
    await receiver.post(v2Message());
    await receiver.post(v1Message());
    expect((await receiver.jobs()).map(({ kind }) => kind)).toEqual(['truth']);
    await receiver.remove();
  });
});
