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
};
