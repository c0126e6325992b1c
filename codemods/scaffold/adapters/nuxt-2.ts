import type { Adapter } from './adapter';
import { http } from './http';

/** Nuxt 2: a middleware of its server, which nuxt.config has to name. */
export const nuxt2: Adapter = {
  ...http,
  mount: {
    exported: 'amazonPay',
    statement: "serverMiddleware: ['~/server-middleware/amazon-pay'] in nuxt.config.",
  },
  entry: {
    module: '/server-middleware/amazon-pay',
    source: String.raw`import { amazonPay } from '«routes»';
⟦import type { IncomingMessage, ServerResponse } from 'node:http';
⟧
/** The endpoints of Amazon Pay; nuxt.config names this file in serverMiddleware. */
export default async function middleware(request⟦: IncomingMessage⟧, response⟦: ServerResponse⟧, next⟦: (error?: unknown) => void⟧) {
  try {
    if (!(await amazonPay(request, response))) next();
  } catch (error) {
    next(error);
  }
}
`,
  },
};
