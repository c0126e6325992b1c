import { lookAgain, type LookedAgain } from '../../../src/proxy/receive/look-again';
import { planJobs } from '../../../src/proxy/receive/plan-jobs';
import { listAudit } from '../../../src/proxy/store/audit';
import type { QuarantineFilter } from '../../../src/proxy/store/quarantine';
import { stores } from '../stores';
import { confirmationEnvelope, envelope, ORDER, TOPIC, v2Message } from './messages';
import { TestReceiver } from './receiving';

const reason = { who: 'ann', why: 'a newer version' };

describe.each(stores)('messages that were kept aside are looked at again, on %s', (driver) => {
  let receiver: TestReceiver;
  beforeEach(async () => (receiver = await TestReceiver.start(driver)));
  afterEach(() => receiver.remove());

  const look = (filter: QuarantineFilter = {}): Promise<LookedAgain> => {
    const { database, clock, observer } = receiver;
    return lookAgain({ database, clock, observer, planJobs }, filter, reason);
  };
  const kinds = async (): Promise<readonly unknown[]> => (await receiver.jobs()).map(({ kind }) => kind);
  /** As an older version left it, which knew nothing of such a message. */
  const forget = async (because: string): Promise<void> => {
    await receiver.database.query('DELETE FROM job');
    await receiver.database.query(
      `UPDATE inbox SET kind = 'unknown', quarantine = $1, object_type = NULL, object_id = NULL, order_key = NULL`,
      [because],
    );
  };

  test('what is understood by now takes the way of any other, once', async () => {
    const message = envelope();
    await receiver.post(message);
    await forget('no-version');
    expect(await look()).toEqual({ released: 1, checking: 0, unchanged: 0 });
    const known = { kind: 'v2', order_key: ORDER, quarantine: null, message_id: message.MessageId };
    expect(await receiver.messages()).toMatchObject([known]);
    expect(await kinds()).toEqual(['deliver-legacy', 'deliver-migrated', 'truth']);
    expect(await listAudit(receiver.database, 10)).toMatchObject([{ action: 'look-again', ...reason }]);
    expect(await look()).toEqual({ released: 0, checking: 0, unchanged: 0 });
    expect(await kinds()).toHaveLength(3);
  });

  test('what is not, what nobody signed, confirmations and duplicates stay', async () => {
    await receiver.post(envelope({ Message: '{"NotificationVersion":"V3"}' }));
    await receiver.post(v2Message());
    await receiver.post(confirmationEnvelope('SubscriptionConfirmation'));
    await receiver.post(envelope());
    await receiver.database.query(`UPDATE inbox SET quarantine = 'duplicate' WHERE quarantine IS NULL`);
    await receiver.database.query('DELETE FROM job');
    expect(await look()).toEqual({ released: 0, checking: 0, unchanged: 4 });
    expect(await kinds()).toEqual([]);
  });

  test('one that cannot be read keeps no other', async () => {
    await receiver.post(envelope());
    await receiver.post(envelope());
    await forget('no-version');
    await receiver.database.query('UPDATE inbox SET body = $1 WHERE id = (SELECT MIN(id) FROM inbox)', [
      Buffer.from('{}'),
    ]);
    expect(await look()).toEqual({ released: 1, checking: 0, unchanged: 1 });
  });

  test('a thousand that nobody signed keep no other', async () => {
    await receiver.post(v2Message());
    await receiver.database.query(
      `INSERT INTO inbox (topic_arn, message_id, received_at, last_seen_at, seen_count, kind, verdict, quarantine, body,
         body_sha256, headers, is_sample)
       WITH RECURSIVE place(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 1000)
       SELECT topic_arn, message_id || '-' || n, received_at, last_seen_at, seen_count, kind, verdict, quarantine, body,
         body_sha256, headers, is_sample FROM inbox CROSS JOIN place`,
    );
    await receiver.post(envelope());
    await receiver.database.query('DELETE FROM job');
    await receiver.database.query(`UPDATE inbox SET quarantine = 'no-version' WHERE verdict = 'verified'`);
    expect(await look()).toEqual({ released: 1, checking: 0, unchanged: 1001 });
    expect(await listAudit(receiver.database, 10)).toHaveLength(1);
  });

  test('hundreds that are understood by now are released in portions, and one body at a time is read', async () => {
    await receiver.post(envelope());
    const number =
      receiver.database.dialect === 'sqlite' ? `substr('000000000000' || n, -12)` : `lpad(n::text, 12, '0')`;
    const anew = `replace(CAST(body AS TEXT), message_id, '00000000-0000-4000-8000-' || ${number})`;
    const body =
      receiver.database.dialect === 'sqlite'
        ? `CAST(${anew} AS BLOB)`
        : `convert_to(${anew.replace('CAST(body AS TEXT)', `convert_from(body, 'UTF8')`)}, 'UTF8')`;
    await receiver.database.query(
      `INSERT INTO inbox (topic_arn, message_id, received_at, last_seen_at, seen_count, kind, verdict, quarantine, body,
         body_sha256, headers, is_sample)
       WITH RECURSIVE place(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 249)
       SELECT topic_arn, '00000000-0000-4000-8000-' || ${number}, received_at, last_seen_at, seen_count, kind, verdict,
         quarantine, ${body}, body_sha256, headers, is_sample FROM inbox CROSS JOIN place`,
    );
    await forget('no-version');
    const { database, clock, observer } = receiver;
    const bodies: number[] = [];
    const mostAtOnce: number[] = [];
    const counting = Object.create(database) as typeof database;
    counting.query = database.query.bind(database);
    counting.transaction = (work) => {
      bodies.push(0);
      return database.transaction((queries) =>
        work({
          async query(sql, values) {
            const rows = await queries.query(sql, values);
            const read = rows.filter((row) => row['body'] !== undefined).length;
            bodies.push((bodies.pop() ?? 0) + read);
            mostAtOnce.push(read);
            return rows;
          },
        }),
      );
    };
    const looked = await lookAgain({ database: counting, clock, observer, planJobs }, {}, reason);
    expect(looked).toEqual({ released: 250, checking: 0, unchanged: 0 });
    expect(bodies).toEqual([100, 100, 50]);
    expect(Math.max(...mostAtOnce)).toBe(1);
  });

  test('what was not verified is verified once more, and only what the filter names', async () => {
    await receiver.post(envelope({ TopicArn: `${TOPIC}2` }));
    await receiver.post(envelope({ TopicArn: `${TOPIC}2` }));
    await receiver.receiving.stop(1000);
    const [first] = await receiver.messages();
    expect(await look({ inboxIds: [Number(first?.['id'])] })).toEqual({ released: 0, checking: 1, unchanged: 0 });
    expect(await receiver.jobs()).toMatchObject([{ kind: 'verify', subject: String(first?.['id']) }]);
  });
});
