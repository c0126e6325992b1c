import type { Adapter } from './adapter';

export const hapi: Adapter = {
  requestType: `import type { Request } from '@hapi/hapi';

export type ShopRequest = Request;`,
  module: 'routes',
  mount: { exported: 'amazonPay', statement: 'await server.register(amazonPay);' },
  source: String.raw`⟦import type { Request, ResponseToolkit, Server } from '@hapi/hapi';
⟧import { checkout } from './checkout';
⟦import type { Answer, Incoming } from './checkout-flow';
⟧
/** The endpoints of Amazon Pay, a plugin: await server.register(amazonPay). */
export const amazonPay = {
  name: 'amazon-pay',
  register(server⟦: Server⟧) {
    server.route([
      { method: 'GET', path: '/amazon-pay/button', handler: answer(checkout.button) },
      { method: 'GET', path: '/amazon-pay/review', handler: answer(checkout.review) },
      { method: 'GET', path: '/amazon-pay/session', handler: answer(checkout.session) },
      { method: 'POST', path: '/amazon-pay/checkout', handler: answer(checkout.placeOrder) },
      { method: 'GET', path: '/amazon-pay/result', handler: answer(checkout.result) },
    ]);
  },
};

function answer(endpoint⟦: (incoming: Incoming) => Promise<Answer>⟧) {
  return async (request⟦: Request⟧, toolkit⟦: ResponseToolkit⟧) => {
    const isForm = request.mime === 'application/x-www-form-urlencoded';
    const { query, payload: body } = request;
    const { status, json, location } = await endpoint({ query, body, isForm, request });
    const response = toolkit.response(location === undefined ? ⟦(⟧json⟦ as object)⟧ : '').code(status);
    // Without ttl hapi writes the header itself.
    response.header('Cache-Control', 'no-store');
    return location === undefined ? response : response.location(location);
  };
}
`,
};
