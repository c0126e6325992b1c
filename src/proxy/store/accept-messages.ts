import type { Dialect, Queries, Value } from './database';
import type { Accepted, Arrival, PlanJobs } from './inbox';
import { addJobs } from './add-jobs';
import { inStatements } from './insert-rows';
import { lockTelling } from './lock-telling';
import { refuseNewer } from './schema-version';

const keyOf = (topicArn: unknown, messageId: unknown): string => `${String(topicArn)}\n${String(messageId)}`;

const valuesOf = (arrival: Arrival, count: number, now: number): readonly Value[] => [
  arrival.topicArn,
  arrival.messageId,
  now,
  now,
  count,
  arrival.kind,
  arrival.verdict,
  arrival.quarantine,
  arrival.body,
  arrival.bodySha256,
  JSON.stringify(arrival.headers),
  arrival.notificationId,
  arrival.notificationType,
  arrival.objectType,
  arrival.objectId,
  arrival.orderKey,
  arrival.isSample ? 1 : 0,
];

interface Group {
  readonly arrival: Arrival;
  count: number;
}

function groupByKey(arrivals: readonly Arrival[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const arrival of arrivals) {
    const key = keyOf(arrival.topicArn, arrival.messageId);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { arrival, count: 1 });
    else group.count += 1;
  }
  return groups;
}

async function insert(
  queries: Queries,
  groups: ReadonlyMap<string, Group>,
  now: number,
  dialect: Dialect,
): Promise<ReadonlyMap<string, Accepted>> {
  // In one order in every instance: two that wait for each other's rows would both be undone.
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  const rows = await inStatements(
    sorted.map(({ arrival, count }) => valuesOf(arrival, count, now)),
    dialect,
    (placeholders, values) =>
      queries.query(
        `INSERT INTO inbox (topic_arn, message_id, received_at, last_seen_at, seen_count, kind, verdict, quarantine, body,
           body_sha256, headers, notification_id, notification_type, object_type, object_id, order_key, is_sample)
         VALUES ${placeholders}
         ON CONFLICT (topic_arn, message_id)
         DO UPDATE SET seen_count = inbox.seen_count + excluded.seen_count, last_seen_at = excluded.last_seen_at
         RETURNING id, topic_arn, message_id, seen_count, (SELECT MAX(version) FROM schema_version) AS version`,
        values,
      ),
  );
  refuseNewer(Number(rows[0]?.['version']));
  return new Map(
    rows.map((row) => {
      const key = keyOf(row['topic_arn'], row['message_id']);
      return [key, { id: Number(row['id']), isNew: Number(row['seen_count']) === groups.get(key)?.count }];
    }),
  );
}

/** Stores messages and the work that they make, in the order in which they came; counts those that are here already. */
export async function acceptMessages(
  queries: Queries,
  arrivals: readonly Arrival[],
  now: number,
  planJobs: PlanJobs,
  dialect: Dialect,
): Promise<readonly Accepted[]> {
  await lockTelling(queries, dialect, 'shared');
  const groups = groupByKey(arrivals);
  const stored = await insert(queries, groups, now, dialect);
  const accepted = arrivals.map((arrival) => {
    const key = keyOf(arrival.topicArn, arrival.messageId);
    const { id, isNew } = stored.get(key) as Accepted;
    return { id, isNew: isNew && groups.get(key)?.arrival === arrival };
  });
  const jobs = accepted.flatMap(({ id, isNew }, index) => (isNew ? planJobs(id, arrivals[index] as Arrival, now) : []));
  await addJobs(queries, jobs, now, dialect);
  return accepted;
}
