import type { Adapter } from './adapter';

export const express: Adapter = {
  requestType: `import type { Request } from 'express';

export type ShopRequest = Request;`,
  module: 'routes',
  mount: { exported: 'amazonPay', statement: "app.use('/amazon-pay', amazonPay);" },
  source: String.raw`import { json, Router, urlencoded⟦, type NextFunction, type Request, type Response⟧ } from 'express';
import { checkout } from './checkout';
⟦import type { Answer, Incoming } from './checkout-flow';
⟧
/** The endpoints of Amazon Pay: app.use('/amazon-pay', amazonPay), after the session and before the error handler. */
export const amazonPay⟦: Router⟧ = Router();
amazonPay.get('/button', answer(checkout.button));
amazonPay.get('/review', answer(checkout.review));
amazonPay.get('/session', answer(checkout.session));
amazonPay.post('/checkout', json(), urlencoded({ extended: false }), answer(checkout.placeOrder));
amazonPay.get('/result', answer(checkout.result));

function answer(endpoint⟦: (incoming: Incoming) => Promise<Answer>⟧) {
  return async (request⟦: Request⟧, response⟦: Response⟧, next⟦: NextFunction⟧)⟦: Promise<void>⟧ => {
    try {
      const isForm = Boolean(request.is('urlencoded'));
      const { query, body } = request;
      const { status, json, location } = await endpoint({ query, body, isForm, request });
      response.set('Cache-Control', 'no-store');
      if (location === undefined) response.status(status).json(json);
      else response.redirect(status, location);
    } catch (error) {
      next(error);
    }
  };
}
`,
};
