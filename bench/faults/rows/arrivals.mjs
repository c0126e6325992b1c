/** D: how messages come, and when. */
import { setTimeout as pause } from 'node:timers/promises';
import { now } from '../ledger.mjs';
import { createSigner, makeEnvelope, renew } from '../signing.mjs';
import { countedBy, nothingDue } from './waiting.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const duplicates = {
  row: 'D',
  name: 'D1 duplicates',
  orders: 10,
  instances: 2,
  after({ sender }, { share }) {
    const messages = [...sender.messages.values()];
    for (let round = 0; round < Math.max(3, Math.round(100 * share)); round += 1) sender.sendAgain(messages);
  },
};

const shuffledOrders = {
  row: 'D',
  name: 'D2 shuffled',
  orders: 12,
  options: { withTruth: true },
  before({ sender }) {
    Object.assign(sender, { isHeld: true, shuffled: 0.9 });
  },
  after({ sender }) {
    sender.isHeld = false;
    sender.pump();
  },
};

/** Amazon tells the same once more, as another message: the handlers decide that by its object, and what is known stays. */
const republished = {
  row: 'D',
  name: 'D3 republished',
  orders: 6,
  options: { withTruth: true },
  async after(scenario) {
    const sign = await createSigner(scenario);
    [...scenario.sender.messages.values()].forEach(({ body }, number) =>
      scenario.sender.publish(sign(body, renew(body, number))),
    );
  },
};

/** One message for each object, of which all is known: one look at it, which finds nothing new. */
const toldOnceMore = {
  row: 'D',
  name: 'D3b told-once-more',
  orders: 6,
  options: { withTruth: true },
  async after(scenario) {
    const sign = await createSigner(scenario);
    await scenario.settled();
    const last = new Map();
    for (const { body } of scenario.sender.messages.values()) {
      const { ObjectId } = JSON.parse(JSON.parse(body).Message);
      if (ObjectId !== undefined) last.set(ObjectId, body);
    }
    const looks = await countedBy(scenario, 'unchanged_objects_total');
    scenario.expect = { once: { since: now(), objects: [...last.keys()] } };
    [...last.values()].forEach((body, number) => scenario.sender.publish(sign(body, renew(body, number))));
    await scenario.settled();
    const unchanged = (await countedBy(scenario, 'unchanged_objects_total')) - looks;
    if (unchanged !== last.size)
      throw new Error(`${unchanged} looks of ${last.size} are counted as finding nothing new.`);
    Object.assign(scenario.figures, { unchanged });
  },
};

/** The clock of a machine is set while messages come in and deliveries wait for their time. */
const clock = (name, milliseconds) => ({
  row: 'D',
  name,
  orders: 16,
  // Of two machines with one store, only one clock is wrong.
  instances: 2,
  async before(scenario) {
    await scenario.behave('legacy', { kind: 'slow', milliseconds: 300, share: 0.5 });
    await scenario.behave('migrated', { kind: 503, share: 0.5 });
  },
  async meanwhile(scenario, { orders }) {
    await scenario.acknowledged(orders);
    await scenario.setClock(milliseconds);
    await scenario.acknowledged(orders * 3);
    if (scenario.driver === 'sqlite') await scenario.restart();
  },
  async after(scenario) {
    await scenario.behave('legacy', { kind: 'ok' });
    await scenario.behave('migrated', { kind: 'ok' });
  },
});

const timestamps = {
  row: 'D',
  name: 'D6 timestamps',
  orders: 3,
  async before(scenario) {
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
  },
};

/** Every byte that is changed, somewhere: nothing of it may reach a handler. */
const flipped = {
  row: 'D',
  name: 'D7 flipped-bytes',
  orders: 4,
  after({ random, sender }, { share }) {
    const genuine = [...sender.messages.values()].map(({ body }) => body);
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
  },
};

const raw = {
  row: 'D',
  name: 'D8 raw',
  orders: 3,
  after({ sender }) {
    for (const { body } of [...sender.messages.values()])
      sender.publish(JSON.parse(body).Message, { 'x-amz-sns-rawdelivery': 'true' }, 'aside');
  },
};

const foreign = {
  row: 'D',
  name: 'D9 foreign-orders',
  orders: 3,
  async before(scenario) {
    const sign = await createSigner(scenario);
    for (let number = 0; number < 20; number += 1)
      scenario.sender.publish(sign(makeEnvelope(scenario, number), { SignatureVersion: number % 2 ? '2' : '1' }));
  },
};

/** Nobody is there, and Amazon does not repeat what it could not deliver. */
const gap = {
  row: 'D',
  name: 'D10 blind-gap',
  orders: 10,
  options: { withTruth: true },
  steps: ['capture', 'refund'],
  async before(scenario, { orders }) {
    await scenario.trade(orders, ['pay']);
    await scenario.settled();
    await scenario.kill();
    scenario.sender.change = () => null;
  },
  async after(scenario) {
    scenario.sender.change = (body) => body;
    scenario.faultsEnded();
    await scenario.startProxy({}, 0);
    await scenario.sweptTwice();
  },
};

/**
 * The same while Amazon has not answered yet: what it answers then, it answers to those that asked about the messages before, and
 * not to the sweep.
 */
const unansweredGap = {
  row: 'D',
  name: 'D10b blind-gap-unanswered',
  orders: 10,
  options: { withTruth: true },
  steps: ['capture', 'refund'],
  async before(scenario, { orders }) {
    await scenario.amazon.ask('failApi', '503');
    await scenario.trade(orders, ['pay']);
    await scenario.until(() => scenario.isDone());
    await scenario.kill();
    scenario.sender.change = () => null;
    // Longer after the last message than Amazon takes to tell.
    await pause(6000);
  },
  async after(scenario) {
    scenario.sender.change = (body) => body;
    await scenario.amazon.ask('failApi', 'ok');
    scenario.faultsEnded();
    await scenario.startProxy({}, 0);
    await scenario.sweptTwice();
    // What is tried again, and what may still be told, need not be waited for here.
    for (let round = 0; round < 3; round += 1) {
      await nothingDue(scenario, 'truth');
      await scenario.pass(125_000);
    }
  },
};

export const arrivals = [
  ...[
    duplicates,
    shuffledOrders,
    republished,
    toldOnceMore,
    clock('D5 clock-back', -HOUR),
    clock('D5b clock-ahead', 2 * HOUR),
  ],
  ...[timestamps, flipped, raw, foreign, gap, unansweredGap],
];
