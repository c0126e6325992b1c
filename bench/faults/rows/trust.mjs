/** E: what vouches for messages. */
import { createSigner, makeEnvelope } from '../signing.mjs';

const rotation = {
  row: 'E',
  name: 'E1 certificate-rotates',
  orders: 12,
  async before(scenario) {
    const sign = await createSigner(scenario);
    scenario.sender.change = (body) => (scenario.random() < 0.5 ? sign(body) : body);
  },
};

/** What cannot be checked is taken, and forwarded when it was. */
const certificateHost = (name, kind) => ({
  row: 'E',
  name,
  orders: 6,
  // Checked later, they come in the order in which they were checked.
  expect: { mayReorder: true },
  before: (scenario) => scenario.amazon.ask('failCertificates', kind),
  async after(scenario, { orders, share }) {
    await scenario.acknowledged(orders * 9);
    const early = scenario.takenBy.legacy.size + scenario.takenBy.migrated.size;
    if (early > 0) throw new Error(`${early} messages were forwarded and could not be checked.`);
    await scenario.amazon.ask('failCertificates', 'ok');
    // The next try is half a minute away.
    if (share < 1) await scenario.pass(35_000);
  },
});

const versions = {
  row: 'E',
  name: 'E3 signature-versions',
  orders: 8,
  async before(scenario) {
    const sign = await createSigner(scenario);
    const third = sign(makeEnvelope(scenario, 1), { SignatureVersion: '2' });
    scenario.sender.publish(third.replace('"SignatureVersion":"2"', '"SignatureVersion":"3"'), {}, 'aside');
    let number = 0;
    scenario.sender.change = (body) => sign(body, { SignatureVersion: (number += 1) % 2 === 0 ? '2' : '1' });
  },
};

export const trust = [
  rotation,
  ...['503', 'garbage', 'large', 'hang', 'reset'].map((kind, index) =>
    certificateHost(`E2${'abcde'[index]} certificate-${kind}`, kind),
  ),
  versions,
];
