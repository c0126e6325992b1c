import type { Dialect } from './database';
import { agrees, bothSides, isGenuine, typeSql } from './evidence-words';

/**
 * Figures that are kept while the store works, so that a look at the status reads a few rows instead of a million. The
 * database itself keeps them, in the transaction of what they count: no part of the program can forget to.
 *
 * Each connection of PostgreSQL counts in rows of its own (`slot`): on shared ones transactions would wait for each other,
 * and end in deadlocks. SQLite has one connection.
 */
const slots: Readonly<Record<Dialect, string>> = { sqlite: '0', postgres: 'pg_backend_pid()' };

const tables: readonly string[] = [
  `CREATE TABLE tally (name {text} NOT NULL, slot {whole} NOT NULL, n {whole} NOT NULL, PRIMARY KEY (name, slot))`,
  // What is known of each order that was compared; see countOrders in evidence-figures.ts.
  `CREATE TABLE order_standing (
    order_key {text} PRIMARY KEY, compared {whole} NOT NULL, differing {whole} NOT NULL, incomparable {whole} NOT NULL)`,
  // Types of messages, and changes of state, after which both sides agreed about an order at least once.
  `CREATE TABLE agreed (name {text} PRIMARY KEY)`,
  `CREATE INDEX comparison_open ON comparison (id) WHERE verdict IN ('mismatch', 'both-failed') AND resolved_at IS NULL`,
  `CREATE INDEX comparison_differing ON comparison (signature, verdict) WHERE signature IS NOT NULL`,
  `CREATE INDEX job_open ON job (kind, run_at) WHERE state IN ('ready', 'leased')`,
];

const add = (slot: string, name: string, count: string, from: string): string =>
  `INSERT INTO tally (name, slot, n) SELECT ${name}, ${slot}, ${count} ${from}
   ON CONFLICT (name, slot) DO UPDATE SET n = tally.n + excluded.n`;

/** What one row adds to the tallies; `sign` is `-` where it goes. */
type Count = (row: string, sign: string, slot: string) => readonly string[];

const countMessage: Count = (row, sign, slot) => [
  add(slot, `'messages:' || ${row}.kind || ':' || ${row}.verdict`, `${sign}1`, 'WHERE TRUE'),
  // Most come once: what comes again is counted beside, and costs the others nothing.
  add(
    slot,
    `'again:' || ${row}.kind || ':' || ${row}.verdict`,
    `${sign}(${row}.seen_count - 1)`,
    `WHERE ${row}.seen_count > 1`,
  ),
  add(slot, `'type:' || ${typeSql(row)}`, `${sign}1`, `WHERE ${isGenuine(row)}`),
];
const countVerdict: Count = (row, sign, slot) => [add(slot, `'verdict:' || ${row}.verdict`, `${sign}1`, 'WHERE TRUE')];
const countTransition: Count = (row, sign, slot) => [
  add(slot, `'transition:' || ${row}.transition`, `${sign}1`, `WHERE ${row}.transition IS NOT NULL`),
];
const countStanding: Count = (row, sign, slot) => [
  add(slot, `'orders:compared'`, `${sign}${row}.compared`, 'WHERE TRUE'),
  add(slot, `'orders:differing'`, `${sign}${row}.differing`, 'WHERE TRUE'),
  add(slot, `'orders:incomparable'`, `${sign}1`, `WHERE ${isIncomparable(row)}`),
];
const isIncomparable = (row: string): string =>
  `${row}.incomparable = 1 AND ${row}.compared = 0 AND ${row}.differing = 0`;

