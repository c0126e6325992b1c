import { Client } from 'pg';
import type { Queries } from '../../../src/proxy/store/database';
import { openDatabase } from '../../../src/proxy/store/open-database';
import { startCertificateServer, type CertificateServer } from '../../amazon-pay/certificate-server';
import { certificateOf } from '../receive/messages';
import { makeStore, type TestStore } from '../stores';
import { countByStatus, makeMessages, send, sendUntilTaken, startProxyProcess } from './proxy-process';
import { readStore } from './read-store';

describe('a PostgreSQL that fails', () => {
  let store: TestStore;
  let amazon: CertificateServer;
  let admin: Client;
  beforeEach(async () => {
    store = makeStore('postgres');
    amazon = await startCertificateServer();
    const certificate = await certificateOf();
    amazon.answer = (_, response) => void response.end(certificate);
    const { settings } = store;
    admin = new Client({ connectionString: settings.driver === 'postgres' ? settings.url : '' });
    await admin.connect();
  });
  afterEach(async () => {
    await admin.end();
    await amazon.close();
    await store.remove();
  });

  const schema = (): string => (store.settings.driver === 'postgres' ? store.settings.schema : '');
  /** Ends every connection of this test's proxies, as a restart of the server does. */
  const endConnections = async (): Promise<number> => {
    const { rowCount } = await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE pid <> pg_backend_pid() AND application_name = $1`,
      [`proxy ${schema()}`],
    );
    return rowCount ?? 0;
  };
  const named = (): typeof store.settings => ({
    ...store.settings,
    ...(store.settings.driver === 'postgres'
      ? { url: `${store.settings.url}?application_name=${encodeURIComponent(`proxy ${schema()}`)}` }
      : {}),
  });

  test('and ends connections in the middle of everything: 503, then it goes on, and nothing acknowledged is lost', async () => {
    const proxy = await startProxyProcess(named(), amazon);
    const messages = makeMessages(400);
    let ended = 0;
    for (let first = 0; first < messages.length; first += 40) {
      const sending = send(proxy.url, messages.slice(first, first + 40), 40);
      ended += await endConnections();
      await sending;
    }
    expect(ended).toBeGreaterThan(0);
    expect(countByStatus(messages)).not.toHaveProperty('none');
    const { messages: stored } = await readStore(store.settings);
    const bodies = new Map(stored.map(({ messageId, sha256 }) => [messageId, sha256]));
    const acknowledged = messages.filter(({ status }) => status === 200);
    expect(acknowledged.filter(({ id, sha256 }) => bodies.get(id) !== sha256)).toHaveLength(0);
    await sendUntilTaken(proxy.url, messages);
    proxy.child.kill('SIGTERM');
    expect(await proxy.end).toEqual({ code: 0, signal: null });
    const after = await readStore(store.settings);
    expect(after.messages).toHaveLength(400);
    expect(new Set(after.deliveries).size).toBe(800);
    expect(after.deliveries).toHaveLength(800);
  });

  test('and keeps writes waiting: 503 while it is so, and nothing acknowledged that is not there', async () => {
    const proxy = await startProxyProcess(named(), amazon, {}, { commitTimeoutSeconds: 1 });
    const messages = makeMessages(40);
    await admin.query('BEGIN');
    await admin.query(`LOCK TABLE ${schema()}.inbox IN ACCESS EXCLUSIVE MODE`);
    const waiting = send(proxy.url, messages.slice(0, 10), 10);
    await endConnections();
    await waiting;
    await admin.query('ROLLBACK');
    expect(messages.slice(0, 10).filter(({ status }) => status === 200)).toEqual([]);
    await sendUntilTaken(proxy.url, messages);
    proxy.child.kill('SIGTERM');
    await proxy.end;
    expect((await readStore(store.settings)).messages).toHaveLength(40);
  });

  test.each<[string, (queries: Queries) => Promise<unknown>]>([
    ['before the first statement', () => endConnections()],
    ['after a statement', (queries) => queries.query('SELECT 1').then(() => endConnections())],
  ])('ends a connection %s of a transaction: that is undone, and the next one works', async (_, fail) => {
    const database = await openDatabase(named());
    await database.query('CREATE TABLE thing (id INTEGER)');
    const failing = database.transaction(async (queries) => {
      await fail(queries);
      await queries.query('INSERT INTO thing VALUES (1)');
    });
    await expect(failing).rejects.toMatchObject({ code: 'unavailable' });
    await database.transaction((queries) => queries.query('INSERT INTO thing VALUES (2)'));
    expect(await database.query('SELECT id FROM thing')).toEqual([{ id: 2 }]);
    await database.close();
  });

  test('has no connection left: those that cannot have one in time are told so', async () => {
    const database = await openDatabase(named());
    let free: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (free = resolve));
    // More than this pool has, which is 4.
    const holding = Array.from({ length: 4 }, () => database.transaction(() => held));
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'unavailable' });
    free();
    await Promise.all(holding);
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
  });

  test('is read-only: unavailable, not a mistake of this program', async () => {
    const database = await openDatabase(named());
    const writing = database.transaction(async (queries) => {
      await queries.query('SET TRANSACTION READ ONLY');
      await queries.query(`INSERT INTO setting VALUES ('a', 'b', 0)`);
    });
    await expect(writing).rejects.toMatchObject({ code: 'unavailable' });
    await database.close();
  });

  test('loses the answer to a commit: 503, and the message that comes again is its duplicate', async () => {
    const proxy = await startProxyProcess(named(), amazon, {}, { commitTimeoutSeconds: 1 });
    const messages = makeMessages(1);
    await admin.query('BEGIN');
    await admin.query(`LOCK TABLE ${schema()}.inbox IN ACCESS EXCLUSIVE MODE`);
    await send(proxy.url, messages);
    expect(countByStatus(messages)).toEqual({ 503: 1 });
    await admin.query('ROLLBACK');
    await sendUntilTaken(proxy.url, messages);
    proxy.child.kill('SIGTERM');
    await proxy.end;
    expect((await readStore(store.settings)).messages).toHaveLength(1);
  });
});
