import type { Emulation } from '../emulation';
import type { HttpReply, HttpRequest, Part } from '../handle-http';
import { buyers, cards, findBuyer } from '../ledger/buyers';
import { LedgerError } from '../ledger/ledger-error';
import type { Environment, Session, SessionRequest } from '../ledger/rows';
import { createSession } from '../ledger/sessions';
import type { People } from '../people';
import { V2Error } from '../v2/reply';
import { buttonPayload, parseBody, signInPayload } from '../v2/schemas';
import { isButtonSignature, type RegisteredKey } from '../v2/signature';
import { failure, html, page, redirect, type Html } from './html';

export interface CheckoutContext {
  readonly emulation: Emulation;
  readonly people: People;
  readonly keys: ReadonlyMap<string, RegisteredKey>;
}

type Handle = (context: CheckoutContext, values: URLSearchParams) => HttpReply;

const option = (value: string, text: string, chosen: string | null): Html =>
  value === chosen
    ? html`<option value="${value}" selected>${text}</option>`
    : html`<option value="${value}">${text}</option>`;

const behaviours = {
  pays: '',
  buyerCanceled: ' — the buyer cancels',
  declined: ' — declined',
  pending: ' — pending, then authorized',
  pendingDeclined: ' — pending, then declined',
} as const;

const buyerSelect = (): Html =>
  html`<label
    >Buyer
    <select name="buyer">
      ${buyers.map(({ id, name, address }) => option(id, `${name}, ${address.city}`, null))}
    </select></label
  >`;

/** Every buyer with every address; the value is both. */
const addressSelect = ({ buyerId, address: chosen }: Session): Html =>
  html`<label
    >Buyer and address
    <select name="buyer">
      ${buyers.flatMap(({ id, addresses }) =>
        addresses.map(({ name, city, countryCode }, index) =>
          option(`${id}|${index}`, `${name}, ${city} ${countryCode}`, `${buyerId}|${chosen}`),
        ),
      )}
    </select></label
  >`;

function findSession({ emulation }: CheckoutContext, values: URLSearchParams): Session {
  const id = values.get('amazonCheckoutSessionId') ?? '';
  emulation.settle();
  const session = emulation.store.get('sessions', id);
  if (session === undefined) throw new LedgerError('SessionNotFound', `There is no checkout session ${id}.`);
  return session;
}

function addressOf(url: string, parameter: string, value: string): string {
  const address = new URL(url);
  address.searchParams.set(parameter, value);
  return address.href;
}

const returnTo = (session: Session, ...names: readonly string[]): HttpReply => {
  const url = names.map((name) => session.request.webCheckoutDetails?.[name]).find((value) => value != null);
  if (url == null) return page('You can close this tab', html`<p>The shop named no address to return to.</p>`);
  return redirect(addressOf(url, 'amazonCheckoutSessionId', session.id));
};

/** Where a button leads: the payload has to be the text that was signed (facts: v2-rest.md section 3). */
function start(context: CheckoutContext, values: URLSearchParams): HttpReply {
  const payload = values.get('payloadJSON') ?? '';
  const keyId = values.get('publicKeyId') ?? '';
  const key = context.keys.get(keyId);
  if (key === undefined) return failure(400, `The public key id ${keyId.slice(0, 80)} is not registered.`);
  if (!isButtonSignature(payload, values.get('signature') ?? '', key.key))
    return failure(
      400,
      'The signature of the button does not fit payloadJSON. Both have to be the same text, byte for byte.',
    );
  const body = JSON.parse(payload) as unknown;
  if (values.get('productType') === 'SignIn') return signInPage(parseBody(signInPayload, body).signInReturnUrl);
  const request = parseBody(buttonPayload, body);
  const environment = environmentOf(keyId, values.get('sandbox'));
  const productType = values.get('productType') ?? 'PayAndShip';
  const session = context.emulation.post((posting) => {
    const made = createSession(posting, environment, request as SessionRequest);
    return posting.store.put('sessions', { ...made, productType });
  });
  return redirect(`/checkout/sign-in?amazonCheckoutSessionId=${session.id}`);
}

function environmentOf(keyId: string, sandbox: string | null): Environment {
  const byKey = /^(live|sandbox)/i.exec(keyId)?.[1]?.toLowerCase();
  return byKey === 'live' || (byKey === undefined && sandbox !== 'true') ? 'live' : 'sandbox';
}

const signInPage = (returnUrl: string): HttpReply =>
  page(
    'Sign in with Amazon',
    html`<form method="post" action="/checkout/shop-sign-in">
      <input type="hidden" name="returnUrl" value="${returnUrl}" />
      <p>${buyerSelect()}</p>
      <button class="main">Sign in</button>
    </form>`,
  );