const flag = (condition: string): string => `MAX(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
const larger = (column: string): string =>
  `${column} = CASE WHEN excluded.${column} > order_standing.${column} THEN excluded.${column}
   ELSE order_standing.${column} END`;

/** The standing of the orders of some comparisons, counted from all of theirs that are there. */
const stand = (where: string): string =>
  `INSERT INTO order_standing (order_key, compared, differing, incomparable)
   SELECT order_key, ${flag(`${bothSides} AND verdict <> 'incomparable'`)},
     ${flag(`${bothSides} AND verdict IN ('mismatch', 'both-failed')`)}, ${flag(`verdict = 'incomparable'`)}
   FROM comparison WHERE ${where} GROUP BY order_key
   ON CONFLICT (order_key) DO UPDATE SET ${larger('compared')}, ${larger('differing')}, ${larger('incomparable')}`;

/** Everything of these orders that came before a comparison in which both sides agreed. */
const agree = (comparisons: string): readonly string[] => [
  `INSERT INTO agreed (name) SELECT DISTINCT 'type:' || ${typeSql('inbox')} FROM inbox JOIN comparison
     ON comparison.order_key = inbox.order_key AND comparison.closed_at >= inbox.received_at
   WHERE ${comparisons} AND ${isGenuine('inbox')} ORDER BY 1 ON CONFLICT (name) DO NOTHING`,
  `INSERT INTO agreed (name) SELECT DISTINCT 'transition:' || version.transition
   FROM amazon_object_version AS version JOIN amazon_object AS object ON object.object_id = version.object_id
   JOIN comparison ON comparison.order_key = object.order_key AND comparison.closed_at >= version.fetched_at
   WHERE ${comparisons} AND version.transition IS NOT NULL ORDER BY 1 ON CONFLICT (name) DO NOTHING`,
];
const agreeing = `comparison.legacy IS NOT NULL AND comparison.migrated IS NOT NULL AND comparison.${agrees}`;

interface Trigger {
  readonly name: string;
  readonly on: string;
  readonly does: readonly string[];
}

function triggersOf(slot: string): readonly Trigger[] {
  const counted: readonly (readonly [table: string, count: Count, columns: string])[] = [
    ['inbox', countMessage, 'kind, verdict, quarantine, seen_count, notification_type, object_type, is_sample'],
    ['comparison', countVerdict, 'verdict'],
    ['amazon_object_version', countTransition, 'transition'],
    ['order_standing', countStanding, 'compared, differing, incomparable'],
  ];
  return [
    ...counted.flatMap(([table, count, columns]): readonly Trigger[] => {
      const [comes, goes] = [count('NEW', '', slot), count('OLD', '-', slot)];
      return [
        { name: `tally_${table}_insert`, on: `AFTER INSERT ON ${table}`, does: comes },
        { name: `tally_${table}_update`, on: `AFTER UPDATE OF ${columns} ON ${table}`, does: [...goes, ...comes] },
        { name: `tally_${table}_delete`, on: `AFTER DELETE ON ${table}`, does: goes },
      ];
    }),
    {
      name: 'stand_comparison_insert',
      on: 'AFTER INSERT ON comparison',
      does: [stand('id = NEW.id'), ...agree(`comparison.id = NEW.id AND ${agreeing}`)],
    },
    {
      name: 'stand_comparison_delete',
      on: 'AFTER DELETE ON comparison',
      does: ['DELETE FROM order_standing WHERE order_key = OLD.order_key', stand('order_key = OLD.order_key')],
    },
  ];
}

const makeTrigger: Readonly<Record<Dialect, (trigger: Trigger) => readonly string[]>> = {
  sqlite: ({ name, on, does }) => [`CREATE TRIGGER ${name} ${on} BEGIN ${does.join('; ')}; END`],
  postgres: ({ name, on, does }) => [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN ${does.join('; ')}; RETURN NULL; END $body$`,
    `CREATE TRIGGER ${name} ${on} FOR EACH ROW EXECUTE FUNCTION ${name}()`,
  ],
};

/** Counts what was there before; ahead of the triggers, which would count row by row. */
const fill = (slot: string): readonly string[] => [
  add(slot, `'messages:' || kind || ':' || verdict`, 'COUNT(*)', 'FROM inbox WHERE TRUE GROUP BY 1'),
  add(slot, `'again:' || kind || ':' || verdict`, 'SUM(seen_count - 1)', 'FROM inbox WHERE seen_count > 1 GROUP BY 1'),
  add(slot, `'type:' || ${typeSql('inbox')}`, 'COUNT(*)', `FROM inbox WHERE ${isGenuine('inbox')} GROUP BY 1`),
  add(slot, `'verdict:' || verdict`, 'COUNT(*)', 'FROM comparison WHERE TRUE GROUP BY 1'),
  add(
    slot,
    `'transition:' || transition`,
    'COUNT(*)',
    'FROM amazon_object_version WHERE transition IS NOT NULL GROUP BY 1',
  ),
  stand('TRUE'),
  add(slot, `'orders:compared'`, 'COALESCE(SUM(compared), 0)', 'FROM order_standing WHERE TRUE'),
  add(slot, `'orders:differing'`, 'COALESCE(SUM(differing), 0)', 'FROM order_standing WHERE TRUE'),
  add(slot, `'orders:incomparable'`, 'COUNT(*)', `FROM order_standing WHERE ${isIncomparable('order_standing')}`),
  ...agree(agreeing),
];

/** Makes the tallies, and counts into them what the store holds already. */
export const tallySchema = (dialect: Dialect): readonly string[] => [
  ...tables,
  ...fill(slots[dialect]),
  ...triggersOf(slots[dialect]).flatMap(makeTrigger[dialect]),
];
