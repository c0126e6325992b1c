import type { Dialect } from './database';
import { keysOfOrder } from './order-keys';
import { coversKey, differs, isCompared, isGenuine, numberOf, typeSql } from './evidence-words';

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

/** What a row of a table adds to one of the tallies, and takes away when it goes. */
interface Count {
  readonly name: (row: string) => string;
  readonly amount?: (row: string) => string;
  readonly where?: (row: string) => string;
}

interface CountedTable {
  readonly table: string;
  /** Those that say how a row is counted. */
  readonly columns: string;
  readonly counts: readonly Count[];
}

const countedTables: readonly CountedTable[] = [
  {
    table: 'inbox',
    columns: 'kind, verdict, quarantine, seen_count, notification_type, object_type, is_sample',
    counts: [
      { name: (row) => `'messages:' || ${row}.kind || ':' || ${row}.verdict` },
      // Most come once: what comes again is counted beside, and costs the others nothing.
      {
        name: (row) => `'again:' || ${row}.kind || ':' || ${row}.verdict`,
        amount: (row) => `(${row}.seen_count - 1)`,
        where: (row) => `${row}.seen_count > 1`,
      },
      { name: (row) => `'type:' || ${typeSql(row)}`, where: isGenuine },
    ],
  },
  { table: 'comparison', columns: 'verdict', counts: [{ name: (row) => `'verdict:' || ${row}.verdict` }] },
  {
    table: 'amazon_object_version',
    columns: 'transition',
    counts: [{ name: (row) => `'transition:' || ${row}.transition`, where: (row) => `${row}.transition IS NOT NULL` }],
  },
  {
    table: 'order_standing',
    columns: 'compared, differing, incomparable',
    counts: [
      { name: () => `'orders:compared'`, amount: (row) => `${row}.compared` },
      { name: () => `'orders:differing'`, amount: (row) => `${row}.differing` },
      {
        name: () => `'orders:incomparable'`,
        where: (row) => `${row}.incomparable = 1 AND ${row}.compared = 0 AND ${row}.differing = 0`,
      },
    ],
  },
];

/** Rows that are counted: `row` is what their columns are read from. */
interface Rows {
  readonly row: string;
  readonly from: string;
  readonly sign: '' | '-';
}

/** Adds what all these rows count to the tallies, by one statement. */
function tally(slot: string, counts: readonly Count[], all: readonly Rows[]): string {
  const parts = all.flatMap(({ row, from, sign }) =>
    counts.map(
      ({ name, amount = () => '1', where = () => 'TRUE' }) =>
        `SELECT ${name(row)} AS name, ${sign}${amount(row)} AS n ${from} WHERE ${where(row)}`,
    ),
  );
  return `INSERT INTO tally (name, slot, n) SELECT name, ${slot}, SUM(n) FROM (${parts.join(' UNION ALL ')}) AS part
   GROUP BY name HAVING SUM(n) <> 0 ON CONFLICT (name, slot) DO UPDATE SET n = tally.n + excluded.n`;
}

