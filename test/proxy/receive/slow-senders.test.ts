import { connect, type Socket } from 'node:net';
import { envelope } from './messages';
import { TestReceiver } from './receiving';

/** What a server says on a connection of its own, until it is closed. */
function speak(url: string, lines: string): { readonly socket: Socket; readonly said: Promise<string> } {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  const said = new Promise<string>((resolve) => {
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
  socket.write(lines);
  return { socket, said };
}

const HEAD = 'POST /ipn HTTP/1.1\r\nHost: shop.example\r\n';

describe('senders that are slow or broken', () => {
  let receiver: TestReceiver;
  beforeAll(async () => {
    receiver = await TestReceiver.start('sqlite', { requestTimeoutSeconds: 1, maxConnections: 50 });
  });
  afterAll(() => receiver.remove());

  test.each([
    ['a head that does not end', HEAD],
    ['a body that does not come', `${HEAD}Content-Length: 100\r\n\r\n{`],
    ['a chunked body that does not end', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`],
  ])('%s is cut, and told to come again: the network may have been slow', async (_, lines) => {
    expect(await speak(receiver.receiving.url, lines).said).toMatch(/^HTTP\/1\.1 503 /);
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', '400'],
    ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, '400'],
    ['a length and chunks', `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, '400'],
    ['a strange transfer encoding', `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n{}`, '400'],
    ['a header with a line break in it', `${HEAD}X: a\rContent-Length: 2\r\n\r\n{}`, '400'],
    ['headers without end', `${HEAD}${`X: ${'x'.repeat(1000)}\r\n`.repeat(20)}`, '503'],
  ])('%s is one request at most, and refused', async (_, lines, status) => {
    const answers = await speak(receiver.receiving.url, lines).said;
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
    expect(await receiver.messages()).toEqual([]);
  });

  test('hundreds of them keep no genuine message out', async () => {
    const { url } = receiver.receiving;
    const slow = Array.from({ length: 300 }, () => speak(url, `${HEAD}Content-Length: 100\r\n\r\n{`));
    const replies = await Promise.all(Array.from({ length: 40 }, () => receiver.post(envelope())));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(receiver.receiving.connections).toBeLessThanOrEqual(50);
    for (const { socket } of slow) socket.destroy();
  });
});

describe('a receiver that stops', () => {
  test('answers what it has begun to read, refuses what is new, and ends', async () => {
    const receiver = await TestReceiver.start('sqlite');
    const { url } = receiver.receiving;
    const body = JSON.stringify(envelope());
    const begun = speak(url, `${HEAD}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 10)}`);
    const kept = speak(url, `${HEAD}Content-Length: 2\r\n\r\n{}`);
    // Its answer shows that the server has seen both.
    await new Promise((resolve) => kept.socket.once('data', resolve));
    const stopped = receiver.receiving.stop(5000);
    begun.socket.write(body.slice(10));
    expect(await begun.said).toMatch(/^HTTP\/1\.1 200 [^]*connection: close/i);
    await stopped;
    await expect(receiver.post('{}')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await receiver.messages()).toHaveLength(1);
    await receiver.remove();
  });
});
