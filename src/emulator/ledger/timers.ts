import { LedgerError } from './ledger-error';
import { decide, type Outcome } from './charges';
import { resolveDispute } from './disputes';
import { canOrder, stepCharge, stepOrder, type Posting } from './posting';
import { grantCredits } from './provider-credits';
import { decideRefund } from './refunds';
import { finishReport, runReportSchedule } from './reports';
import type { Timer } from './rows';
import { stepSession } from './sessions';

type Handler = (posting: Posting, target: string) => void;

const order =
  (event: 'turnStale' | 'expire' | 'repair'): Handler =>
  (posting, id) => {
    const row = posting.store.get('orders', id);
    if (row !== undefined && canOrder(row, event)) stepOrder(posting, row, event);
  };

const charge =
  (event: 'expire' | 'finishCapture' | 'rejectCapture' | 'cancelByAmazon'): Handler =>
  (posting, id) => {
    const row = posting.store.get('charges', id);
    if (row === undefined) return;
    grantCredits(posting, stepCharge(posting, row, event, event === 'rejectCapture' ? { captured: null } : {}));
  };

const decision =
  (outcome: Outcome): Handler =>
  (posting, id) => {
    const row = posting.store.get('charges', id);
    if (row?.status === 'pending') decide(posting, row, outcome);
  };

const refund =
  (outcome: 'finish' | 'reject'): Handler =>
  (posting, id) => {
    const row = posting.store.get('refunds', id);
    if (row !== undefined) decideRefund(posting, row, outcome);
  };

/** An agreement ends 13 months after its last charge: a younger charge has set a timer of its own. */
const expireUnused: Handler = (posting, id) => {
  const row = posting.store.get('orders', id);
  const lastId = row?.chargeIds.at(-1);
  const last = lastId === undefined ? row?.createdAt : posting.store.get('charges', lastId)?.createdAt;
  if (row === undefined || last === undefined) return;
  const end = new Date(last);
  end.setUTCMonth(end.getUTCMonth() + 13);
  if (end.getTime() <= posting.now && canOrder(row, 'expire')) stepOrder(posting, row, 'expire');
};

/** What timers do, by the name they were set with. */
const handlers: Readonly<Record<string, Handler>> = {
  'order.turnStale': order('turnStale'),
  'order.expire': order('expire'),
  'order.repair': order('repair'),
  'order.expireUnused': expireUnused,
  'charge.expire': charge('expire'),
  'charge.cancelByAmazon': charge('cancelByAmazon'),
  'charge.authorize': decision('authorize'),
  'charge.declineSoft': decision('declineSoft'),
  'charge.declineHard': decision('declineHard'),
  'charge.reject': decision('reject'),
  'charge.timeOut': decision('timeOut'),
  'capture.finish': charge('finishCapture'),
  'capture.reject': charge('rejectCapture'),
  'refund.finish': refund('finish'),
  'refund.reject': refund('reject'),
  'session.expire': (posting, id) => {
    const row = posting.store.get('sessions', id);
    if (row?.status === 'open') stepSession(posting, row, 'expire');
  },
  'dispute.expire': (posting, id) => resolveDispute(posting, id, 'nobody came'),
  'report.finish': finishReport,
  'report.runSchedule': runReportSchedule,
};

/** Whether the ledger knows what to do; others may set timers of their own. */
export const isLedgerTimer = ({ event }: Timer): boolean => event in handlers;

/** Lets a timer do what it was set for. What can no longer happen to its object does not happen. */
export function fire(posting: Posting, timer: Timer): void {
  posting.store.remove('timers', timer.id);
  try {
    handlers[timer.event]?.(posting, timer.target);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
}
