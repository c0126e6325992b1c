'use strict';

/** As shop-driver.cjs, for the shop in later-shop. */
const path = require('node:path');
const readline = require('node:readline');

const shop = (name) => require(path.join(process.cwd(), name));
const payments = shop('payments');
const book = new Map();
const ipn = shop('ipn')(book);

const promise = (run) => new Promise((resolve, reject) => run((err, value) => (err ? reject(err) : resolve(value))));

const actions = {
  reserve: (order) => promise((done) => payments.reserve(order, done)),
  look: (order) => promise((done) => payments.look(order, done)),
  refund: (order) => promise((done) => payments.refund(order, done)),
  ipn: (order, { body }) =>
    new Promise((resolve) => {
      let status = 0;
      const response = {
        status: (code) => {
          status = code;
          return response;
        },
        end: () => resolve({ ...order, status, book: Object.fromEntries(book) }),
      };
      ipn({ body: JSON.parse(body) }, response);
    }),
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { action, order, details } = JSON.parse(line);
  actions[action](order, details ?? {}).then(
    (result) => console.log(JSON.stringify({ order: result })),
    (error) => console.log(JSON.stringify({ error: error.type || error.code || error.message })),
  );
});
