/** G: what comes over the line: a flood, and requests in requests. */
import { connect } from 'node:net';
import { Actor } from '../actors/start.mjs';
import { acknowledgementTimes, quantile } from '../latency.mjs';
import { createSigner, makeEnvelope } from '../signing.mjs';

/** Forged messages, as many as a process of its own can send, while orders are traded. */
const flood = {
  row: 'G',
  name: 'G7 flood',
  orders: 40,
  async before(scenario, { share }) {
    const url = scenario.proxy.url;
    const sign = await createSigner(scenario);
    const genuine = JSON.parse(sign(makeEnvelope(scenario, 1)));
    // Each costs the check of a signature, which is the most that a forged message can cost.
    const body = JSON.stringify({ ...genuine, Message: `${genuine.Message} ` });
    scenario.flooding = new Actor('flood', { url, body, connections: 32, seconds: Math.max(3, 30 * share) });
    scenario.flooded = scenario.flooding.ask('flood');
  },
  async after(scenario) {
    const { statuses, perSecond } = await scenario.flooded;
    await scenario.flooding.end('SIGKILL');
    const taken = Object.keys(statuses).filter((status) => status !== '403' && status !== '503');
    if (taken.length > 0) throw new Error(`Forged messages were answered ${JSON.stringify(statuses)}.`);
    const times = acknowledgementTimes(scenario.path('sender.jsonl'));
    const [p50, p99] = [0.5, 0.99].map((share) => Math.round(quantile(times, share)));
    Object.assign(scenario.figures, { forgedPerSecond: perSecond, genuineP50: p50, genuineP99: p99 });
  },
};

const CRLF = '\r\n';
/** Two requests that somebody may take for one, or one for two; the second is genuine. */
const smuggled = (head, second) => [
  `${head}Content-Length: ${second.length}${CRLF}Transfer-Encoding: chunked${CRLF}${CRLF}0${CRLF}${CRLF}${second}`,
  `${head}Transfer-Encoding: chunked${CRLF}Content-Length: 5${CRLF}${CRLF}0${CRLF}${CRLF}${second}`,
  `${head}Content-Length: 2${CRLF}Content-Length: ${second.length}${CRLF}${CRLF}{}${second}`,
  `${head}Transfer-Encoding: chunked, identity${CRLF}${CRLF}0${CRLF}${CRLF}${second}`,
  `${head}Transfer-Encoding : chunked${CRLF}Content-Length: 2${CRLF}${CRLF}{}${second}`,
  `${head}Transfer-Encoding: xchunked${CRLF}${CRLF}0${CRLF}${CRLF}${second}`,
  `${head}Content-Length: +2${CRLF}${CRLF}{}${second}`,
  `${head}Content-Length: 0x2${CRLF}${CRLF}{}${second}`,
  `${head} Content-Length: 2${CRLF}${CRLF}{}${second}`,
  `${head}X: a\nTransfer-Encoding: chunked${CRLF}${CRLF}0${CRLF}${CRLF}${second}`,
  `${head}X: a\rContent-Length: 0${CRLF}${CRLF}${second}`,
  `${head}Transfer-Encoding: chunked${CRLF}${CRLF}-1${CRLF}${CRLF}0${CRLF}${CRLF}${second}`,
];

/** Says something on a connection of its own; resolves to the statuses of the answers when it is closed. */
const speak = (url, text) =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let said = '';
    socket.setEncoding('utf8').on('data', (chunk) => (said += chunk));
    socket.on('error', () => undefined).on('close', () => resolve(said.match(/HTTP\/1\.1 \d+/g) ?? []));
    socket.write(text);
  });

async function countStored(scenario) {
  const { messages } = await scenario.ask('/api/status');
  return messages.reduce((sum, { count }) => sum + count, 0);
}

const smuggling = {
  row: 'G',
  name: 'G9 smuggling',
  orders: 4,
  async after(scenario) {
    const sign = await createSigner(scenario);
    const body = sign(makeEnvelope(scenario, 1, { SignatureVersion: '2' }));
    const head = `POST /ipn HTTP/1.1${CRLF}Host: shop.example${CRLF}`;
    const second = `${head}Content-Length: ${Buffer.byteLength(body)}${CRLF}Connection: close${CRLF}${CRLF}${body}`;
    await scenario.until(() => scenario.isDone());
    const before = await countStored(scenario);
    for (const text of smuggled(head, second)) {
      const answers = await speak(scenario.proxy.url, text);
      if (answers.some((answer) => answer.endsWith(' 200')))
        throw new Error(`Answered ${answers}: ${JSON.stringify(text.slice(0, 120))}`);
    }
    const more = (await countStored(scenario)) - before;
    if (more > 0) throw new Error(`${more} messages came in within others.`);
    // By itself it is taken, or all this would show nothing.
    scenario.sender.publish(body);
  },
};

export const hostileLines = [flood, smuggling];
