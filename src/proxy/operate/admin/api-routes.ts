import { z } from 'zod';
import { modes } from '../../modes/mode';
import type { Database } from '../../store/database';
import { findMessage } from '../../store/inbox';
import { listMessages, listOrders } from '../../store/listings';
import { readOrderHistory } from '../../store/order-history';
import type { Operations } from '../operations';
import { AdminError, json, type Reply } from './reply';
import type { Route } from './serve-admin';

const MAX_ROWS = 1000;

const pageQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(100),
  id: z.string().max(200).optional(),
  show: z.enum(['all', 'aside', 'v1', 'v2']).optional(),
  signature: z.string().max(1000).optional(),
  open: z.literal('1').optional(),
});
const readQuery = (query: URLSearchParams) => pageQuery.parse(Object.fromEntries(query));

const whoAndWhy = { who: z.string().trim().min(1).max(200), why: z.string().trim().min(1).max(1000) };
const time = z.union([z.number().int(), z.iso.datetime({ offset: true }).transform((at) => Date.parse(at))], {
  error: 'is no time: 2026-11-26T08:00:00Z, or milliseconds since 1970',
});
const modeBody = z
  .strictObject({
    mode: z.enum(modes),
    sharePercent: z.number().min(0).max(100).optional(),
    force: z.boolean().optional(),
    since: time.optional(),
    ...whoAndWhy,
  })
  .transform(({ mode: to, ...change }) => ({ to, ...change }));
const ids = z.array(z.number().int().positive()).min(1).max(10_000);
const period = { since: time.optional(), until: time.optional() };
const about = {
  side: z.enum(['legacy', 'migrated']).optional(),
  orderKey: z.string().min(1).max(100).optional(),
  notificationType: z.string().min(1).max(100).optional(),
};
const replayBody = z.strictObject({
  filter: z.strictObject({ inboxIds: ids.optional(), ...about, ...period }),
  dryRun: z.boolean().default(true),
  confirm: z.boolean().default(false),
  ratePerSecond: z.number().positive().max(1000).optional(),
  ...whoAndWhy,
});
const because = z.string().max(100).optional();
const redriveBody = z.strictObject({
  filter: z.strictObject({ jobIds: ids.optional(), reason: because, ...about, ...period }),
  ...whoAndWhy,
});
const quarantineBody = z.strictObject({
  filter: z.strictObject({ inboxIds: ids.optional(), reason: because, ...period }),
  ...whoAndWhy,
});
const moveBody = z.strictObject({ side: z.enum(['legacy', 'migrated']), ...whoAndWhy });
const idsQuery = z
  .string()
  .max(100_000)
  .transform((text) => text.split(',').map(Number))
  .pipe(ids)
  .optional();
const periodQuery = { since: z.coerce.number().int().optional(), until: z.coerce.number().int().optional() };
const deadLetterQuery = z.object({ jobIds: idsQuery, reason: because, ...about, ...periodQuery });
const quarantineQuery = z.object({ inboxIds: idsQuery, reason: because, ...periodQuery });
const verifyQuery = z.object({
  head: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  after: z.coerce.number().int().min(0).default(0),
  full: z.literal('1').optional(),
});
const resolveBody = z.strictObject({ signature: z.string().min(1).max(1000), ...whoAndWhy });

/** What scripts and the dashboard ask for, as JSON. */
export function createApiRoutes(database: Database, operations: Operations): readonly Route[] {
  return [...listRoutes(database, operations), ...actionRoutes(operations)];
}

const get = (path: RegExp, answer: Route['answer']): Route => ({ method: 'GET', path, answer });
const post = (path: RegExp, answer: Route['answer']): Route => ({ method: 'POST', path, answer });

