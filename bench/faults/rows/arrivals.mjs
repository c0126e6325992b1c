/** D and E: how messages come, when, and what vouches for them. */
import { createSigner, makeEnvelope } from '../signing.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function finish(scenario, isDone) {
  scenario.faultsEnded();
  await scenario.settled(isDone);
}

const duplicates = {
  row: 'D',
  name: 'D1 duplicates',
  orders: 10,
  async run(scenario, { orders, share }) {
    await scenario.start();
    if (scenario.driver === 'postgres') await scenario.startProxy();
    await scenario.trade(orders);
    const messages = [...scenario.sender.messages.values()];
    for (let round = 0; round < Math.max(3, Math.round(100 * share)); round += 1) scenario.sender.sendAgain(messages);
    await finish(scenario);
  },
};

const shuffledOrders = {
  row: 'D',
  name: 'D2 shuffled',
  orders: 12,
  options: { withTruth: true },
  async run(scenario, { orders }) {
    scenario.sender.isHeld = true;
    scenario.sender.shuffled = 0.9;
    await scenario.start();
    await scenario.trade(orders);
    scenario.sender.isHeld = false;
    scenario.sender.pump();
    await finish(scenario);
  },
};

/** The clock of a machine is set while messages come in and deliveries wait for their time. */
const clock = (name, milliseconds) => ({
  row: 'D',
  name,
  orders: 16,
  async run(scenario, { orders }) {
    await scenario.start();
    // Of two machines with one store, only one clock is wrong.
    if (scenario.driver === 'postgres') await scenario.startProxy();
    await scenario.behave('legacy', { kind: 'slow', milliseconds: 300, share: 0.5 });
    await scenario.behave('migrated', { kind: 503, share: 0.5 });
    const trading = scenario.trade(orders);
    await scenario.acknowledged(orders);
    await scenario.setClock(milliseconds);
    await scenario.acknowledged(orders * 3);
    if (scenario.driver === 'sqlite') await scenario.restart();
    await trading;
    await scenario.behave('legacy', { kind: 'ok' });
    await scenario.behave('migrated', { kind: 'ok' });
    await finish(scenario);
  },
});

const timestamps = {
  row: 'D',
  name: 'D6 timestamps',
  orders: 3,
  async run(scenario, { orders }) {
    await scenario.start();
    const sign = await createSigner(scenario);
    const at = (offset) => new Date(Date.now() + offset).toISOString();
    const dates = [
      [at(-14 * DAY), 'handlers'],
      [at(-1 * HOUR).replace(/\.\d+Z$/, 'Z'), 'handlers'],
      [at(-16 * DAY), 'aside'],
      [at(25 * HOUR), 'aside'],
    ];
    dates.forEach(([Timestamp, expect], index) =>
      scenario.sender.publish(sign(makeEnvelope(scenario, index), { Timestamp }), {}, expect),
    );
    await scenario.trade(orders);
    await finish(scenario);
  },
};

/** Every byte that is changed, somewhere: nothing of it may reach a handler. */
const flipped = {
  row: 'D',
  name: 'D7 flipped-bytes',
  orders: 4,
  async run(scenario, { orders, share }) {
    await scenario.start();
    const { random, sender } = scenario;
    await scenario.trade(orders);
    const genuine = [...scenario.sender.messages.values()].map(({ body }) => body);
    for (let number = 0; number < Math.max(100, 2000 * share); number += 1) {
      const envelope = JSON.parse(genuine[number % genuine.length]);
      // A name of its own, so that it is not the duplicate of what it was; the signature covers that too.
      envelope.MessageId = `11111111-0000-4000-8000-${String(number).padStart(12, '0')}`;
      if (number % 2 === 0) {
        const at = Math.floor(random() * envelope.Message.length);
        envelope.Message = `${envelope.Message.slice(0, at)}\u0000${envelope.Message.slice(at + 1)}`;
      }
      sender.publish(JSON.stringify(envelope), {}, 'refused');
    }
    await finish(scenario);
  },
};

