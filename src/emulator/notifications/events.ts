import type { Charge, Dispute, Order, Refund, TableName, ProviderCredit, ProviderCreditReversal } from '../ledger/rows';
import { captureStatuses, type OrderStatus } from '../ledger/statuses';
import type { Change } from '../ledger/store';

/** Something that the merchant is told. */
export type Event =
  | { readonly about: 'order'; readonly row: Order }
  | { readonly about: 'attributes'; readonly row: Order; readonly changed: ChangedAttributes }
  | { readonly about: 'authorization'; readonly row: Charge }
  | { readonly about: 'capture'; readonly row: Charge }
  | { readonly about: 'charge'; readonly row: Charge }
  | { readonly about: 'refund'; readonly row: Refund }
  | { readonly about: 'dispute'; readonly row: Dispute }
  | { readonly about: 'credit'; readonly row: ProviderCredit }
  | { readonly about: 'creditReversal'; readonly row: ProviderCreditReversal };

/** What v2 can be told about: it has no credits of providers. */
export type V2Event = Exclude<Event, { about: 'credit' | 'creditReversal' }>;

/** What a buyer changed of an order (facts: ipn.md section 2, EventType). */
export type ChangedAttributes = 'PaymentMethodUpdated' | 'AddressUpdated' | 'AddressAndPaymentMethodUpdated';

interface Net<Row> {
  readonly before: Row | undefined;
  readonly after: Row;
}

/** What a transaction did to each row as a whole: the steps between are nobody's business. */
function netChanges<Row>(changes: readonly Change[], table: TableName): readonly Net<Row>[] {
  const rows = new Map<string, Net<Row>>();
  for (const change of changes) {
    if (change.table !== table || change.after === undefined) continue;
    const first = rows.get(change.after.id);
    const before = first === undefined ? (change.before as Row | undefined) : first.before;
    rows.set(change.after.id, { before, after: change.after as Row });
  }
  return [...rows.values()];
}

const hasMoved = <Row extends { readonly status: string }>({ before, after }: Net<Row>): boolean =>
  before?.status !== after.status;

/**
 * Statuses of a Charge Permission that v2 tells about (facts: ipn.md section 3): the payment method, the buyer, Amazon.
 * What the merchant did is not among them.
 */
const toldByV2: ReadonlySet<OrderStatus> = new Set([
  'open',
  'suspended',
  'amazonCanceled',
  'amazonClosed',
  'buyerClosed',
  'expired',
]);

/** Legacy tells about every status but those of a draft, and of a payment once it is decided. */
function legacyEvents(changes: readonly Change[]): readonly Event[] {
  const charges = netChanges<Charge>(changes, 'charges').filter(hasMoved);
  return [
    ...charges
      .filter(({ after }) => after.status !== 'pending')
      .map(({ after: row }) => ({ about: 'authorization', row }) as const),
    ...charges
      .filter(({ after }) => (captureStatuses[after.status]?.state ?? 'Pending') !== 'Pending')
      .map(({ after: row }) => ({ about: 'capture', row }) as const),
    ...netChanges<Refund>(changes, 'refunds')
      .filter((net) => hasMoved(net) && net.after.status !== 'pending')
      .map(({ after: row }) => ({ about: 'refund', row }) as const),
    ...netChanges<Order>(changes, 'orders')
      .filter((net) => hasMoved(net) && net.after.status !== 'draft')
      .map(({ after: row }) => ({ about: 'order', row }) as const),
    ...attributeEvents(changes),
    ...disputeEvents(changes),
    ...netChanges<ProviderCredit>(changes, 'credits').map(({ after: row }) => ({ about: 'credit', row }) as const),
    ...netChanges<ProviderCreditReversal>(changes, 'creditReversals').map(
      ({ after: row }) => ({ about: 'creditReversal', row }) as const,
    ),
  ];
}

function changedAttributes({ before, after }: Net<Order>): ChangedAttributes | null {
  const [card, address] = [before?.card !== after.card, before?.address !== after.address];
  if (card && address) return 'AddressAndPaymentMethodUpdated';
  if (card) return 'PaymentMethodUpdated';
  return address ? 'AddressUpdated' : null;
}

/**
 * The buyer changed the address or the payment method of something confirmed. When its state changes with that, the state is
 * what is told. Legacy documents this, v2 names ATTRIBUTE_CHANGE and not when it is sent (facts: ipn.md section 3): that it is
 * sent for the same changes is our choice.
 */
const attributeEvents = (changes: readonly Change[]): readonly V2Event[] =>
  netChanges<Order>(changes, 'orders').flatMap((net) => {
    const changed = net.before === undefined || hasMoved(net) ? null : changedAttributes(net);
    const { after: row } = net;
    return changed === null || row.status === 'draft' ? [] : [{ about: 'attributes', row, changed } as const];
  });

const disputeEvents = (changes: readonly Change[]): readonly V2Event[] =>
  netChanges<Dispute>(changes, 'disputes')
    .filter(hasMoved)
    .map(({ after: row }) => ({ about: 'dispute', row }) as const);

function v2Events(changes: readonly Change[]): readonly V2Event[] {
  return [
    ...netChanges<Charge>(changes, 'charges')
      .filter(hasMoved)
      .map(({ after: row }) => ({ about: 'charge', row }) as const),
    ...netChanges<Refund>(changes, 'refunds')
      .filter((net) => hasMoved(net) && net.after.status !== 'pending')
      .map(({ after: row }) => ({ about: 'refund', row }) as const),
    ...netChanges<Order>(changes, 'orders')
      // An order of a single charge of an agreement is none to v2; neither is a new one news.
      .filter((net) => net.before !== undefined && hasMoved(net) && toldByV2.has(net.after.status))
      .filter(({ after }) => after.agreementId === null)
      .map(({ after: row }) => ({ about: 'order', row }) as const),
    ...attributeEvents(changes),
    ...disputeEvents(changes),
  ];
}

export type Format = 'matching' | 'v1' | 'v2' | 'both';

/** The events of a transaction in each format. `matching`: in that of the API that made the object. */
export function eventsOf(
  changes: readonly Change[],
  format: Format,
): { readonly v1: readonly Event[]; readonly v2: readonly V2Event[] } {
  const v1 = format === 'v2' ? [] : legacyEvents(changes);
  const v2 = format === 'v1' ? [] : v2Events(changes);
  if (format !== 'matching') return { v1, v2 };
  // The refund of a charge is told in the format of the charge: both hang on one order.
  return { v1: v1.filter(({ row }) => row.madeBy === 'legacy'), v2: v2.filter(({ row }) => row.madeBy === 'v2') };
}
