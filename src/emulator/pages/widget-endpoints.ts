import type { Emulation } from '../emulation';
import type { HttpReply, HttpRequest, Part } from '../handle-http';
import { findBuyer } from '../ledger/buyers';
import { LedgerError } from '../ledger/ledger-error';
import type { People } from '../people';
import { checkoutScript } from './checkout-script';
import { widgetsScript } from './widgets-script';
import { json } from './html';

export interface WidgetContext {
  readonly emulation: Emulation;
  readonly people: People;
  readonly storeId: string;
}

type Body = Readonly<Record<string, unknown>>;
type Handle = (context: WidgetContext, body: Body) => unknown;

/** What the widgets of the page of a shop ask for. */
const endpoints: Readonly<Record<string, Handle>> = {
  '/widgets/draft': ({ people }, { kind }) => ({
    id: kind === 'billing-agreement' ? people.startBillingAgreement({ consent: false }) : people.startOrderReference(),
  }),
  '/widgets/card': ({ people }, { id, card }) => {
    people.changePaymentMethod(String(id), String(card));
    return {};
  },
  '/widgets/address': ({ people }, { id, address }) => {
    people.changeAddress(String(id), Number(address));
    return {};
  },
  '/widgets/consent': ({ people }, { id, consent }) => {
    people.consent(String(id), consent === true);
    return {};
  },
  '/widgets/sign-in': ({ people }) => ({ access_token: people.signInToShop(), token_type: 'bearer', expires_in: 3600 }),
  '/widgets/confirmation': ({ emulation }, { id }) => {
    const stored = emulation.store.get('answers', `confirmation:${String(id)}`);
    if (stored === undefined) throw new LedgerError('OrderNotFound', `${String(id)} was confirmed without SuccessUrl.`);
    const url = new URL(stored.body);
    // The name and the value are what is known of them from shops; the facts do not confirm them.
    url.searchParams.set('AuthenticationStatus', 'Success');
    return { url: url.href };
  },
};

/** Login with Amazon, as far as payments need it (facts: legacy-node-clients.md section 5). */
function login({ emulation, storeId }: WidgetContext, { path, query, headers }: HttpRequest): HttpReply | null {
  if (path !== '/auth/o2/tokeninfo' && path !== '/user/profile') return null;
  const bearer = /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const signIn = emulation.store.get('signIns', query.get('access_token') ?? bearer ?? '');
  const buyer = findBuyer(signIn?.buyerId ?? null);
  if (buyer === null || signIn === undefined || signIn.expiresAt < emulation.clock.now())
    return json({ error: 'invalid_token', error_description: 'The access token is not valid.' }, 400);
  if (path === '/user/profile')
    return json({ user_id: buyer.id, name: buyer.name, email: buyer.email, postal_code: buyer.address.postalCode });
  const seconds = Math.floor((signIn.expiresAt - emulation.clock.now()) / 1000);
  return json({
    iss: 'https://www.amazon.com',
    user_id: buyer.id,
    aud: storeId,
    app_id: storeId,
    exp: seconds,
    iat: 0,
  });
}

const script = (body: string): HttpReply => ({
  status: 200,
  headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' },
  body,
});

/** Pages of shops are of another origin. */
const open = (reply: HttpReply): HttpReply => ({
  ...reply,
  headers: { ...reply.headers, 'access-control-allow-origin': '*' },
});

function readJson(body: Buffer): Body {
  try {
    const value = JSON.parse(body.toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return {};
  }
}

/** Both scripts, and what they call, as a part of the server. */
export function createWidgetPart(context: WidgetContext): Part {
  return (request) => {
    const { method, path, body } = request;
    if (method === 'GET' && path === '/checkout.js') return script(checkoutScript);
    if (method === 'GET' && path.endsWith('/Widgets.js')) return script(widgetsScript);
    const answer = login(context, request);
    if (answer !== null) return open(answer);
    const handle = method === 'POST' ? endpoints[path] : undefined;
    if (handle === undefined) return null;
    try {
      return open(json(handle(context, readJson(body))));
    } catch (error) {
      if (error instanceof LedgerError) return open(json({ message: error.message }, 400));
      throw error;
    }
  };
}
