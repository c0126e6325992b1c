import { findAddress, findBuyer } from '../ledger/buyers';
import type { Session } from '../ledger/rows';
import { sessionConstraints } from '../ledger/sessions';
import { sessionStatuses } from '../ledger/statuses';
import { basicTime, buyerView, preference, release, statusDetails, type Json } from './views';

/** In the recorded order (facts: captures.md section 2.2). */
const SESSION_KEYS =
  'checkoutSessionId webCheckoutDetails productType paymentDetails chargePermissionType orderType recurringMetadata paymentMethodOnFileMetadata merchantDetails merchantMetadata supplementaryData buyer billingAddress paymentPreferences statusDetails shippingAddress platformId chargePermissionId chargeId constraints creationTimestamp expirationTimestamp storeId providerMetadata releaseEnvironment checkoutButtonText deliverySpecifications tokens'.split(
    ' ',
  );

/** A session that has ended keeps only its id, its status and what it led to (facts: captures.md section 2.2). */
function endedSession(session: Session): Json {
  return {
    checkoutSessionId: session.id,
    statusDetails: statusDetails(sessionStatuses[session.status], session.statusText, session.statusAt),
    chargePermissionId: session.orderId,
    chargeId: session.chargeId,
    creationTimestamp: basicTime(session.createdAt),
  };
}

const orNull = (names: readonly string[], values: object | null | undefined): Json =>
  Object.fromEntries(names.map((name) => [name, (values as Json | null | undefined)?.[name] ?? null]));

/** `origin` is where this emulator answers: its hosted page is there. */
function openSession(session: Session, origin: string): Json {
  const { request } = session;
  const buyer = findBuyer(session.buyerId);
  const constraints = sessionConstraints(session);
  const redirect =
    constraints.length === 0 ? `${origin}/checkout/processing?amazonCheckoutSessionId=${session.id}` : null;
  const hasAddress = session.productType !== 'PayOnly';
  return {
    ...endedSession(session),
    webCheckoutDetails: {
      ...orNull(
        ['checkoutReviewReturnUrl', 'checkoutResultReturnUrl', 'checkoutCancelUrl'],
        request.webCheckoutDetails,
      ),
      amazonPayRedirectUrl: redirect,
    },
    productType: session.productType,
    paymentDetails: {
      ...orNull(
        'paymentIntent chargeAmount totalOrderAmount softDescriptor presentmentCurrency allowOvercharge extendExpiration'.split(
          ' ',
        ),
        request.paymentDetails,
      ),
      canHandlePendingAuthorization: request.paymentDetails?.canHandlePendingAuthorization ?? false,
    },
    chargePermissionType: request.chargePermissionType ?? 'OneTime',
    recurringMetadata: request.recurringMetadata ?? null,
    merchantMetadata: orNull(
      ['merchantReferenceId', 'merchantStoreName', 'noteToBuyer', 'customInformation'],
      request.merchantMetadata,
    ),
    supplementaryData: request.supplementaryData ?? null,
    buyer: buyer === null ? null : buyerView(buyer),
    // An array that holds null, as recorded.
    paymentPreferences: [preference(session.card)],
    shippingAddress: hasAddress ? findAddress(session) : null,
    platformId: request.platformId ?? null,
    constraints,
    expirationTimestamp: basicTime(session.expiresAt),
    storeId: request.storeId ?? null,
    providerMetadata: { providerReferenceId: null },
    releaseEnvironment: release(session.environment),
    deliverySpecifications: request['deliverySpecifications'] ?? null,
  };
}

/** The answer of Finalize has one key more (facts: captures.md section 2.2). */
export function viewFinalized(session: Session, origin: string): Json {
  const entries = Object.entries(viewSession(session, origin));
  const after = entries.findIndex(([key]) => key === 'paymentDetails') + 1;
  return Object.fromEntries([...entries.slice(0, after), ['cartDetails', null], ...entries.slice(after)]);
}

export function viewSession(session: Session, origin: string): Json {
  const values = session.status === 'open' ? openSession(session, origin) : endedSession(session);
  return Object.fromEntries(SESSION_KEYS.map((key) => [key, values[key] ?? null]));
}
