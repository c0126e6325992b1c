import { besideClient } from '../rule-example';

/** A handler that checks the signature by the legacy client, with one place of a rule in it. */
export const besideOrders = {
  ...besideClient,
  'orders.js': `exports.setCapture = async () => {};\nexports.setRefund = async () => {};\n`,
};