function shopSignIn({ people }: CheckoutContext, values: URLSearchParams): HttpReply {
  const token = people.signInToShop(values.get('buyer') ?? undefined);
  return redirect(addressOf(values.get('returnUrl') ?? '', 'buyerToken', token));
}

const hidden = (session: Session): Html =>
  html`<input type="hidden" name="amazonCheckoutSessionId" value="${session.id}" />`;

function showSignIn(context: CheckoutContext, values: URLSearchParams): HttpReply {
  const session = findSession(context, values);
  if (session.status !== 'open') return failure(410, `This checkout is ${session.status}.`);
  return page(
    'Sign in, and choose how to pay',
    html`<form method="post" action="/checkout/sign-in">
      ${hidden(session)}
      <p>${addressSelect(session)}</p>
      <p>
        <label
          >Card
          <select name="card">
            ${cards.map(({ tail, brand, behaviour }) =>
              option(tail, `${brand} ending in ${tail}${behaviours[behaviour]}`, session.card),
            )}
          </select></label
        >
      </p>
      <button class="main" name="do" value="continue">Continue</button>
      <button name="do" value="cancel">Cancel</button>
    </form>`,
  );
}

function signIn(context: CheckoutContext, values: URLSearchParams): HttpReply {
  const { people } = context;
  const { id } = findSession(context, values);
  if (values.get('do') === 'cancel') {
    people.cancel(id);
    return returnTo(
      findSession(context, values),
      'checkoutCancelUrl',
      'checkoutReviewReturnUrl',
      'checkoutResultReturnUrl',
    );
  }
  const [buyerId = '', address = '0'] = (values.get('buyer') ?? '').split('|');
  people.signIn(id, { buyerId, address: Number(address), card: values.get('card') ?? '' });
  const session = findSession(context, values);
  // "Additional payment button": there is no review page, the buyer pays at once.
  if (session.request.webCheckoutDetails?.['checkoutMode'] === 'ProcessOrder')
    return redirect(`/checkout/processing?amazonCheckoutSessionId=${id}`);
  return returnTo(session, 'checkoutReviewReturnUrl', 'checkoutResultReturnUrl');
}

function showProcessing(context: CheckoutContext, values: URLSearchParams): HttpReply {
  const session = findSession(context, values);
  if (session.status !== 'open') return failure(410, `This checkout is ${session.status}.`);
  const price = session.request.paymentDetails?.chargeAmount;
  return page(
    'Pay',
    html`<p>
        ${findBuyer(session.buyerId)?.name} pays ${price?.amount} ${price?.currencyCode} with the card ending in
        ${session.card}.
      </p>
      <form method="post" action="/checkout/processing">
        ${hidden(session)}
        <button class="main" name="do" value="pay">Pay now</button>
        <button name="do" value="decline">Let the card be declined</button>
        <button name="do" value="cancel">Cancel</button>
      </form>
      <p class="note">Or close this tab: the session stays open and expires after 24 hours.</p>`,
  );
}

function process(context: CheckoutContext, values: URLSearchParams): HttpReply {
  const { people } = context;
  const { id } = findSession(context, values);
  const what = values.get('do');
  if (what === 'cancel') people.cancel(id);
  else if (what === 'decline') people.decline(id);
  else people.pay(id);
  const session = findSession(context, values);
  if (what === 'cancel') return returnTo(session, 'checkoutCancelUrl', 'checkoutResultReturnUrl');
  return returnTo(session, 'checkoutResultReturnUrl');
}

const routes: Readonly<Record<string, Handle>> = {
  'POST /checkout/start': start,
  'GET /checkout/sign-in': showSignIn,
  'POST /checkout/sign-in': signIn,
  'POST /checkout/shop-sign-in': shopSignIn,
  'GET /checkout/processing': showProcessing,
  'POST /checkout/processing': process,
};

/** The pages that buyers see, as a part of the server. */
export function createCheckoutPart(context: CheckoutContext): Part {
  return ({ method, path, query, body }: HttpRequest) => {
    const handle = routes[`${method} ${path}`];
    if (handle === undefined) return null;
    try {
      return handle(context, method === 'POST' ? new URLSearchParams(body.toString('utf8')) : query);
    } catch (error) {
      if (error instanceof LedgerError || error instanceof V2Error) return failure(400, error.message);
      if (error instanceof SyntaxError || error instanceof TypeError)
        return failure(400, 'The request cannot be read.');
      throw error;
    }
  };
}
