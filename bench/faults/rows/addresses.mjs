/** G: addresses in messages, to which nobody may be led. */
import { createServer } from 'node:net';
import { createSigner, makeEnvelope } from '../signing.mjs';

/** Something on this machine that nobody may be led to. */
async function openTrap() {
  const trap = { hits: 0 };
  const server = createServer((socket) => {
    trap.hits += 1;
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(trap, { port: server.address().port, close: () => server.close() });
}

const SNS = 'sns.us-east-1.amazonaws.com';
const FILE = `SimpleNotificationService-${'0'.repeat(32)}.pem`;

/** Where a certificate could be said to be. */
const addresses = (port) => {
  const trap = `127.0.0.1:${port}`;
  const hosts = [
    ...[trap, `localhost:${port}`, `[::1]:${port}`, `2130706433:${port}`, `0x7f000001:${port}`, `127.1:${port}`],
    ...[`${SNS}:${port}`, `${SNS}@${trap}`, `${SNS}%40${trap}`, `${trap}#${SNS}`, `${trap}?${SNS}`, `${trap}\\@${SNS}`],
    ...[`${SNS}.evil.example`, `${SNS}.`, `sns.us-east-1.amazonaws.com.cn`, `sns.nowhere-1.amazonaws.com`],
    ...[
      `evil-${SNS}`,
      `sns.us-east-1.amazonaws.com%2eevil.example`,
      `ｓns.us-east-1.amazonaws.com`,
      `SNS.us-east-1.AMAZONAWS.com`,
    ],
    ...['169.254.169.254', '[::ffff:169.254.169.254]', 'metadata.google.internal', 's3.amazonaws.com'],
  ];
  const paths = [
    ...['x.pem', `../${FILE}`, `%2e%2e/${FILE}`, `evil/${FILE}`, `${FILE}?x=.pem`, `?Action=Publish&x=.pem`],
    ...[`${FILE}#.pem`, `${FILE};.pem`, `${FILE}%00.pem`, `${FILE}/.pem`, `\t${FILE}`, `\n${FILE}`],
  ];
  return [
    ...hosts.flatMap((host) => ['https', 'http'].map((scheme) => `${scheme}://${host}/${FILE}`)),
    ...paths.map((path) => `https://${SNS}/${path}`),
    ...['ftp', 'file', 'gopher', 'data', 'HTTPS'].map((scheme) => `${scheme}://${SNS}/${FILE}`),
    ...['', 'x', `//${trap}/${FILE}`, `https:/${trap}/${FILE}`, `https:${trap}`],
  ];
};

const certificateAddresses = {
  row: 'G',
  name: 'G1 certificate-addresses',
  orders: 4,
  async before(scenario) {
    scenario.trap = await openTrap();
    const all = addresses(scenario.trap.port);
    for (const [number, SigningCertURL] of all.entries()) {
      const envelope = makeEnvelope(scenario, number, { SigningCertURL, Signature: 'AAAA' });
      scenario.sender.publish(envelope, {}, 'refused or aside');
    }
    scenario.figures.addresses = all.length;
  },
  async after(scenario) {
    await scenario.until(() => scenario.isDone());
    scenario.trap.close();
    const asked = new Set(scenario.events.flatMap(({ connectsTo }) => connectsTo ?? []));
    asked.delete(`${SNS}:443`);
    if (asked.size > 0 || scenario.trap.hits > 0)
      throw new Error(`It was led to ${[...asked]}, and ${scenario.trap.hits} times to the trap.`);
  },
};

/** Messages about a subscription that Amazon really signed, and addresses in them that nobody may follow. */
const subscriptions = {
  row: 'G',
  name: 'G2 subscriptions',
  orders: 4,
  async before(scenario) {
    scenario.trap = await openTrap();
    const sign = await createSigner(scenario);
    const genuine = `https://${SNS}/?Action=ConfirmSubscription&TopicArn=${scenario.facts.topicArn}&Token=t0k3n`;
    const urls = [genuine, ...addresses(scenario.trap.port)];
    for (const [number, SubscribeURL] of urls.entries())
      for (const Type of ['SubscriptionConfirmation', 'UnsubscribeConfirmation']) {
        const id = 2 * number + (Type === 'SubscriptionConfirmation' ? 0 : 1);
        const envelope = makeEnvelope(scenario, id, { Type, SubscribeURL, Token: 't0k3n' });
        scenario.sender.publish(sign(envelope, { SignatureVersion: '2' }), {}, 'refused or aside');
      }
  },
  async after(scenario) {
    await certificateAddresses.after(scenario);
    const asked = scenario.events.filter(({ connectsTo }) => connectsTo !== undefined).length;
    // The certificates of two keys, the emulator's and this one, by as many instances.
    if (asked > 2) throw new Error(`It asked Amazon ${asked} times.`);
  },
};

export const addressesOfOthers = [certificateAddresses, subscriptions];
