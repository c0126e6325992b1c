import { writeAmount, type Money } from './money';
import type { Charge, Instant, Order, Refund, Report } from './rows';
import { captureStatuses, chargeStatuses, orderStatuses, refundStatuses } from './statuses';
import type { Store } from './store';

type Cells = readonly (string | null)[];
interface Table {
  readonly names: readonly string[];
  readonly rows: (store: Store, report: Report) => Iterable<Cells>;
}

const time = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());
const money = (amount: Money | null): Cells =>
  amount === null ? [null, null] : [writeAmount(amount), amount.currency];

/** What happened in the environment and the time of a report. */
function within<Row extends { environment: string; createdAt: Instant }>(
  rows: Iterable<Row>,
  { environment, startTime, endTime }: Report,
): Row[] {
  return [...rows].filter(
    (row) => row.environment === environment && row.createdAt >= startTime && row.createdAt <= endTime,
  );
}

const orders = (isAgreement: boolean): Table => ({
  names: ['Id', 'SellerOrderId', 'Amount', 'Currency', 'State', 'CreatedAt'],
  rows: (store, report) =>
    within(store.all('orders'), report)
      .filter(({ type }) => (type !== 'OneTime') === isAgreement)
      .map((order: Order) => [
        order.id,
        order.metadata.merchantReferenceId,
        ...money(order.total),
        orderStatuses[order.status].legacy.state,
        time(order.createdAt),
      ]),
});

const charges = (isCapture: boolean): Table => ({
  names: ['Id', 'OrderId', 'ReferenceId', 'Amount', 'Currency', 'State', 'CreatedAt'],
  rows: (store, report) =>
    within(store.all('charges'), report)
      .filter(({ captured }) => !isCapture || captured !== null)
      .map((charge: Charge) => [
        charge.id,
        charge.orderId,
        isCapture ? charge.captureReference : charge.reference,
        ...money(isCapture ? charge.captured : charge.amount),
        (isCapture ? captureStatuses[charge.status]?.state : chargeStatuses[charge.status].legacy.state) ?? null,
        time(isCapture ? charge.capturedAt : charge.createdAt),
      ]),
});

const refunds: Table = {
  names: ['Id', 'CaptureId', 'ReferenceId', 'Amount', 'Currency', 'State', 'CreatedAt'],
  rows: (store, report) =>
    within(store.all('refunds'), report).map((refund: Refund) => [
      refund.id,
      refund.chargeId,
      refund.reference,
      ...money(refund.amount),
      refundStatuses[refund.status].legacy.state,
      time(refund.createdAt),
    ]),
};

/** Captures and refunds in one: what came and what went. */
const settlement: Table = {
  names: ['Transaction', ...refunds.names],
  rows: (store, report) => [
    ...[...charges(true).rows(store, report)].map((cells) => ['Capture', ...cells]),
    ...[...refunds.rows(store, report)].map((cells) => ['Refund', ...cells]),
  ],
};

const tables: readonly (readonly [RegExp, Table])[] = [
  [/_ORDER_REFERENCE_/, orders(false)],
  [/_BILLING_AGREEMENT_/, orders(true)],
  [/_AUTHORIZATION_/, charges(false)],
  [/_CAPTURE_/, charges(true)],
  [/_REFUND_/, refunds],
];

const cell = (text: string | null): string => `"${(text ?? '').replaceAll('"', '""')}"`;

/** A report as a flat file. The facts do not say which columns Amazon's have: these are ours. */
export function writeReport(store: Store, report: Report): string {
  const { names, rows } = tables.find(([pattern]) => pattern.test(report.type))?.[1] ?? settlement;
  return [names, ...rows(store, report)].map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}
