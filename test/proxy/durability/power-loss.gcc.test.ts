import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openDatabase } from '../../../src/proxy/store/open-database';
import { startCertificateServer } from '../../amazon-pay/certificate-server';
import { certificateOf } from '../receive/messages';
import { post } from '../receive/receiving';
import { makeMessages, startProxyProcess } from './proxy-process';
import { readStore } from './read-store';
import { compileSystemCalls, readRecord, type DiskChange } from './system-calls';

const SECTOR = 512;

/** A generator of numbers that are the same every time (https://en.wikipedia.org/wiki/Xorshift). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function apply(file: Buffer, { kind, offset, data }: DiskChange): Buffer {
  if (kind === 'truncate') {
    const cut = Buffer.alloc(offset);
    file.copy(cut);
    return cut;
  }
  const longer =
    file.length >= offset + data.length
      ? file
      : Buffer.concat([file, Buffer.alloc(offset + data.length - file.length)]);
  data.copy(longer, offset);
  return longer;
}

/** Sectors of a write, of which a disk without power may have written any. */
const sectorsOf = (change: DiskChange): readonly DiskChange[] =>
  change.kind !== 'write'
    ? [change]
    : Array.from({ length: Math.ceil(change.data.length / SECTOR) }, (_, index) => ({
        ...change,
        offset: change.offset + index * SECTOR,
        data: change.data.subarray(index * SECTOR, (index + 1) * SECTOR),
      }));

/**
 * What is on the disk when the power goes after so many changes: all that was synced, and of the rest what `isKept` says.
 * A file whose removal was not followed by a sync may be there still; a new one is there when it was synced.
 */
function imageOf(changes: readonly DiskChange[], count: number, isKept: () => boolean): ReadonlyMap<string, Buffer> {
  const durable = new Map<string, Buffer>();
  const open = new Map<string, DiskChange[]>();
  const settle = (path: string, some: readonly DiskChange[]): void => {
    let file: Buffer = Buffer.from(durable.get(path) ?? Buffer.alloc(0));
    for (const change of some) file = apply(file, change);
    durable.set(path, file);
  };
  for (const change of changes.slice(0, count)) {
    const { path, kind } = change;
    if (kind === 'sync') {
      if (open.has(path)) settle(path, open.get(path) ?? []);
      open.delete(path);
    } else if (kind === 'remove') {
      open.delete(path);
      durable.delete(path);
    } else open.set(path, [...(open.get(path) ?? []), change]);
  }
  for (const [path, some] of open) {
    const kept = some.flatMap(sectorsOf).filter(isKept);
    if (durable.has(path) || kept.length > 0) settle(path, kept);
  }
  return durable;
}

describe('a machine that loses its power', () => {
  test('at any write has kept what was acknowledged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'power-loss-'));
    const record = join(folder, 'record');
    const amazon = await startCertificateServer();
    const certificate = await certificateOf();
    amazon.answer = (_, response) => void response.end(certificate);
    const settings = { driver: 'sqlite' as const, path: join(folder, 'disk/proxy.db') };
    mkdirSync(join(folder, 'disk'));
    const proxy = await startProxyProcess(settings, amazon, {
      LD_PRELOAD: compileSystemCalls(folder),
      PROXY_DISK_FILES: 'disk/proxy.db',
      PROXY_DISK_RECORD: record,
    });
    // Enough that the log is copied into the file, and begun again, while they come.
    const messages = makeMessages(400);
    const acknowledgedAt = new Map<string, number>();
    for (let first = 0; first < messages.length; first += 4)
      await Promise.all(
        messages.slice(first, first + 4).map(async ({ id, body }) => {
          expect(await post(proxy.url, body)).toMatchObject({ status: 200 });
          acknowledgedAt.set(id, statSync(record).size);
        }),
      );
    proxy.child.kill('SIGKILL');
    await proxy.end;
    const changes = readRecord(readFileSync(record));
    const checkpoints = changes.filter(({ kind, path }) => kind === 'sync' && path.endsWith('proxy.db'));
    expect(checkpoints.length).toBeGreaterThan(1);
    const random = seededRandom(20260115);
    for (let round = 0; round < 60; round += 1) {
      const count = 1 + Math.floor(random() * changes.length);
      // Nothing that was not synced, half of it, or all of it.
      const share = (round % 3) / 2;
      const image = imageOf(changes, count, () => random() < share);
      const crashed = join(folder, `crash-${round}`);
      mkdirSync(crashed);
      for (const [path, bytes] of image) writeFileSync(join(crashed, basename(path)), bytes);
      const path = join(crashed, 'proxy.db');
      const database = await openDatabase({ driver: 'sqlite', path });
      await database.close();
      const { messages: stored } = await readStore({ driver: 'sqlite', path });
      const bodies = new Map(stored.map(({ messageId, sha256 }) => [messageId, sha256]));
      const end = changes[count - 1]?.end ?? 0;
      const isAcknowledged = (id: string): boolean => (acknowledgedAt.get(id) ?? Infinity) <= end;
      const lost = messages.filter(({ id, sha256 }) => isAcknowledged(id) && bodies.get(id) !== sha256).length;
      expect({ round, count, lost }).toEqual({ round, count, lost: 0 });
      rmSync(crashed, { recursive: true });
    }
    await amazon.close();
    rmSync(folder, { recursive: true });
    // Sixty crashes take two minutes of processor time, and four where another suite runs beside them.
  }, 600_000);

  test('would be seen to lose messages, were they acknowledged before the fsync', () => {
    const write = { kind: 'write' as const, path: 'proxy.db-wal', offset: 0, data: Buffer.from('message'), end: 20 };
    const sync = { ...write, kind: 'sync' as const, data: Buffer.alloc(0), end: 40 };
    expect(imageOf([write, sync], 1, () => false).size).toBe(0);
    expect(
      imageOf([write, sync], 2, () => false)
        .get('proxy.db-wal')
        ?.toString(),
    ).toBe('message');
  });
});
