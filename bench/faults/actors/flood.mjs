/** A stranger with many connections, who posts the same again and again, as fast as it is answered. */
import { Agent, request as ask } from 'node:http';
import { act } from './start.mjs';

const { url, body, connections, seconds } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: connections });

const post = () =>
  new Promise((resolve) => {
    const headers = { 'content-length': Buffer.byteLength(body) };
    const outgoing = ask(url, { method: 'POST', headers, agent }, (response) =>
      response.resume().on('close', () => resolve(response.statusCode)),
    );
    outgoing.on('error', () => resolve(null));
    outgoing.end(body);
  });

act({
  start: () => null,
  async flood() {
    const statuses = {};
    const until = Date.now() + seconds * 1000;
    const one = async () => {
      while (Date.now() < until) {
        const status = await post();
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: connections }, one));
    const total = Object.values(statuses).reduce((sum, count) => sum + count, 0);
    return { statuses, perSecond: Math.round(total / seconds) };
  },
});
