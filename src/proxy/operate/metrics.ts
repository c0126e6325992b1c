import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Observer } from '../observer';
import { alerts } from './alerts';

const seconds = (milliseconds: number): number => milliseconds / 1000;
const ackBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15];
const forwardBuckets = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 5, 10];

/** Gauges that are read from the store when somebody asks for the metrics. */
export interface StoreGauges {
  readonly openJobs: readonly { readonly kind: string; readonly count: number; readonly oldestMs: number }[];
  readonly deadLetters: number;
  readonly quarantined: number;
  readonly pendingVerification: number;
  readonly outOfTime: number;
  readonly openMismatches: number;
  readonly v2AtLegacy: number;
  readonly untold: { readonly refused: number; readonly notFound: number };
  readonly clockSkewMs: number;
}

export interface Metrics {
  readonly observer: Observer;
  /** The metrics in the text format of Prometheus; without those of the store where that does not answer. */
  render(gauges: StoreGauges | null): Promise<string>;
  readonly contentType: string;
}

/** Counts what happens. Every label is a word of a closed list: no id, no text of a message. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name: `amazon_pay_proxy_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const histogram = (name: string, help: string, buckets: readonly number[], labelNames: readonly string[] = []) =>
    new Histogram({
      name: `amazon_pay_proxy_${name}`,
      help,
      buckets: [...buckets],
      labelNames: [...labelNames],
      registers: [registry],
    });
  const ofStore = new Registry();
  return {
    observer: createCounters(counter, histogram, gaugeIn(registry)),
    contentType: registry.contentType,
    render: createRenderer(registry, ofStore),
  };
}

const gaugeIn =
  (registry: Registry): MakeGauge =>
  (name, help, labelNames = []) =>
    new Gauge({ name: `amazon_pay_proxy_${name}`, help, labelNames: [...labelNames], registers: [registry] });

type MakeCounter = (name: string, help: string, labelNames?: readonly string[]) => Counter;
type MakeHistogram = (
  name: string,
  help: string,
  buckets: readonly number[],
  labelNames?: readonly string[],
) => Histogram;
type MakeGauge = (name: string, help: string, labelNames?: readonly string[]) => Gauge;

function createCounters(counter: MakeCounter, histogram: MakeHistogram, gauge: MakeGauge): Observer {
  const answers = counter('answers_total', 'Answers to Amazon SNS', ['status', 'reason']);
  const ack = histogram('ack_seconds', 'From request to answer', ackBuckets);
  const messages = counter('messages_total', 'Messages stored', ['kind', 'verdict', 'repeated']);
  const rows = histogram('commit_messages', 'Messages of one commit', [1, 2, 4, 8, 16, 32, 64]);
  const verified = counter('verified_later_total', 'Signatures that were checked later', ['verdict']);
  const quarantined = counter('quarantined_total', 'Messages kept aside', ['reason']);
  const forwards = histogram('forward_seconds', 'Answers of the handlers', forwardBuckets, ['side', 'role']);
  const retries = counter('retries_total', 'Work that will be begun again', ['kind', 'failure']);
  const dead = counter('dead_total', 'Work that was given up', ['kind', 'failure']);
  const lostByLegacy = counter('v2_to_legacy_alone_total', 'v2 messages of which only a legacy handler knows', [
    'mode',
  ]);
  const breaker = gauge('breaker_open', '1 while a target is not called', ['target']);
  const amazon = counter('amazon_requests_total', 'GETs to Amazon', ['operation', 'status']);
  const unchanged = counter('unchanged_objects_total', 'GETs that told nothing new', ['operation']);
  const throttled = counter('throttled_total', 'GETs that had to wait', ['operation', 'by']);
  const swept = counter('swept_objects_total', 'Objects asked for by a sweep');
  const compared = counter('comparisons_total', 'Orders compared', ['verdict', 'at_fault']);
  const deletions = counter('deleted_rows_total', 'Rows that retention deleted', ['what']);
  const modes = counter('mode_changes_total', 'Changes of mode', ['to']);
  const writable = gauge('store_writable', '1 while messages can be stored');
  writable.set(1);
  const alerting = gauge('alert', '1 while something must wake somebody', ['alert']);
  for (const alert of alerts) alerting.set({ alert }, 0);
  const failures = counter('failures_total', 'Failures of parts of the proxy', ['part']);
  const nothing = (): void => undefined;
  return {
    acknowledged: ({ status, reason, milliseconds }) => {
      answers.inc({ status: String(status), reason: reason ?? 'none' });
      ack.observe(seconds(milliseconds));
    },
    received: ({ kind, verdict, isNew }) => messages.inc({ kind, verdict, repeated: String(!isNew) }),
    committed: ({ messages: count }) => rows.observe(count),
    verified: ({ verdict }) => verified.inc({ verdict }),
    quarantined: ({ reason }) => quarantined.inc({ reason }),
    delivered: ({ side, role, milliseconds }) => forwards.observe({ side, role }, seconds(milliseconds)),
    retried: ({ kind, failure }) => retries.inc({ kind, failure }),
    dead: ({ kind, failure }) => dead.inc({ kind, failure }),
    superseded: nothing,
    v2ToLegacyAlone: ({ mode }) => lostByLegacy.inc({ mode }),
    breakerChanged: ({ target, state }) => breaker.set({ target }, state === 'closed' ? 0 : 1),
    truthFetched: ({ operation, status, isChanged }) => {
      amazon.inc({ operation, status: `${Math.floor(status / 100)}xx` });
      if (!isChanged) unchanged.inc({ operation });
    },
    throttled: ({ operation, by }) => throttled.inc({ operation, by }),
    swept: ({ objects }) => swept.inc(objects),
    compared: ({ verdict, atFault }) => compared.inc({ verdict, at_fault: atFault ?? 'none' }),
    deleted: ({ what, rows: gone }) => deletions.inc({ what }, gone),
    modeChanged: ({ to }) => modes.inc({ to }),
    alertChanged: ({ alert, isOn }) => alerting.set({ alert }, isOn ? 1 : 0),
    storeChanged: ({ isWritable }) => writable.set(isWritable ? 1 : 0),
    failed: ({ part }) => failures.inc({ part }),
  };
}

function createRenderer(registry: Registry, ofStore: Registry): Metrics['render'] {
  const gauge = gaugeIn(ofStore);
  const open = gauge('open_jobs', 'Work that is to be done', ['kind']);
  const oldest = gauge('oldest_job_seconds', 'Age of the oldest work that is due', ['kind']);
  const deadLetterGauge = gauge('dead_letters', 'Work that was given up and not begun again');
  const aside = gauge('quarantined_messages', 'Messages kept aside');
  const pending = gauge('pending_verification', 'Messages whose signature could not be checked yet');
  const outOfTime = gauge('messages_out_of_time', 'Messages that wait since their time is not that of this machine');
  const mismatches = gauge('open_mismatches', 'Differences that nobody has resolved');
  const atLegacy = gauge('v2_orders_at_legacy', 'Orders of v2 whose messages only the legacy handler gets');
  const untold = gauge('untold_objects', 'Objects of messages of which Amazon does not tell', ['problem']);
  const skew = gauge('clock_skew_seconds', "How far the store's clock is ahead of this machine's");
  return async (gauges) => {
    // What was read before is not told as if it were so now.
    if (gauges === null) return registry.metrics();
    open.reset();
    oldest.reset();
    for (const { kind, count, oldestMs } of gauges.openJobs) {
      open.set({ kind }, count);
      oldest.set({ kind }, seconds(oldestMs));
    }
    deadLetterGauge.set(gauges.deadLetters);
    aside.set(gauges.quarantined);
    pending.set(gauges.pendingVerification);
    outOfTime.set(gauges.outOfTime);
    mismatches.set(gauges.openMismatches);
    atLegacy.set(gauges.v2AtLegacy);
    untold.set({ problem: 'refused' }, gauges.untold.refused);
    untold.set({ problem: 'not-found' }, gauges.untold.notFound);
    skew.set(seconds(gauges.clockSkewMs));
    return `${await registry.metrics()}${await ofStore.metrics()}`;
  };
}
