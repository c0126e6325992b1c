/** A small legacy shop in each framework, as the scaffold finds it. */
export interface Shop {
  readonly framework: string;
  readonly files: Readonly<Record<string, string>>;
  /** The module that exports `app`. */
  readonly entry: string;
  /** What the scaffold writes and the merchant fills in. */
  readonly orders: string;
  /** What somebody has to write by hand, where the place is not plain to see. */
  readonly mount?: (text: string) => string;
}

const manifest = (dependencies: Readonly<Record<string, string>>, more: object = {}): string =>
  `${JSON.stringify({ name: 'shop', ...more, dependencies: { 'amazon-payments': '^0.2.9', ...dependencies } }, null, 2)}\n`;

const legacy = "// new OffAmazonPayments.Widgets.Wallet({ sellerId: 'S' })\n";

export const shops: Readonly<Record<string, Shop>> = {
  express: {
    framework: 'express',
    entry: 'server.js',
    orders: 'amazon-pay/orders.js',
    files: {
      'package.json': manifest({ express: '^4.18.0' }),
      'server.js': `'use strict';

const express = require('express');

const app = express();
app.use(express.json());
${legacy}app.get('/hello', (req, res) => res.send('hello'));

module.exports = { app };
`,
    },
  },
  'express with ES modules, tabs and no semicolons': {
    framework: 'express',
    entry: 'src/server.js',
    orders: 'src/amazon-pay/orders.js',
    files: {
      'package.json': manifest({ express: '^4.18.0' }, { type: 'module' }),
      'src/server.js': `import express from "express"

const app = express()
${legacy.replace(/'/g, '"').replace(';', '')}
app.get("/hello", (req, res) => {
\tres.send("hello")
})

export { app }
`,
    },
  },
  http: {
    framework: 'http',
    entry: 'server.js',
    orders: 'amazon-pay/orders.js',
    files: {
      'package.json': manifest({}),
      'server.js': `'use strict';

const { createServer } = require('node:http');

${legacy}const app = createServer(async (request, response) => {
  response.end('hello');
});

module.exports = { app };
`,
    },
    mount: (text) =>
      text
        .replace(
          "require('node:http');",
          "require('node:http');\nconst { amazonPay } = require('./amazon-pay/routes');",
        )
        .replace(
          "  response.end('hello')",
          "  if (await amazonPay(request, response)) return;\n  response.end('hello')",
        ),
  },
  koa: {
    framework: 'koa',
    entry: 'server.js',
    orders: 'amazon-pay/orders.js',
    files: {
      'package.json': manifest({ koa: '^2.14.0', 'koa-bodyparser': '^4.0.0' }),
      'server.js': `'use strict';

const Koa = require('koa');
const bodyParser = require('koa-bodyparser');

const app = new Koa();
app.use(bodyParser());
${legacy}app.use(async (ctx) => {
  ctx.body = 'hello';
});

module.exports = { app };
`,
    },
  },
  'koa without a parser': {
    framework: 'koa',
    entry: 'server.js',
    orders: 'amazon-pay/orders.js',
    files: {
      'package.json': manifest({ koa: '^2.14.0' }),
      'server.js': `const Koa = require('koa');

const app = new Koa();
${legacy}app.use(async (ctx) => {
  ctx.body = 'hello';
});

module.exports = { app };
`,
    },
  },
  fastify: {
    framework: 'fastify',
    entry: 'server.js',
    orders: 'amazon-pay/orders.js',
    files: {
      'package.json': manifest({ fastify: '^5.0.0' }),
      'server.js': `'use strict';

const fastify = require('fastify');

const app = fastify();
${legacy}app.get('/hello', async () => 'hello');

module.exports = { app };
`,
    },
  },
  hapi: {
    framework: 'hapi',
    entry: 'server.js',
    orders: 'amazon-pay/orders.js',
    files: {
      'package.json': manifest({ '@hapi/hapi': '^21.0.0' }),
      'server.js': `'use strict';

const Hapi = require('@hapi/hapi');

${legacy}async function start() {
  const server = Hapi.server({ port: 0, host: '127.0.0.1' });
  server.route({ method: 'GET', path: '/hello', handler: () => 'hello' });
  return server;
}

module.exports = { start };
`,
    },
    mount: (text) =>
      text.replace(
        '  return server;',
        "  await server.register(require('./amazon-pay/routes').amazonPay);\n  return server;",
      ),
  },
  next: {
    framework: 'next',
    entry: 'app/amazon-pay/[endpoint]/route.js',
    orders: 'amazon-pay/orders.mjs',
    files: {
      'package.json': manifest({ next: '^15.0.0', react: '^19.0.0' }, { type: 'module' }),
      'app/page.jsx': `${legacy}export default function Page() {\n  return null;\n}\n`,
    },
  },
  'next with the Pages Router': {
    framework: 'next-pages',
    entry: 'pages/api/amazon-pay/[endpoint].js',
    orders: 'amazon-pay/orders.js',
    files: {
      'package.json': manifest({ next: '^12.0.0', react: '^17.0.0' }),
      'pages/cart.jsx': `${legacy}export default function Page() {\n  return null;\n}\n`,
    },
  },
  'nuxt 2': {
    framework: 'nuxt-2',
    entry: 'server-middleware/amazon-pay.js',
    orders: 'amazon-pay/orders.js',
    files: {
      'package.json': manifest({ nuxt: '^2.15.0' }),
      'pages/index.js': legacy,
    },
  },
  'nuxt with TypeScript': {
    framework: 'nuxt',
    entry: 'server/routes/amazon-pay/[endpoint].ts',
    orders: 'amazon-pay/orders.ts',
    files: {
      'package.json': manifest({ nuxt: '^3.9.0' }),
      'nuxt.config.ts': 'export default defineNuxtConfig({});\n',
      'server/legacy.ts': legacy,
    },
  },
  'express with TypeScript': {
    framework: 'express',
    entry: 'src/server.ts',
    orders: 'src/amazon-pay/orders.ts',
    files: {
      'package.json': manifest({ express: '^4.18.0' }),
      'src/server.ts': `import express from 'express';

export const app = express();
${legacy}app.get('/hello', (_req, res) => {
  res.send('hello');
});
`,
    },
  },
};
