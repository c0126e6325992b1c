import pino, { type DestinationStream, type Logger } from 'pino';
import type { Observer } from '../observer';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** One JSON object a line, on stdout. What is logged is named here, field by field: never a body, a header or a secret. */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'message' };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Name, code and message of an error, and of what caused it. No stack: it tells paths, and the code tells the place. */
function describeError(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { error: 'unknown' };
  const { code } = error as { code?: unknown };
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    errorMessage: error.message.slice(0, 500),
  };
}

/** Writes what happens into the log. */
export function createLogObserver(log: Logger): Observer {
  return {
    acknowledged: ({ status, reason, milliseconds }) =>
      log[status < 300 ? 'debug' : 'warn']({ event: 'acknowledged', status, reason, milliseconds }),
    received: ({ inboxId, messageId, kind, verdict, isNew, objectId }) =>
      log.info({ event: 'received', inboxId, messageId, kind, verdict, isNew, objectId }),
    committed: ({ messages, milliseconds }) => log.debug({ event: 'committed', messages, milliseconds }),
    verified: ({ inboxId, verdict, reason }) => log.info({ event: 'verified', inboxId, verdict, reason }),
    quarantined: ({ inboxId, reason }) => log.warn({ event: 'quarantined', inboxId, reason }),
    delivered: ({ jobId, side, role, status, attempts, milliseconds }) =>
      log.info({ event: 'delivered', jobId, side, role, status, attempts, milliseconds }),
    retried: ({ jobId, kind, failure, attempts, runAt }) =>
      log.warn({ event: 'retried', jobId, kind, failure, attempts, runAt: new Date(runAt).toISOString() }),
    dead: ({ jobId, kind, failure, attempts }) => log.error({ event: 'dead', jobId, kind, failure, attempts }),
    superseded: ({ jobId, kind, reason }) => log.debug({ event: 'superseded', jobId, kind, reason }),
    v2ToLegacyAlone: ({ jobId, inboxId, mode }) => log.warn({ event: 'v2-to-legacy-alone', jobId, inboxId, mode }),
    breakerChanged: ({ target, state }) =>
      log[state === 'closed' ? 'info' : 'warn']({ event: 'breaker-changed', target, state }),
    truthFetched: ({ objectId, operation, status, isChanged, milliseconds }) =>
      log.debug({ event: 'truth-fetched', objectId, operation, status, isChanged, milliseconds }),
    throttled: ({ operation, by, waitMs }) => log.info({ event: 'throttled', operation, by, waitMs }),
    swept: ({ objects, cause }) => log.info({ event: 'swept', objects, cause }),
    compared: ({ orderKey, verdict, atFault, milliseconds }) =>
      log[verdict === 'mismatch' || verdict === 'both-failed' ? 'warn' : 'info']({
        event: 'compared',
        orderKey,
        verdict,
        atFault,
        milliseconds,
      }),
    deleted: ({ what, rows, before }) =>
      log.info({ event: 'deleted', what, rows, before: new Date(before).toISOString() }),
    modeChanged: ({ from, to, who }) => log.warn({ event: 'mode-changed', from, to, who }),
    alertChanged: ({ alert, isOn, value }) => log[isOn ? 'error' : 'info']({ event: 'alert', alert, isOn, value }),
    storeChanged: ({ isWritable, reason }) =>
      log[isWritable ? 'info' : 'error']({ event: 'store-changed', isWritable, reason }),
    failed: ({ part, error }) => log.error({ event: 'failed', part, ...describeError(error) }),
  };
}