const raw = {
  row: 'D',
  name: 'D8 raw',
  orders: 3,
  async run(scenario, { orders }) {
    await scenario.start();
    await scenario.trade(orders);
    for (const { body } of [...scenario.sender.messages.values()])
      scenario.sender.publish(JSON.parse(body).Message, { 'x-amz-sns-rawdelivery': 'true' }, 'aside');
    await finish(scenario);
  },
};

const foreign = {
  row: 'D',
  name: 'D9 foreign-orders',
  orders: 3,
  async run(scenario, { orders }) {
    await scenario.start();
    const sign = await createSigner(scenario);
    for (let number = 0; number < 20; number += 1)
      scenario.sender.publish(sign(makeEnvelope(scenario, number), { SignatureVersion: number % 2 ? '2' : '1' }));
    await scenario.trade(orders);
    await finish(scenario);
  },
};

/** Nobody is there, and Amazon does not repeat what it could not deliver. */
const gap = {
  row: 'D',
  name: 'D10 blind-gap',
  orders: 10,
  options: { withTruth: true },
  async run(scenario, { orders }) {
    await scenario.start();
    await scenario.trade(orders, ['pay']);
    await scenario.settled();
    await scenario.kill();
    const { change } = scenario.sender;
    scenario.sender.change = () => null;
    await scenario.trade(orders, ['capture', 'refund']);
    scenario.sender.change = change;
    scenario.faultsEnded();
    await scenario.startProxy({}, 0);
    await scenario.until(() => scenario.events.filter(({ swept }) => swept !== undefined).length >= 2);
    await scenario.settled();
  },
};

const rotation = {
  row: 'E',
  name: 'E1 certificate-rotates',
  orders: 12,
  async run(scenario, { orders }) {
    await scenario.start();
    const sign = await createSigner(scenario);
    scenario.sender.change = (body) => (scenario.random() < 0.5 ? sign(body) : body);
    await scenario.trade(orders);
    await finish(scenario);
  },
};

/** What cannot be checked is taken, and forwarded when it was. */
const certificateHost = (name, kind) => ({
  row: 'E',
  name,
  orders: 6,
  async run(scenario, { orders, share }) {
    // Checked later, they come in the order in which they were checked.
    Object.assign(scenario.expect, { mayReorder: true });
    await scenario.start();
    await scenario.amazon.ask('failCertificates', kind);
    await scenario.trade(orders);
    await scenario.acknowledged(orders * 9);
    const early = scenario.takenBy.legacy.size + scenario.takenBy.migrated.size;
    if (early > 0) throw new Error(`${early} messages were forwarded and could not be checked.`);
    await scenario.amazon.ask('failCertificates', 'ok');
    // The next try is half a minute away.
    if (share < 1) await scenario.pass(35_000);
    await finish(scenario);
  },
});

const versions = {
  row: 'E',
  name: 'E3 signature-versions',
  orders: 8,
  async run(scenario, { orders }) {
    await scenario.start();
    const sign = await createSigner(scenario);
    let number = 0;
    scenario.sender.change = (body) => sign(body, { SignatureVersion: (number += 1) % 2 === 0 ? '2' : '1' });
    await scenario.trade(orders);
    scenario.sender.change = (body) => body;
    const third = makeEnvelope(scenario, 1, { SignatureVersion: '2' });
    scenario.sender.publish(sign(third).replace('"SignatureVersion":"2"', '"SignatureVersion":"3"'), {}, 'aside');
    await finish(scenario);
  },
};

export const arrivals = [
  ...[duplicates, shuffledOrders, clock('D5 clock-back', -HOUR), clock('D5b clock-ahead', 2 * HOUR)],
  ...[timestamps, flipped, raw, foreign, gap, rotation],
  ...['503', 'garbage', 'large', 'hang', 'reset'].map((kind, index) =>
    certificateHost(`E2${'abcde'[index]} certificate-${kind}`, kind),
  ),
  versions,
];
