import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { translate } from '../../../transforms/ipn/translate';
import type { Emulator } from '../../emulator/start-emulator';
import { orderKeyOf } from '../order-key';
import type { Side } from '../observer';
import { sumAmounts, type Outcome } from '../compare/outcome';

/** The shop’s two handlers of the demo: the old one, and the migrated one with a fault that nobody has seen yet. */
export interface SampleHandlers {
  readonly legacyUrl: string;
  readonly migratedUrl: string;
  readonly dryRunUrl: string;
  /** The legacy handler refuses the refund of this order, as after a mistake in a deployment. */
  refusedOrder: string | null;
  close(): Promise<void>;
}

const amountOf = (money: string | null): string => money?.split(' ')[0] ?? '0';

/** How an order is: what a handler learns by its GETs. In the demo the emulator is asked without them. */
function outcomeOf(emulator: Emulator, orderKey: string): Outcome | null {
  const order = emulator.order(orderKey);
  if (order === null) return null;
  const { charges } = order;
  const held = charges.filter(({ v2 }) => !/^(Declined|Canceled)/.test(v2));
  const refunds = charges.flatMap((charge) => charge.refunds.filter(({ v2 }) => v2 === 'Refunded'));
  const captured = sumAmounts(charges.map((charge) => amountOf(charge.captured)));
  const refunded = sumAmounts(refunds.map(({ amount }) => amountOf(amount)));
  const state =
    captured === '0' ? (held.length > 0 ? 'authorized' : 'open') : refunded === captured ? 'refunded' : 'captured';
  return {
    state,
    authorized: sumAmounts(held.map(({ amount }) => amountOf(amount))),
    captured,
    refunded,
    currency: order.total?.split(' ')[1] ?? null,
  };
}

/** The planted fault: it reads the amount of a refund as a whole number, and the cents are gone. */
const dropCents = (outcome: Outcome): Outcome => ({ ...outcome, refunded: String(parseInt(outcome.refunded, 10)) });

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request as AsyncIterable<string>) body += chunk;
  return body;
}

/** Starts both on one port of this machine, chosen by the system. */
export async function startSampleHandlers(emulator: Emulator): Promise<SampleHandlers> {
  const server: Server = createServer((request, response) => {
    const side: Side = request.url === '/legacy' ? 'legacy' : 'migrated';
    void readBody(request).then((body) => {
      const { notification } = translate(body);
      const orderKey = orderKeyOf(notification?.ObjectId ?? '');
      const isRefused = orderKey === handlers.refusedOrder && notification?.ObjectType === 'REFUND';
      if (side === 'legacy' && orderKey !== null && isRefused) return response.writeHead(422).end();
      const outcome = orderKey === null ? null : outcomeOf(emulator, orderKey);
      // A handler need not say anything; these do, so that they can be compared.
      const said = outcome === null ? {} : { outcome: side === 'legacy' ? outcome : dropCents(outcome) };
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const handlers: SampleHandlers = {
    legacyUrl: `${url}/legacy`,
    migratedUrl: `${url}/migrated`,
    dryRunUrl: `${url}/migrated?dry-run`,
    refusedOrder: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return handlers;
}
