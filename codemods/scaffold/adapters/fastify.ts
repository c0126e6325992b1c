import type { Adapter } from './adapter';

export const fastify: Adapter = {
  requestType: `import type { FastifyRequest } from 'fastify';

export type ShopRequest = FastifyRequest;`,
  module: 'routes',
  mount: { exported: 'amazonPay', statement: "app.register(amazonPay, { prefix: '/amazon-pay' });" },
  source: String.raw`⟦import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
⟧import { checkout } from './checkout';
⟦import type { Answer, Incoming } from './checkout-flow';
⟧
const FORM = 'application/x-www-form-urlencoded';

/** The endpoints of Amazon Pay, a plugin: app.register(amazonPay, { prefix: '/amazon-pay' }). */
export async function amazonPay(app⟦: FastifyInstance⟧) {
  if (!app.hasContentTypeParser(FORM)) {
    app.addContentTypeParser(FORM, { parseAs: 'string' }, async (_⟦: unknown⟧, text⟦: string | Buffer⟧) =>
      Object.fromEntries(new URLSearchParams(String(text))),
    );
  }
  app.get('/button', answer(checkout.button));
  app.get('/review', answer(checkout.review));
  app.get('/session', answer(checkout.session));
  app.post('/checkout', answer(checkout.placeOrder));
  app.get('/result', answer(checkout.result));
}

function answer(endpoint⟦: (incoming: Incoming) => Promise<Answer>⟧) {
  return async (request⟦: FastifyRequest⟧, reply⟦: FastifyReply⟧) => {
    const isForm = String(request.headers['content-type']).startsWith(FORM);
    const { query, body } = request;
    const { status, json, location } = await endpoint({ query, body, isForm, request });
    reply.code(status).header('Cache-Control', 'no-store');
    return location === undefined ? reply.send(json) : reply.header('Location', location).send();
  };
}
`,
};