function listRoutes(database: Database, operations: Operations): readonly Route[] {
  return [
    get(/^\/api\/status$/, async () => json(await operations.status())),
    get(/^\/api\/messages$/, async ({ query }) => json({ messages: await listMessages(database, readQuery(query)) })),
    get(/^\/api\/messages\/(\d{1,15})\/body$/, async (_, id) => {
      const message = await findMessage(database, Number(id));
      if (message === null) throw new AdminError(404, 'not-found', `There is no message ${id}.`);
      // Never shown as what it says it is: it may be anything, and is for saving.
      return {
        status: 200,
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          'content-disposition': `attachment; filename="message-${Number(id)}.txt"`,
        },
        body: message.body,
      };
    }),
    get(/^\/api\/orders$/, async ({ query }) => json({ orders: await listOrders(database, readQuery(query)) })),
    get(/^\/api\/orders\/([^/]{1,200})$/, async (_, orderKey = '') => {
      const history = await readOrderHistory(database, orderKey);
      if (history === null) throw new AdminError(404, 'not-found', `Nothing is known of an order "${orderKey}".`);
      return json(history);
    }),
    get(/^\/api\/divergences\/groups$/, async () => json({ groups: await operations.divergenceGroups() })),
    get(/^\/api\/divergences$/, async ({ query }) => {
      const { open, ...filter } = readQuery(query);
      return json({ divergences: await operations.divergences({ ...filter, ...(open && { isOpen: true }) }) });
    }),
    get(/^\/api\/dead-letters$/, async ({ query }) =>
      json({
        deadLetters: await operations.deadLetters(deadLetterQuery.parse(Object.fromEntries(query)), readQuery(query)),
      }),
    ),
    get(/^\/api\/quarantine$/, async ({ query }) =>
      json({
        quarantined: await operations.quarantined(quarantineQuery.parse(Object.fromEntries(query)), readQuery(query)),
      }),
    ),
    get(/^\/api\/replays$/, async () => json({ replays: await operations.replays() })),
    get(/^\/api\/verify\/audit$/, async ({ query }) =>
      json(await operations.verifyAudit(verifyQuery.parse(Object.fromEntries(query)).head)),
    ),
    get(/^\/api\/verify\/messages$/, async ({ query }) =>
      json(await operations.verifyMessages(verifyQuery.parse(Object.fromEntries(query)).after)),
    ),
    get(/^\/api\/verify\/store$/, async ({ query }) =>
      json(await operations.verifyStore(verifyQuery.parse(Object.fromEntries(query)).full !== undefined)),
    ),
    get(/^\/api\/audit$/, async () => json(await operations.audit())),
    get(/^\/api\/evidence$/, async ({ query }) =>
      json(
        await operations.evidence(
          z.coerce
            .number()
            .int()
            .min(0)
            .parse(query.get('since') ?? 0),
        ),
      ),
    ),
  ];
}

function actionRoutes(operations: Operations): readonly Route[] {
  return [
    post(/^\/api\/mode$/, async ({ body }) => json(await operations.changeMode(modeBody.parse(body)))),
    post(/^\/api\/replay$/, async ({ body }) => json(await operations.replay(replayBody.parse(body)))),
    post(/^\/api\/replays\/([0-9a-f]{16})\/cancel$/, async ({ body }, id = '') => {
      if (!(await operations.cancelReplay(id, z.strictObject(whoAndWhy).parse(body))))
        throw new AdminError(404, 'not-found', `No replay ${id} runs.`);
      return json({ cancelled: id });
    }),
    post(/^\/api\/dead-letters\/redrive$/, async ({ body }) => {
      const { filter, ...reason } = redriveBody.parse(body);
      return json(await operations.redrive(filter, reason));
    }),
    post(/^\/api\/dead-letters\/settle$/, async ({ body }) => {
      const { filter, ...reason } = redriveBody.parse(body);
      return json({ settled: await operations.settleDeadLetters(filter, reason) });
    }),
    post(/^\/api\/quarantine\/settle$/, async ({ body }) => {
      const { filter, ...reason } = quarantineBody.parse(body);
      return json({ settled: await operations.settleQuarantine(filter, reason) });
    }),
    post(/^\/api\/quarantine\/again$/, async ({ body }) => {
      const { filter, ...reason } = quarantineBody.parse(body);
      return json(await operations.lookAgain(filter, reason));
    }),
    post(/^\/api\/orders\/([^/]{1,200})\/side$/, async ({ body }, orderKey = '') => {
      const { side, ...reason } = moveBody.parse(body);
      const isMoved = await operations.moveOrder({ orderKey, to: side, ...reason });
      return json({ orderKey, side, isMoved });
    }),
    post(/^\/api\/divergences\/(\d{1,15})\/resolve$/, async ({ body }, id) =>
      resolved(await operations.resolve({ id: Number(id) }, z.strictObject(whoAndWhy).parse(body))),
    ),
    post(/^\/api\/divergences\/resolve$/, async ({ body }) => {
      const { signature, ...reason } = resolveBody.parse(body);
      return resolved(await operations.resolve({ signature }, reason));
    }),
  ];
}

function resolved(count: number): Reply {
  if (count === 0) throw new AdminError(404, 'not-found', 'There is no such difference that is open.');
  return json({ resolved: count });
}
