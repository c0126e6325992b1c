'use strict';

/**
 * Runs the handler of a fixture in the framework that it is written for, posts messages to it one after the other as
 * Amazon SNS does, and prints what was answered and what the orders say. Arguments: entry, module with the orders,
 * framework; the messages come in the variable MESSAGES.
 */
const { existsSync } = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const [entry, ordersFile, framework] = process.argv.slice(2);

const load = async (file) => {
  const absolute = path.resolve(file);
  if (file.endsWith('.mjs')) return import(pathToFileURL(absolute).href);
  return require(absolute);
};

const listening = (server) =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });

const readAll = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

const send = (response, status, body = '') => {
  response.statusCode = status;
  response.end(body);
};

const withStatus = (response) => (status) => Object.assign(response, { statusCode: status });

const asLambdaSpells = (body) => {
  const { SigningCertURL, SubscribeURL, ...envelope } = JSON.parse(body);
  return { ...envelope, Subject: null, SigningCertUrl: SigningCertURL, SubscribeUrl: SubscribeURL };
};

/** API Gateway answers 502 for a function that failed; SNS and SQS bring back what failed, and look at no answer. */
const lambda = (app, toEvent) =>
  listening(
    http.createServer(async (request, response) => {
      const event = toEvent(await readAll(request));
      const answer = await app.handler(event).catch(() => ({ statusCode: 502 }));
      send(response, answer?.statusCode ?? 200, answer?.body);
    }),
  );

/** Makes each kind of handler listen; resolves to the port. */
const frameworks = {
  express: async ({ app }) => listening(http.createServer(app)),
  http: async ({ app }) => listening(app),
  koa: async ({ app }) => {
    app.silent = true;
    return listening(http.createServer(app.callback()));
  },
  fastify: async ({ app }) => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    return app.server.address().port;
  },
  hapi: async ({ app }) => {
    await app.start();
    return app.info.port;
  },
  lambda: ({ app }) => lambda(app, (body) => ({ body })),
  'lambda-sns': ({ app }) =>
    lambda(app, (body) => ({ Records: [{ EventSource: 'aws:sns', Sns: asLambdaSpells(body) }] })),
  'lambda-sqs': ({ app }) => lambda(app, (body) => ({ Records: [{ messageId: 'q-1', body }] })),
  google: async ({ app }) =>
    listening(
      http.createServer(async (request, response) => {
        const { status, rawBody } = { status: withStatus(response), rawBody: Buffer.from(await readAll(request)) };
        app.ipn(Object.assign(request, { rawBody }), Object.assign(response, { status }));
      }),
    ),
  azure: async ({ app }) =>
    listening(
      http.createServer(async (request, response) => {
        const context = { res: {}, log: Object.assign(() => {}, { error() {} }) };
        await app(context, { rawBody: await readAll(request) }).catch(() => (context.res = { status: 500 }));
        send(response, context.res.status ?? 204);
      }),
    ),
  'next-route': async ({ module }) =>
    listening(
      http.createServer(async (request, response) => {
        const body = await readAll(request);
        const answer = await module.POST(new Request('http://shop/ipn', { method: 'POST', body })).catch(() => null);
        send(response, answer === null ? 500 : answer.status);
      }),
    ),
  'next-page': async ({ app }) =>
    listening(http.createServer((request, response) => app(request, response).catch(() => send(response, 500)))),
  h3: async ({ app }) => {
    const { createApp, toNodeListener } = require('h3');
    return listening(http.createServer(toNodeListener(createApp({ onError() {} }).use(app))));
  },
  nest: async ({ module }) => {
    require('reflect-metadata');
    const { NestFactory } = require('@nestjs/core');
    const { Module } = require('@nestjs/common');
    class App {}
    const service = path.resolve('ipn.service.ts');
    const providers = existsSync(service) ? [require(service).IpnService] : [];
    Module({ controllers: [module.IpnController], providers })(App);
    const app = await NestFactory.create(App, { rawBody: true, logger: false });
    app.useBodyParser('text', { type: 'text/plain' });
    await app.listen(0, '127.0.0.1');
    return app.getHttpServer().address().port;
  },
};

function post(port, { body, type }) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': type };
    const request = http.request({ port, host: '127.0.0.1', path: '/ipn', method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject).end(body);
  });
}

async function main() {
  const module = await load(entry);
  const port = await frameworks[framework]({ module, app: module.default ?? module });
  const orders = await load(ordersFile);
  const results = [];
  for (const message of JSON.parse(process.env.MESSAGES)) {
    results.push({ status: await post(port, message), orders: { ...orders.all() } });
  }
  process.stdout.write(`\n${JSON.stringify(results)}`, () => process.exit(0));
}

main();
