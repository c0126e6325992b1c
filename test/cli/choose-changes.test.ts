import { PassThrough } from 'node:stream';
import { createQuestioner } from '../../src/cli/ask-on-terminal';
import { chooseChanges } from '../../src/cli/choose-changes';

const change = (path: string, after = 'new', before: string | null = 'old') => ({
  path,
  before: before === null ? null : Buffer.from(before),
  after: Buffer.from(after),
});

async function choose(changes: ReturnType<typeof change>[], typed: (string | null)[]) {
  const shown: string[] = [];
  const told: string[] = [];
  const declined = await chooseChanges(changes, {
    show: ({ path }) => shown.push(path),
    ask: async () => {
      const answer = typed.shift();
      if (answer === undefined) throw new Error('asked more often than expected');
      return answer;
    },
    tell: (message) => told.push(message),
  });
  return { declined, shown, told };
}

const abc = [change('a.js'), change('b.js'), change('c.js')];

describe('chooseChanges', () => {
  it.each([
    [['y', 'n', 'yes'], ['b.js']],
    [['n', 'a'], ['a.js']],
    [
      ['y', 'q'],
      ['b.js', 'c.js'],
    ],
    [
      ['Y', null],
      ['b.js', 'c.js'],
    ],
  ])('answers %j', async (typed, declined) => {
    expect(await choose(abc, [...typed])).toMatchObject({ declined });
  });

  it('shows a diff before each question and asks again after ? or nonsense', async () => {
    const { shown, told, declined } = await choose([change('a.js')], ['?', '', 'maybe', 'y']);
    expect(shown).toEqual(['a.js']);
    expect(told).toHaveLength(3);
    expect(declined).toEqual([]);
  });

  it('does not ask about the helper, which comes along with a file that loads it', async () => {
    const files = [
      change('lib/amazon-pay-v2.js', 'helper', null),
      change('a.js', "require('./lib/amazon-pay-v2')"),
      change('b.js'),
    ];
    expect(await choose(files, ['y', 'n'])).toMatchObject({ shown: ['a.js', 'b.js'], declined: ['b.js'] });
  });

  it('asks about the manifest of accepted files after q, and about no other', async () => {
    const files = [change('package.json'), change('a.js'), change('b.js'), change('other/package.json')];
    expect(await choose(files, ['y', 'q', 'y'])).toMatchObject({
      shown: ['a.js', 'b.js', 'package.json'],
      declined: ['b.js', 'other/package.json'],
    });
    expect(await choose(files, ['q'])).toMatchObject({ shown: ['a.js'] });
    expect(await choose(files, ['y', null])).toMatchObject({ shown: ['a.js', 'b.js'] });
  });

  it('asks about manifests last, and warns when something before was refused', async () => {
    const files = [change('package.json'), change('z.js')];
    const { shown, told } = await choose(files, ['n', 'n']);
    expect(shown).toEqual(['z.js', 'package.json']);
    expect(told).toEqual(['You refused files: what they load must stay in this manifest.']);
    expect((await choose(files, ['y', 'y'])).told).toEqual([]);
  });
});

describe('createQuestioner', () => {
  const create = (isTTY = true) => {
    const stdin = Object.assign(new PassThrough(), { isTTY });
    const stderr = new PassThrough();
    let interruptions = 0;
    const controller = new AbortController();
    const interrupt = () => {
      interruptions += 1;
      controller.abort();
    };
    const streams = { stdin, stdout: new PassThrough(), stderr, environment: {} };
    const questioner = createQuestioner(streams, { signal: controller.signal, interrupt });
    return { stdin, stderr, questioner, interrupt, countInterruptions: () => interruptions };
  };

  it('answers with the line, and with null when the input ends', async () => {
    const { stdin, stderr, questioner } = create();
    const first = questioner.ask('Well? ');
    stdin.write('y\n');
    expect(await first).toBe('y');
    expect(String(stderr.read())).toContain('Well? ');
    const second = questioner.ask('And? ');
    stdin.end();
    expect(await second).toBeNull();
    expect(await questioner.ask('Still there? ')).toBeNull();
  });

  it('passes Ctrl-C on, which a terminal hands to the line editor', async () => {
    const { stdin, questioner, countInterruptions } = create();
    const answer = questioner.ask('Well? ');
    stdin.write('\u0003');
    await expect(answer).rejects.toMatchObject({ name: 'InterruptedError' });
    expect(countInterruptions()).toBe(1);
  });

  it('keeps what was typed ahead, in order', async () => {
    for (const isTTY of [true, false]) {
      const { stdin, questioner } = create(isTTY);
      stdin.write('y\nn\n');
      stdin.end('a\n');
      expect(await questioner.ask('1? ')).toBe('y');
      expect(await questioner.ask('2? ')).toBe('n');
      expect(await questioner.ask('3? ')).toBe('a');
      expect(await questioner.ask('4? ')).toBeNull();
    }
  });

  it('ends at once on Ctrl-C although answers were typed ahead, and on a signal while it waits', async () => {
    const { stdin, questioner } = create();
    stdin.write('y\ny\n\u0003');
    await expect(questioner.ask('Well? ').then(() => questioner.ask('And? '))).rejects.toMatchObject({
      name: 'InterruptedError',
    });
    const other = create();
    const answer = other.questioner.ask('Well? ');
    other.interrupt();
    await expect(answer).rejects.toMatchObject({ name: 'InterruptedError' });
  });
});

describe('new files of one folder', () => {
  const scaffold = [
    change('amazon-pay/checkout.js', 'checkout', null),
    change('amazon-pay/orders.js', 'orders', null),
    change('server.js'),
  ];

  it('are one question', async () => {
    expect(await choose(scaffold, ['n', 'y'])).toMatchObject({
      shown: ['amazon-pay/checkout.js', 'amazon-pay/orders.js', 'server.js'],
      declined: ['amazon-pay/checkout.js', 'amazon-pay/orders.js'],
    });
    expect(await choose(scaffold, ['y', 'y'])).toMatchObject({ declined: [] });
  });
});
