import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { codemod } from '../../../codemods/php';
import { amount, confirmOrder, createLegacyClient, legacy, reference } from '../../emulator/clients';
import { migrateTexts, readTree } from '../run-codemod';
import { AmazonBridge } from './amazon-bridge';
import { lintPhp } from './lint';

/** A PHP shop with its SDKs, in a process that does what it is asked. */
class PhpShop {
  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcessWithoutNullStreams,
  ) {}

  static start(files: ReadonlyMap<string, string>, amazon: string): PhpShop {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'php-shop-')));
    for (const [path, text] of files) writeFileSync(join(folder, path), text);
    const env = {
      PATH: process.env['PATH'],
      AMAZON: amazon,
      AMAZON_PAY_PUBLIC_KEY_ID: 'key',
      AMAZON_PAY_PRIVATE_KEY: 'pem',
    };
    return new PhpShop(folder, spawn('php', ['-d', 'display_errors=stderr', join(folder, 'run.php')], { env }));
  }

  async ask(method: string, ...values: readonly unknown[]): Promise<unknown> {
    const lines = createInterface({ input: this.child.stdout });
    const said = new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      this.child.stderr.once('data', (chunk: Buffer) => reject(new Error(chunk.toString())));
    });
    this.child.stdin.write(`${JSON.stringify([method, values])}\n`);
    return JSON.parse(await said);
  }

  close(): void {
    this.child.kill();
    rmSync(this.folder, { recursive: true });
  }
}

const found = readTree(join(__dirname, 'shop'));

const OWN = ['Bootstrap.php', 'Gateway.php', 'Ledger.php'];

/** The shop after some of its files were migrated. */
async function migrate(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const shop = new Map([...found].filter(([path]) => paths.includes(path)));
  const { files, findings } = await migrateTexts(codemod, shop, 'instead');
  expect(findings.filter(({ rewritten }) => !rewritten)).toEqual([]);
  return new Map([...found, ...files]);
}

/** All of it is migrated, and the legacy SDK is gone. */
async function migrated(): Promise<ReadonlyMap<string, string>> {
  const files = await migrate(OWN);
  return new Map([...files].filter(([path]) => path !== 'sdk-legacy.php'));
}

/** The client is made where nobody looks, so it stays, and each call has the v2 client beside it. */
const beside = (): Promise<ReadonlyMap<string, string>> => migrate(OWN.filter((path) => path !== 'Bootstrap.php'));

type Story = (shop: PhpShop, amazon: AmazonBridge) => Promise<readonly unknown[]>;

async function order(amazon: AmazonBridge): Promise<string> {
  return confirmOrder(amazon.emulator, createLegacyClient(amazon.emulator));
}

