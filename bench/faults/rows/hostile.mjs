/** G: what strangers send. Nothing of it reaches a handler, and messages go on coming in. */
import { request as ask } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { makeEnvelope } from '../signing.mjs';

const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const forged = (scenario, change) => JSON.stringify({ ...JSON.parse(makeEnvelope(scenario, 1)), ...change });
const elsewhere = 'https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-0.pem';

/** What is posted, and with which headers. */
const bodies = (scenario) => [
  ['', {}],
  ['not JSON', {}],
  ['null', {}],
  [deep, {}],
  [Buffer.alloc(2 * 1024 * 1024, 65), {}],
  [gzipSync('{}'), { 'content-encoding': 'gzip' }],
  [Buffer.from([0xff, 0xfe, 0x00, 0xd8]), {}],
  [`{"Type":"Notification","Type":"Notification"}`, {}],
  [`{"__proto__":{"polluted":true},"Type":"Notification"}`, {}],
  [forged(scenario, { Signature: 'AAAA', SigningCertURL: elsewhere }), {}],
  [forged(scenario, { Signature: 'AAAA', SigningCertURL: 'http://169.254.169.254/latest/meta-data' }), {}],
];

function post(url, body, headers) {
  return new Promise((resolve) => {
    const outgoing = ask(url, { method: 'POST', headers, agent: false }, (response) => {
      response.resume().on('close', () => resolve(response.statusCode));
    });
    outgoing.on('error', () => resolve(null));
    outgoing.end(body);
  });
}

/** Connections that say nothing, or a byte now and then. */
const idle = (url, count) =>
  Array.from({ length: count }, () => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write('POST /ipn HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n{');
    return socket;
  });

const strangers = {
  row: 'G',
  name: 'G8 strangers',
  orders: 10,
  async meanwhile(scenario, { share, trading }) {
    const { url } = scenario.proxy;
    const sockets = idle(url, Math.round(1500 * Math.max(share, 0.1)));
    // What names a place of Amazon that is not known is kept aside: one day certificates may be there.
    const aside = { Signature: 'AAAA', SigningCertURL: 'https://sns.us-east-1.amazonaws.com/new/x.pem' };
    scenario.sender.publish(forged(scenario, aside), {}, 'aside');
    for (let round = 0; round < Math.max(3, 20 * share); round += 1)
      for (const [body, headers] of bodies(scenario)) {
        const status = await post(url, body, headers);
        if (status === 200) throw new Error(`Taken: ${String(body).slice(0, 200)}`);
      }
    await trading;
    for (const socket of sockets) socket.destroy();
  },
};

export const hostile = [strangers];
