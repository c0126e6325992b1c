import { constants, createHash, createVerify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { legacyAnswers, authorizations } from '../stand-in/legacy-answers';
import { CARDS, payloadSchema, Session, updateSchema } from './amazon-session';
import { choosePage, confirmPage } from './hosted-pages';

interface Answer {
  readonly status?: number;
  readonly location?: string;
  readonly type?: string;
  readonly body?: string;
}

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});
const failure = (status: number, reasonCode: string): Answer => json({ reasonCode, message: reasonCode }, status);
const html = (body: string): Answer => ({ type: 'text/html; charset=utf-8', body });
const script = (name: string): string => readFileSync(join(__dirname, 'pages', name), 'utf8');

/** Amazon on loopback: the hosted pages that the buyer sees, the API that the shop calls, and the scripts. */
export class Amazon {
  readonly sessions: Session[] = [];
  private readonly server: Server;
  address = '';

  constructor(private readonly publicKey: string) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status = 200, location, type, body }) => {
        const headers = { ...(type && { 'content-type': type }), ...(location && { location }) };
        response.writeHead(location === undefined ? status : 303, headers).end(body);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  get lastSession(): Session {
    const last = this.sessions.at(-1);
    if (last === undefined) throw new Error('No session was made');
    return last;
  }

  /** What the browser gets for a script of Amazon. */
  scriptOf(url: string): string {
    if (url.endsWith('/Widgets.js')) return script('widgets.js');
    if (new URL(url).pathname === '/checkout.js') return script('checkout.js').replace('__AMAZON__', this.address);
    throw new Error(`There is no such script: ${url}`);
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://amazon');
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (pathname.startsWith('/OffAmazonPayments')) return answerLegacy(body);
    if (pathname.startsWith('/v2/')) return this.answerApi(`${request.method} ${pathname.slice(3)}`, body);
    return this.answerBuyer(pathname, new URLSearchParams(request.method === 'POST' ? body : searchParams));
  }

  private answerApi(call: string, body: string): Answer {
    if (/^GET \/charges\//.test(call)) return json({ statusDetails: { state: 'Captured', reasonCode: null } });
    const [, method, id, isComplete] = /^(\w+) \/checkoutSessions\/([\w-]+)(\/complete)?$/.exec(call) ?? [];
    const session = this.sessions.find((one) => one.id === id);
    if (session === undefined) return failure(404, 'ResourceNotFound');
    if (method === 'GET') return json(session);
    if (session.state !== 'Open') {
      return failure(422, session.state === 'Canceled' ? 'CheckoutSessionCanceled' : 'InvalidCheckoutSessionStatus');
    }
    if (isComplete === undefined) {
      session.update = updateSchema.parse(JSON.parse(body));
      return json(session);
    }
    const chargeAmount = updateSchema.shape.paymentDetails.shape.chargeAmount.parse(JSON.parse(body).chargeAmount);
    if (!session.isConfirmed) return failure(422, 'InvalidCheckoutSessionStatus');
    if (chargeAmount.amount !== session.update?.paymentDetails.chargeAmount.amount)
      return failure(409, 'AmountMismatch');
    if (CARDS[session.card]?.includes('declined')) {
      session.cancel('Declined');
      return failure(422, 'CheckoutSessionCanceled');
    }
    session.state = 'Completed';
    session.completedWith.push(chargeAmount);
    return json(session);
  }

  private answerBuyer(path: string, values: URLSearchParams): Answer {
    if (path === '/hosted/start') return this.startSession(values);
    const session = this.sessions.find(({ id }) => id === values.get('session'));
    if (session === undefined) return { status: 404 };
    const { checkoutReviewReturnUrl, checkoutCancelUrl } = session.payload.webCheckoutDetails;
    const back = (address: string): Answer => {
      const url = new URL(address);
      url.searchParams.set('amazonCheckoutSessionId', session.id);
      return { location: url.href };
    };
    switch (path) {
      case '/hosted/choose':
        return html(choosePage(session, values.get('action')));
      case '/hosted/chosen':
        session.address = Number(values.get('address') ?? session.address);
        session.card = Number(values.get('card') ?? session.card);
        return back(checkoutReviewReturnUrl);
      case '/hosted/confirm':
        return html(confirmPage(session));
      case '/hosted/confirmed':
        session.isConfirmed = true;
        return back(session.update?.webCheckoutDetails.checkoutResultReturnUrl ?? '');
      case '/hosted/cancel':
        session.cancel('BuyerCanceled');
        return { location: checkoutCancelUrl };
      default:
        return { status: 404 };
    }
  }

  /** Amazon takes a payload only with the signature of the shop's key over exactly this text. */
  private startSession(values: URLSearchParams): Answer {
    const [payloadJSON, signature, algorithm] = ['payloadJSON', 'signature', 'algorithm'].map(
      (name) => values.get(name) ?? '',
    );
    const signed = `${algorithm}\n${createHash('sha256')
      .update(payloadJSON ?? '')
      .digest('hex')}`;
    const key = { key: this.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const isGenuine = createVerify('sha256')
      .update(signed)
      .verify(key, signature ?? '', 'base64');
    if (!isGenuine) return { status: 403, type: 'text/plain', body: 'InvalidSignature' };
    const session = new Session(payloadSchema.parse(JSON.parse(payloadJSON ?? '')), this.address);
    this.sessions.push(session);
    return html(choosePage(session, null));
  }
}

function answerLegacy(body: string): Answer {
  const action = new URLSearchParams(body).get('Action');
  const reply =
    action === 'Authorize'
      ? authorizations.captured
      : legacyAnswers.find(({ when }) => when.action === action)?.replies[0];
  return { type: 'text/xml', body: reply !== undefined && 'xml' in reply ? String(reply.xml) : '' };
}
