import { agreementSchema } from './agreement-schema';
import type { Dialect } from './database';
import { deletedTypeSchema } from './deleted-types';
import { standingSchema } from './standing-schema';
import { tallySchema } from './tally-schema';

const types: Readonly<Record<Dialect, Readonly<Record<string, string>>>> = {
  // AUTOINCREMENT: an id that was deleted by retention never comes again.
  sqlite: { id: 'INTEGER PRIMARY KEY AUTOINCREMENT', whole: 'INTEGER', bytes: 'BLOB', text: 'TEXT' },
  postgres: { id: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY', whole: 'BIGINT', bytes: 'BYTEA', text: 'TEXT' },
};

/**
 * The steps that make the tables, in order; a step that was released is never changed, another is added.
 * `{id}`, `{whole}`, `{bytes}`, `{text}` stand for the types of each dialect.
 */
const steps: readonly (readonly string[] | ((dialect: Dialect) => readonly string[]))[] = [
  [
    // What arrived, byte for byte. A message that comes again is the same row.
    `CREATE TABLE inbox (
      id {id},
      topic_arn {text} NOT NULL, message_id {text} NOT NULL,
      received_at {whole} NOT NULL, last_seen_at {whole} NOT NULL, seen_count {whole} NOT NULL,
      kind {text} NOT NULL, verdict {text} NOT NULL, quarantine {text},
      body {bytes} NOT NULL, body_sha256 {text} NOT NULL, headers {text} NOT NULL,
      notification_id {text}, notification_type {text}, object_type {text}, object_id {text}, order_key {text},
      is_sample {whole} NOT NULL,
      UNIQUE (topic_arn, message_id))`,
    `CREATE INDEX inbox_by_order ON inbox (order_key, id)`,
    `CREATE INDEX inbox_by_time ON inbox (received_at)`,
    `CREATE INDEX inbox_not_plain ON inbox (id) WHERE verdict <> 'verified' OR quarantine IS NOT NULL`,
    // What is to be done. One lane is worked off in the order of the ids, one at a time.
    `CREATE TABLE job (
      id {id},
      kind {text} NOT NULL, lane {text} NOT NULL, inbox_id {whole}, subject {text} NOT NULL,
      order_key {text}, idempotency_key {text},
      state {text} NOT NULL, reason {text}, priority {whole} NOT NULL, attempts {whole} NOT NULL,
      created_at {whole} NOT NULL, run_at {whole} NOT NULL, ended_at {whole},
      lease_until {whole}, lease_owner {text}, fence {whole} NOT NULL)`,
    // No two of a lane at a time, by the database itself.
    `CREATE UNIQUE INDEX job_one_per_lane ON job (lane) WHERE state = 'leased'`,
    // What is asked for again before it was begun is asked for once.
    `CREATE UNIQUE INDEX job_waiting_once ON job (kind, subject) WHERE state = 'ready' AND kind IN ('truth', 'compare')`,
    `CREATE INDEX job_due ON job (kind, priority, run_at, id) WHERE state = 'ready'`,
    `CREATE INDEX job_lane_open ON job (lane, id) WHERE state IN ('ready', 'leased')`,
    `CREATE INDEX job_leased ON job (lease_until) WHERE state = 'leased'`,
    `CREATE INDEX job_dead ON job (id) WHERE state = 'dead'`,
    `CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL`,
    `CREATE INDEX job_by_order ON job (order_key, id)`,
    `CREATE INDEX job_by_message ON job (inbox_id)`,
    `CREATE TABLE attempt (
      job_id {whole} NOT NULL, number {whole} NOT NULL, started_at {whole} NOT NULL, ended_at {whole},
      as_what {text}, status {whole}, failure {text}, detail {text},
      PRIMARY KEY (job_id, number))`,
    // What GET said, and how it changed.
    `CREATE TABLE amazon_object (
      object_id {text} PRIMARY KEY, object_type {text} NOT NULL, order_key {text} NOT NULL,
      version {whole} NOT NULL, fingerprint {text} NOT NULL, canonical {text} NOT NULL,
      is_open {whole} NOT NULL, fetch_started_at {whole} NOT NULL, fetched_at {whole} NOT NULL,
      updated_at {whole} NOT NULL)`,
    `CREATE INDEX amazon_object_by_order ON amazon_object (order_key)`,
    `CREATE INDEX amazon_object_open ON amazon_object (fetched_at) WHERE is_open = 1`,
    `CREATE TABLE amazon_object_version (
      object_id {text} NOT NULL, version {whole} NOT NULL, fingerprint {text} NOT NULL, canonical {text} NOT NULL,
      fetched_at {whole} NOT NULL, caused_by {text} NOT NULL, PRIMARY KEY (object_id, version))`,
    // How each side left an order, last sample of each source.
    `CREATE TABLE outcome (
      order_key {text} NOT NULL, side {text} NOT NULL, source {text} NOT NULL,
      sampled_at {whole} NOT NULL, canonical {text} NOT NULL, PRIMARY KEY (order_key, side, source))`,
    `CREATE TABLE comparison (
      id {id},
      order_key {text} NOT NULL, inbox_id {whole}, begun_at {whole} NOT NULL, closed_at {whole} NOT NULL,
      mode {text} NOT NULL, verdict {text} NOT NULL, at_fault {text}, rule_id {text},
      legacy {text}, migrated {text}, amazon {text}, differences {text} NOT NULL, signature {text},
      resolved_at {whole}, resolved_by {text}, resolution {text})`,
    `CREATE INDEX comparison_by_order ON comparison (order_key, id)`,
    `CREATE INDEX comparison_by_verdict ON comparison (verdict, id)`,
    `CREATE INDEX comparison_by_time ON comparison (closed_at)`,
    // Who changed what, each entry bound to the one before it. The last change of mode is the mode.
    `CREATE TABLE audit (
      sequence {whole} PRIMARY KEY, at {whole} NOT NULL, who {text} NOT NULL, action {text} NOT NULL,
      detail {text} NOT NULL, why {text} NOT NULL, previous_hash {text} NOT NULL, hash {text} NOT NULL)`,
    // An order stays with the handler that began it.
    `CREATE TABLE order_side (
      order_key {text} PRIMARY KEY, side {text} NOT NULL, origin {text} NOT NULL, decided_at {whole} NOT NULL,
      why {text} NOT NULL)`,
    `CREATE TABLE setting (name {text} PRIMARY KEY, content {text} NOT NULL, changed_at {whole} NOT NULL)`,
  ],
  // Why a message is delivered once more; null for the first time.
  [`ALTER TABLE job ADD COLUMN replay {text}`],
  [
    // When the sweep looks at an object again; null: nothing about it can change any more.
    `ALTER TABLE amazon_object ADD COLUMN sweep_at {whole}`,
    // What the sweep found, and no message told: see truth/missed-changes.ts.
    // From which of Amazon's states to which, for the coverage of the evidence.
    `ALTER TABLE amazon_object_version ADD COLUMN transition {text}`,
    `CREATE INDEX amazon_object_version_by_time ON amazon_object_version (fetched_at)`,
    `CREATE INDEX amazon_object_version_by_cause ON amazon_object_version (caused_by, fetched_at)`,
  ],
  tallySchema,
  [
    // When a person said that nothing more is to become of it: a message that was kept aside, a delivery that was given up.
    `ALTER TABLE inbox ADD COLUMN settled_at {whole}`,
    `ALTER TABLE job ADD COLUMN settled_at {whole}`,
  ],
  [
    // Orders that somebody moved alone, and those of v2 that the legacy handler has: the status tells how many there are.
    `CREATE INDEX order_side_by_hand ON order_side (side) WHERE why = 'forced'`,
    `CREATE INDEX order_side_v2_at_legacy ON order_side (side) WHERE origin = 'v2' AND side = 'legacy'`,
  ],
  standingSchema,
  deletedTypeSchema,
  agreementSchema,
  [
    // Why an object tells nothing certain: see compare/canonical-object.ts.
    `ALTER TABLE amazon_object ADD COLUMN problem {text}`,
    ...['not-found', 'no-get', 'unknown-state'].map(
      (problem) => `UPDATE amazon_object SET problem = '${problem}' WHERE canonical LIKE '%"problem":"${problem}"%'`,
    ),
    `CREATE INDEX amazon_object_problem ON amazon_object (problem, object_id) WHERE problem IS NOT NULL`,
  ],
  [
    // Payments at another handler than the others of their agreement: see agreement-sides.ts.
    `CREATE INDEX order_side_apart ON order_side (order_key) WHERE why = 'apart'`,
  ],
  // A payment that v2 made speaks for no legacy one on the same agreement any more.
  standingSchema,
  [
    // Changes that no message told when they were seen: see untold-versions.ts.
    `ALTER TABLE amazon_object_version ADD COLUMN untold {text}`,
    `CREATE INDEX amazon_object_version_untold ON amazon_object_version (fetched_at) WHERE untold IS NOT NULL`,
  ],
  // An order that only the migrated handler has, and left otherwise than Amazon, differs.
  standingSchema,
  // Deliveries that ended otherwise than they began: see in-doubt.ts. Most are begun once, or passed over at once.
  [`CREATE INDEX job_begun_again ON job (inbox_id) WHERE state IN ('superseded', 'done') AND attempts > 1`],
  [
    // A dead letter may be in doubt, too.
    `DROP INDEX job_begun_again`,
    `CREATE INDEX job_begun_once_more ON job (inbox_id) WHERE state IN ('superseded', 'done', 'dead') AND attempts > 1`,
    // And a program before this one does not know that a change may have been told after all: see untold-versions.ts.
  ],
];

/** Of the schema that this program makes. */
export const schemaVersion = steps.length;

/** Returns the statements of each step, in the words of a dialect. */
export const schemaSteps = (dialect: Dialect): readonly (readonly string[])[] =>
  steps.map((step) =>
    (typeof step === 'function' ? step(dialect) : step).map((sql) =>
      sql.replace(/\{(\w+)\}/g, (_, name: string) => types[dialect][name] ?? name),
    ),
  );
