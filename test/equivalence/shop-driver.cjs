'use strict';

/**
 * Runs in the folder of a shop, legacy or migrated: does with an order what a line on stdin asks, through the shop's own
 * modules, and answers with a line. It is the same for both, as the back office of the shop would be.
 */
const path = require('node:path');
const readline = require('node:readline');

const shop = (name) => require(path.join(process.cwd(), name));
const { Store } = shop('lib/store');
const client = shop('lib/amazon');
const cancel = shop('lib/cancel');
const checkout = shop('lib/checkout');
const refunds = shop('lib/refunds');
const subscriptions = shop('lib/subscriptions');
const { CaptureService } = shop('lib/capture-service');

const promise = (run) => new Promise((resolve, reject) => run((err, value) => (err ? reject(err) : resolve(value))));

const actions = {
  reserve: (order) => checkout.reserve(order, order.orderReferenceId),
  capture: (order, { parcel, total }) => {
    const store = new Store();
    store.add({ ...order, ...(total === undefined ? {} : { total }) });
    return promise((done) => new CaptureService(client, store).capture(order.id, parcel, done));
  },
  refund: (order, { amount, slip }) => promise((done) => refunds.refund(order, amount, slip, done)),
  'refund-status': async (order) => ({ ...order, state: await refunds.status(order.refundId) }),
  cancel: (order) => promise((done) => cancel.cancel(order, done)),
  close: (order) => promise((done) => cancel.close(order, done)),
  release: async (order) => {
    await promise((done) => cancel.release(order, done));
    return { ...order, state: 'released' };
  },
  renew: async (order, { month }) => ({ ...order, ...(await subscriptions.renew(order, month)) }),
  end: async (order) => {
    await subscriptions.end(order);
    return { ...order, state: 'ended' };
  },
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { action, order, details } = JSON.parse(line);
  actions[action](order, details ?? {}).then(
    (result) => console.log(JSON.stringify({ order: result })),
    (error) => console.log(JSON.stringify({ error: error.type || error.code || error.message })),
  );
});
