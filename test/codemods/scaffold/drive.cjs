'use strict';

/**
 * Serves a scaffolded shop in its framework, goes through a checkout as a browser does, and prints what was answered and
 * what became of the order. Arguments: the entry, the module of the orders, the framework.
 */
const http = require('node:http');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const [entry, ordersFile, framework] = process.argv.slice(2);
const ID = '11111111-2222-4333-8444-555555555555';

const load = async (file) => {
  const absolute = path.resolve(file);
  return /\.[c]?js$|\.ts$/.test(file) && process.env.MODULES !== 'esm'
    ? require(absolute)
    : import(pathToFileURL(absolute).href);
};

const listening = (server) =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });

/** Makes each kind of server listen; resolves to the port. */
const frameworks = {
  express: ({ app }) => listening(http.createServer(app)),
  http: ({ app }) => listening(app),
  koa: ({ app }) => listening(http.createServer(app.callback())),
  fastify: async ({ app }) => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    return app.server.address().port;
  },
  hapi: async ({ start }) => {
    const server = await start();
    await server.start();
    return server.info.port;
  },
  /** As Next calls a route: with a Request of the web, and for every method the function of its name. */
  next: (route) =>
    listening(
      http.createServer(async (incoming, response) => {
        let body = '';
        for await (const chunk of incoming) body += chunk;
        const { method, headers, url } = incoming;
        if (url === '/hello') return response.end('hello');
        const request = new Request(`http://shop${url}`, { method, headers, ...(body && { body }) });
        const answer = await route[method](request);
        response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      }),
    ),
  /** As Next calls an API route, to which a rewrite leads: with a parsed body and whatever else it adds. */
  'next-pages': (handler) =>
    listening(
      http.createServer(async (request, response) => {
        if (request.url === '/hello') return response.end('hello');
        request.url = `/api${request.url}`;
        await handler(request, response);
      }),
    ),
  'nuxt-2': (middleware) =>
    listening(http.createServer((request, response) => middleware(request, response, () => response.end('hello')))),
  nuxt: (handler) => {
    const { createApp, createRouter, defineEventHandler, toNodeListener } = require('h3');
    const own = createRouter()
      .use('/amazon-pay/:endpoint', handler)
      .get(
        '/hello',
        defineEventHandler(() => 'hello'),
      );
    return listening(http.createServer(toNodeListener(createApp().use(own))));
  },
};

function request(port, { method = 'GET', url, type, body }) {
  return new Promise((resolve, reject) => {
    const headers = type === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) };
    const sent = http.request({ port, host: '127.0.0.1', method, path: url, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          ...(response.headers.location === undefined ? {} : { location: response.headers.location }),
          cache: response.headers['cache-control'],
          text,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const id = `amazonCheckoutSessionId=${ID}`;

(async () => {
  const module = await load(entry);
  const { store } = await load(ordersFile);
  const port = await frameworks[framework](module.default ?? module);
  const post = (type, body) => request(port, { method: 'POST', url: '/amazon-pay/checkout', type, body });
  const answers = {
    button: await request(port, { url: '/amazon-pay/button?cart=7' }),
    review: await request(port, { url: `/amazon-pay/review?cart=7&${id}` }),
    session: await request(port, { url: `/amazon-pay/session?${id}` }),
    refused: await request(port, { url: '/amazon-pay/session?amazonCheckoutSessionId=..%2Fcharges' }),
    early: await request(port, { url: `/amazon-pay/result?${id}` }),
    broken: await post(json, '{"amazonCheckoutSessionId":1}'),
    placed: await post(json, JSON.stringify({ amazonCheckoutSessionId: ID })),
    placedByForm: await post(form, id),
    returned: await Promise.all([1, 2].map(() => request(port, { url: `/amazon-pay/result?${id}` }))),
    again: await request(port, { url: `/amazon-pay/result?${id}` }),
    own: await request(port, { url: '/hello' }),
  };
  console.log(JSON.stringify({ answers, store }));
  process.exit();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