const flag = (condition: string): string => `MAX(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
const larger = (column: string): string =>
  `${column} = CASE WHEN excluded.${column} > order_standing.${column} THEN excluded.${column}
   ELSE order_standing.${column} END`;

/** The standing of the orders of some comparisons, counted from all of theirs that are there. */
export const stand = (where: string, incomparable = flag(`verdict = 'incomparable'`)): string =>
  `INSERT INTO order_standing (order_key, compared, differing, incomparable)
   SELECT order_key, ${flag(isCompared)}, ${flag(differs)}, ${incomparable}
   FROM comparison WHERE ${where} GROUP BY order_key
   ON CONFLICT (order_key) DO UPDATE SET ${larger('compared')}, ${larger('differing')}, ${larger('incomparable')}`;

/** Everything of the orders of some comparisons that came before one in which both sides agreed about it. */
export const agree = (comparisons: string): readonly string[] => [
  `INSERT INTO agreed (name) SELECT DISTINCT 'type:' || ${typeSql('inbox')} FROM inbox JOIN comparison
     ON inbox.order_key IN (${keysOfOrder('comparison.order_key')}) AND comparison.closed_at >= inbox.received_at
   WHERE ${comparisons} AND ${coversKey('inbox.order_key')} AND ${isGenuine('inbox')} ORDER BY 1 ON CONFLICT (name) DO NOTHING`,
  `INSERT INTO agreed (name) SELECT DISTINCT 'transition:' || version.transition
   FROM amazon_object_version AS version JOIN amazon_object AS object ON object.object_id = version.object_id
   JOIN comparison ON comparison.order_key = object.order_key AND comparison.closed_at >= version.fetched_at
   WHERE ${comparisons} AND ${coversKey(numberOf('version.object_id'))} AND version.transition IS NOT NULL ORDER BY 1 ON CONFLICT (name) DO NOTHING`,
];

/**
 * PostgreSQL counts all rows of a statement at once, which a batch of messages is. SQLite knows triggers for each row alone.
 */
const countedRows: Readonly<Record<Dialect, { readonly came: Rows; readonly gone: Rows }>> = {
  sqlite: { came: { row: 'NEW', from: '', sign: '' }, gone: { row: 'OLD', from: '', sign: '-' } },
  postgres: { came: { row: 'came', from: 'FROM came', sign: '' }, gone: { row: 'gone', from: 'FROM gone', sign: '-' } },
};

export interface Trigger {
  readonly name: string;
  readonly on: string;
  /** For PostgreSQL: what it is for. */
  readonly each: string;
  readonly does: readonly string[];
}

export const EACH_ROW = 'FOR EACH ROW';
const referencing = (tables: string): string => `REFERENCING ${tables} FOR EACH STATEMENT`;

function countTriggers(dialect: Dialect, { table, columns, counts }: CountedTable): readonly Trigger[] {
  const { came, gone } = countedRows[dialect];
  // With the rows of a statement PostgreSQL takes no columns; where nothing of them changed, nothing is counted.
  const update = dialect === 'sqlite' ? `UPDATE OF ${columns}` : 'UPDATE';
  const events: readonly (readonly [word: string, event: string, each: string, rows: readonly Rows[]])[] = [
    ['insert', 'INSERT', referencing('NEW TABLE AS came'), [came]],
    ['update', update, referencing('NEW TABLE AS came OLD TABLE AS gone'), [gone, came]],
    ['delete', 'DELETE', referencing('OLD TABLE AS gone'), [gone]],
  ];
  return events.map(([word, event, each, rows]) => ({
    ...{ name: `tally_${table}_${word}`, on: `AFTER ${event} ON ${table}`, each },
    does: [tally(slots[dialect], counts, rows)],
  }));
}

const standTriggers: readonly Trigger[] = [
  {
    ...{ name: 'stand_comparison_insert', on: 'AFTER INSERT ON comparison', each: EACH_ROW },
    does: [stand('id = NEW.id'), ...agree('comparison.id = NEW.id')],
  },
  {
    ...{ name: 'stand_comparison_delete', on: 'AFTER DELETE ON comparison', each: EACH_ROW },
    does: ['DELETE FROM order_standing WHERE order_key = OLD.order_key', stand('order_key = OLD.order_key')],
  },
];

export const makeTrigger: Readonly<Record<Dialect, (trigger: Trigger) => readonly string[]>> = {
  sqlite: ({ name, on, does }) => [`CREATE TRIGGER ${name} ${on} BEGIN ${does.join('; ')}; END`],
  postgres: ({ name, on, each, does }) => [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN ${does.join('; ')}; RETURN NULL; END $body$`,
    `CREATE TRIGGER ${name} ${on} ${each} EXECUTE FUNCTION ${name}()`,
  ],
};

/** Counts what was there before; ahead of the triggers, which would count row by row. */
const fill = (slot: string): readonly string[] => [
  stand('TRUE'),
  ...countedTables.map(({ table, counts }) => tally(slot, counts, [{ row: table, from: `FROM ${table}`, sign: '' }])),
  ...agree('TRUE'),
];

/** Makes the tallies, and counts into them what the store holds already. */
export const tallySchema = (dialect: Dialect): readonly string[] => [
  ...tables,
  ...fill(slots[dialect]),
  ...[...countedTables.flatMap((counted) => countTriggers(dialect, counted)), ...standTriggers].flatMap(
    makeTrigger[dialect],
  ),
];
