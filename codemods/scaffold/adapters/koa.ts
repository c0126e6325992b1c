import type { Adapter } from './adapter';

export const koa: Adapter = {
  requestType: `import type { Context } from 'koa';

export type ShopRequest = Context;`,
  module: 'routes',
  mount: { exported: 'amazonPay', statement: 'app.use(amazonPay);' },
  source: String.raw`⟦import type { IncomingMessage } from 'node:http';
import type { Context, Next } from 'koa';
⟧import { checkout } from './checkout';

/** Answers /amazon-pay/… and leaves the rest to others: app.use(amazonPay), after the session. */
export async function amazonPay(context⟦: Context⟧, next⟦: Next⟧) {
  const endpoint = endpointOf(context.method + ' ' + context.path);
  if (!endpoint) return next();
  const isForm = Boolean(context.is('urlencoded'));
  const body = context.method === 'POST' ? await readBody(context, isForm) : undefined;
  const { status, json, location } = await endpoint({ query: context.query, body, isForm, request: context });
  context.set('Cache-Control', 'no-store');
  context.status = status;
  if (location === undefined) context.body = json;
  else context.set('Location', location);
}

function endpointOf(route⟦: string⟧) {
  switch (route) {
    case 'GET /amazon-pay/button':
      return checkout.button;
    case 'GET /amazon-pay/review':
      return checkout.review;
    case 'GET /amazon-pay/session':
      return checkout.session;
    case 'POST /amazon-pay/checkout':
      return checkout.placeOrder;
    case 'GET /amazon-pay/result':
      return checkout.result;
    default:
      return undefined;
  }
}

/** What a parser in front has read already is taken from it. An unreadable body has no session id, which is refused. */
async function readBody({ req, request }⟦: Context⟧, isForm⟦: boolean⟧)⟦: Promise<unknown>⟧ {
  const { body: parsed } = request⟦ as { body?: unknown }⟧;
  if (parsed !== undefined) return parsed;
  let text = '';
  for await (const chunk of req⟦ as IncomingMessage⟧) {
    text += chunk;
    if (text.length > 16384) return null;
  }
  if (isForm) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
`,
};