/** Ids differ between two runs of one story, and so does which API made something. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replace(/[SP]\d\d-\d{7}-\d{7}(?:-[ACR]\d{6})?/g, 'ID')
      .replace(/"madeBy":"(?:legacy|v2)",?/g, ''),
  );

async function authorizationOf(amazon: AmazonBridge, id: string): Promise<string> {
  const details = await legacy(createLegacyClient(amazon.emulator), 'getOrderReferenceDetails', {
    AmazonOrderReferenceId: id,
  });
  return String(details.OrderReferenceDetails.IdList.member);
}

const stories: Readonly<Record<string, Story>> = {
  'authorize, capture, refund': async (shop, amazon) => {
    const id = await order(amazon);
    const authorized = await shop.ask('authorize', id, '94.50', 'a-1');
    const captured = (await shop.ask('capture', await authorizationOf(amazon, id), '94.50', 'c-1')) as {
      answer: [boolean, string, string];
    };
    const [, capture] = captured.answer;
    const refund = (await shop.ask('refund', capture, '4.50', 'r-1')) as { answer: [string, string] };
    const early = await shop.ask('refundState', refund.answer[0]);
    await amazon.emulator.clock.advance({ seconds: 60 });
    const late = await shop.ask('refundState', refund.answer[0]);
    const again = await shop.ask('refund', capture, '500.00', 'r-2');
    return [
      authorized,
      captured,
      refund,
      early,
      late,
      again,
      await shop.ask('refunded', capture),
      amazon.emulator.order(id),
    ];
  },
  'nothing is refunded yet': async (shop, amazon) => {
    const id = await order(amazon);
    await shop.ask('authorize', id, '94.50', 'a-1');
    const authorization = await authorizationOf(amazon, id);
    const { answer } = (await shop.ask('capture', authorization, '94.50', 'c-1')) as { answer: [boolean, string] };
    return [await shop.ask('refunded', answer[1])];
  },
  'one reference for everything': async (shop, amazon) => {
    const id = await order(amazon);
    const authorized = await shop.ask('authorize', id, '50.00', 'order-7');
    const captured = await shop.ask('capture', await authorizationOf(amazon, id), '50.00', 'order-7');
    const { answer } = captured as { answer: [boolean, string] };
    return [authorized, captured, await shop.ask('refund', answer[1], '50.00', 'order-7'), amazon.emulator.order(id)];
  },
  'declined for the card': async (shop, amazon) => {
    const client = createLegacyClient(amazon.emulator);
    const id = amazon.emulator.people.startOrderReference({ card: '3434' });
    await legacy(client, 'setOrderReferenceDetails', {
      AmazonOrderReferenceId: id,
      OrderReferenceAttributes: { OrderTotal: amount('10.00') },
    });
    await legacy(client, 'confirmOrderReference', { AmazonOrderReferenceId: id });
    return [await shop.ask('authorize', id, '10.00', reference())];
  },
  'more than the order': async (shop, amazon) => [await shop.ask('authorize', await order(amazon), '9000.00', 'a-1')],
  'a capture that fails closes the authorization': async (shop, amazon) => {
    const id = await order(amazon);
    await shop.ask('authorize', id, '94.50', 'a-1');
    const answer = await shop.ask('capture', await authorizationOf(amazon, id), '9000.00', 'c-1');
    return [answer, amazon.emulator.order(id)];
  },
  'answers that are returned': async (shop, amazon) => {
    const id = await order(amazon);
    await shop.ask('authorize', id, '94.50', 'a-1');
    const authorization = await authorizationOf(amazon, id);
    const { answer } = (await shop.ask('capture', authorization, '94.50', 'c-1')) as { answer: [boolean, string] };
    const [, capture] = answer;
    const refund = (await shop.ask('payBack', capture, '4.50', 'r-1')) as { answer: string };
    const early = await shop.ask('isPaidBack', refund.answer);
    await amazon.emulator.clock.advance({ seconds: 60 });
    return [
      await shop.ask('book', capture),
      await shop.ask('book', 'S01-1234567-1234567-C123456'),
      await shop.ask('payBack', capture, '0.00', 'r-2'),
      await shop.ask('payBack', capture, '500.00', 'r-3'),
      refund,
      early,
      await shop.ask('isPaidBack', refund.answer),
      amazon.emulator.order(id),
    ];
  },
  'closing an order': async (shop, amazon) => {
    const id = await order(amazon);
    return [await shop.ask('close', id), amazon.emulator.order(id)];
  },
};

async function expectTheSame(name: string, after: ReadonlyMap<string, string>): Promise<void> {
  const outcomes: unknown[] = [];
  for (const [api, files] of [
    ['legacy', found],
    ['v2', after],
  ] as const) {
    const amazon = await AmazonBridge.start();
    const shop = PhpShop.start(files, amazon.url);
    try {
      outcomes.push(comparable(await stories[name]!(shop, amazon)));
      expect([...amazon.asked]).toEqual([api]);
    } finally {
      shop.close();
      await amazon.close();
    }
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
}

it.each(Object.keys(stories))('comes to the same as before, without the legacy SDK: %s', async (name) => {
  await expectTheSame(name, await migrated());
});

it.each(['authorize, capture, refund', 'answers that are returned'])(
  'comes to the same as before, beside a legacy client: %s',
  async (name) => {
    await expectTheSame(name, await beside());
  },
);

const fixtures = join(__dirname, '../../../fixtures/codemods/php');

test.each(readdirSync(fixtures))('what comes out of the fixture %s is valid PHP', async (name) => {
  const { files } = await migrateTexts(codemod, readTree(join(fixtures, name, 'input')), 'instead');
  for (const [path, text] of files) {
    if (path.endsWith('.php')) expect([path, lintPhp(text)]).toEqual([path, undefined]);
  }
});

test('an id that is none moves no money: it is refused before anything is sent', async () => {
  const amazon = await AmazonBridge.start();
  const shop = PhpShop.start(await migrated(), amazon.url);
  try {
    expect(await shop.ask('capture', 'nonsense', '1.00', 'c-1')).toEqual({ error: 'InvalidArgumentException' });
    expect(await shop.ask('capture', 'S01-1234567-1234567-R123456', '1.00', 'c-1')).toEqual({
      error: 'InvalidArgumentException',
    });
  } finally {
    shop.close();
    await amazon.close();
  }
});
