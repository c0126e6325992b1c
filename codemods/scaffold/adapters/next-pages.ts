import type { Adapter } from './adapter';
import { http } from './http';

/** The Pages Router of Next: an API route, to which next.config has to lead the addresses of the endpoints. */
export const nextPages: Adapter = {
  ...http,
  mount: {
    exported: 'amazonPay',
    statement:
      "a rewrite in next.config: async rewrites() { return [{ source: '/amazon-pay/:endpoint', destination: '/api/amazon-pay/:endpoint' }]; }",
  },
  entry: {
    module: '/pages/api/amazon-pay/[endpoint]',
    source: String.raw`import { amazonPay } from '«routes»';
⟦import type { IncomingMessage, ServerResponse } from 'node:http';
⟧
/** The endpoints of Amazon Pay. A rewrite in next.config leads /amazon-pay/:endpoint to /api/amazon-pay/:endpoint. */
export default async function handler(request⟦: IncomingMessage⟧, response⟦: ServerResponse⟧) {
  // The checkout knows its addresses without /api.
  request.url = String(request.url).replace(/^\/api(?=\/)/, '');
  if (await amazonPay(request, response)) return;
  response.statusCode = 404;
  response.end();
}
`,
  },
};
