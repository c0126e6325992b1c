import { limits } from '../../catalog/limits';
import { findBuyer } from '../ledger/buyers';
import { LedgerError } from '../ledger/ledger-error';
import { DAY, find } from '../ledger/posting';
import type { Session } from '../ledger/rows';
import { completeSession, createSession, updateSession, type CompleteInput } from '../ledger/sessions';
import { readMoney } from '../ledger/money';
import type { Call } from './operation';
import { errorReply, V2Error, type Reply } from './reply';
import { completeSessionBody, createSessionBody, finalizeSessionBody, parseBody, updateSessionBody } from './schemas';
import { readSimulation } from './simulation';
import { viewFinalized, viewSession } from './view-session';
import { viewBuyer } from './views';

/** Amazon deletes sessions 30 days after they were made (facts: states.md section 2). */
function findSession({ posting, environment, id }: Call): Session {
  const session = find(posting, 'sessions', id, environment, 'SessionNotFound');
  if (posting.now - session.createdAt > limits.buyerDataDays * DAY)
    throw new LedgerError('SessionNotFound', `There is no checkout session ${id}.`);
  return session;
}

/** Amounts are checked when they are set, not when money moves. */
export function checkPaymentDetails(details: Session['request']['paymentDetails']): void {
  for (const name of ['chargeAmount', 'totalOrderAmount'] as const) {
    const price = details?.[name];
    if (price != null) readMoney(price.amount, price.currencyCode, `paymentDetails.${name}`);
  }
  if (
    details?.softDescriptor != null &&
    details.paymentIntent != null &&
    details.paymentIntent !== 'AuthorizeWithCapture'
  )
    throw new V2Error('InvalidParameterCombination', 'softDescriptor needs paymentIntent AuthorizeWithCapture.');
}

export function createSessionOperation(call: Call): Reply {
  const body = parseBody(createSessionBody, call.body);
  checkPaymentDetails(body.paymentDetails);
  const session = createSession(call.posting, call.environment, body);
  return { status: 201, body: viewSession(session, call.origin) };
}

export const getSessionOperation = (call: Call): Reply => ({
  status: 200,
  body: viewSession(findSession(call), call.origin),
});

export function updateSessionOperation(call: Call): Reply {
  const body = parseBody(updateSessionBody, call.body);
  checkPaymentDetails(body.paymentDetails);
  return { status: 200, body: viewSession(updateSession(call.posting, findSession(call), body), call.origin) };
}

/**
 * Finalize Checkout Session, where the buyer has chosen everything on the page of the shop: it says what is paid. The facts have
 * the body, and the keys of the answer; that the session stays open until Complete is our choice.
 */
export function finalizeSessionOperation(call: Call): Reply {
  const { paymentIntent, canHandlePendingAuthorization, chargeAmount, totalOrderAmount, softDescriptor, ...rest } =
    parseBody(finalizeSessionBody, call.body);
  const details = { paymentIntent, canHandlePendingAuthorization, chargeAmount, totalOrderAmount, softDescriptor };
  const paymentDetails = Object.fromEntries(Object.entries(details).filter(([, value]) => value != null));
  checkPaymentDetails(paymentDetails);
  const session = findSession(call);
  if (session.status === 'open' && session.buyerId === null)
    throw new LedgerError('InvalidCheckoutSessionStatus', `Checkout session ${session.id} has no buyer yet.`);
  const change = Object.fromEntries(Object.entries({ ...rest, paymentDetails }).filter(([, value]) => value != null));
  return { status: 200, body: viewFinalized(updateSession(call.posting, session, change), call.origin) };
}

const completions = ['BuyerCanceled', 'AmazonCanceled', 'Declined', 'AuthorizationInitiated'] as const;

export function completeSessionOperation(call: Call): Reply {
  const body = parseBody(completeSessionBody, call.body);
  const simulation = readSimulation(call, completions) as CompleteInput['simulation'];
  const completion = completeSession(call.posting, findSession(call), { ...body, simulation });
  if (completion.kind === 'canceled')
    return errorReply('CheckoutSessionCanceled', 'The checkout session was canceled: read it to learn why.');
  return {
    status: completion.charge?.status === 'pending' ? 202 : 200,
    body: viewSession(completion.session, call.origin),
  };
}

/** A token lives for 24 hours (facts: captures.md section 7). */
export function getBuyerOperation({ posting, environment, id }: Call): Reply {
  const signIn = posting.store.get('signIns', id);
  const buyer = findBuyer(signIn?.buyerId ?? null);
  if (signIn === undefined || buyer === null || signIn.expiresAt < posting.now)
    throw new V2Error('ResourceNotFound', `The ${environment} environment has no such buyer token.`);
  return { status: 200, body: viewBuyer(buyer) };
}
