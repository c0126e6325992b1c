/** F7: amounts that are the same and are spelled in other ways, and amounts that are not the same. */
import { spellings } from '../actors/spelling.mjs';
import { nothingDue } from './waiting.mjs';

const usd = { currency: 'USD', amount: '94.50', refund: '10.01' };
const whole = { currency: 'USD', amount: '100.00', refund: '100.00' };
const yen = { currency: 'JPY', amount: '5000', refund: '500' };
const { plain, long, short, number, huge, negative } = spellings;
/** A cent, or a yen. */
const oneLess = (amount) => {
  const units = String(Number(amount.replace('.', '')) - 1);
  return amount.includes('.') ? `${units.slice(0, -2)}.${units.slice(-2)}` : units;
};
const matches = { verdict: 'match', fields: [] };
const differs = { verdict: 'mismatch', fields: ['captured'] };
const untold = { verdict: 'incomparable', fields: [] };

/** What is paid, how Amazon spells it and how the handlers do, and what the comparison must say. */
const cases = [
  { price: usd, amazon: 'plain', legacy: plain, migrated: plain, ...matches },
  { price: usd, amazon: 'plain', legacy: short, migrated: long, ...matches },
  { price: usd, amazon: 'short', legacy: plain, migrated: number, ...matches },
  { price: usd, amazon: 'number', legacy: long, migrated: plain, ...matches },
  { price: whole, amazon: 'plain', legacy: short, migrated: number, ...matches },
  { price: whole, amazon: 'long', legacy: plain, migrated: short, ...matches },
  { price: yen, amazon: 'plain', legacy: plain, migrated: plain, ...matches },
  { price: yen, amazon: 'long', legacy: plain, migrated: long, ...matches },
  { price: yen, amazon: 'plain', legacy: number, migrated: long, ...matches },
  { price: usd, amazon: 'huge', legacy: huge, migrated: (amount) => long(huge(amount)), ...matches },
  { price: yen, amazon: 'huge', legacy: huge, migrated: (amount) => number(huge(amount)), ...matches },
  { price: usd, amazon: 'plain', legacy: plain, migrated: plain, captured: oneLess, ...differs },
  { price: yen, amazon: 'long', legacy: long, migrated: plain, captured: oneLess, ...differs },
  // No amount of Amazon Pay is negative: whoever says so says nothing.
  { price: usd, amazon: 'plain', legacy: negative, migrated: plain, ...untold },
  { price: usd, amazon: 'negative', legacy: plain, migrated: plain, ...untold },
];

function outcome({ amount, refund, currency }, spell, captured = spell) {
  const state = amount === refund ? 'refunded' : 'captured';
  return { state, authorized: spell(amount), captured: captured(amount), refunded: spell(refund), currency };
}

const amounts = {
  row: 'F',
  name: 'F7 amounts',
  orders: cases.length,
  least: cases.length,
  options: { withTruth: true },
  // They wait until all is known of an order, and do not look again.
  settings: { deliver: { settleMs: 2000 }, compare: { resampleForMs: 0 } },
  steps: [],
  async before(scenario) {
    const { sender, amazon } = scenario;
    sender.isHeld = true;
    // One after the other, so that it is known which is which.
    for (const { price } of cases) await scenario.trade(1, undefined, [price]);
    const orders = (await amazon.ask('orders')).map(({ id }, index) => ({ id, ...cases[index] }));
    const byOrder = (of) => Object.fromEntries(orders.map((order) => [order.id, of(order)]));
    await amazon.ask(
      'spell',
      byOrder((order) => order.amazon),
    );
    await scenario.behave('legacy', { outcomes: byOrder(({ price, legacy }) => outcome(price, legacy)) });
    await scenario.behave('migrated', {
      outcomes: byOrder(({ price, migrated, captured }) => outcome(price, migrated, captured)),
    });
    scenario.expect = { compared: byOrder(({ verdict, fields }) => ({ verdict, fields })) };
    sender.isHeld = false;
    sender.pump();
  },
  async after(scenario) {
    await scenario.until(() => scenario.isDone());
    // A comparison that found an object still to be asked for comes back a minute later.
    for (const seconds of [0, 61, 121]) {
      if (seconds > 0) await scenario.pass(seconds * 1000);
      await nothingDue(scenario, 'truth', 'compare');
    }
  },
};

export const amountsOfOrders = [amounts];
