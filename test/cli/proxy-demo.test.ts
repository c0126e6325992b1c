import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { startCli, runCli } from './run-cli';

const MINUTE_MS = 60_000;
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('amazon-pay-proxy-demo-'));

test(
  'the demo shows messages, a difference, a dead letter and a change of mode, and leaves nothing behind',
  async () => {
    const before = folders();
    const { child, finished } = startCli(['proxy', 'demo'], {});
    let said = '';
    const until = (...wanted: RegExp[]): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (wanted.every((one) => one.test(said))) resolve();
        };
        child.stdout?.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          look();
        });
        child.on('close', () => reject(new Error(`it ended: ${said}`)));
      });
    await until(
      /Ctrl-C/,
      /delivered to the legacy/,
      /difference was found/,
      /dead letter\. See/,
      /from shadow to parallel/,
    );
    const [own] = folders().filter((name) => !before.includes(name));
    expect(own).toBeDefined();

    const [, url, token] = /AMAZON_PAY_PROXY_URL=(\S+) AMAZON_PAY_PROXY_TOKEN=(\S+)/.exec(said) ?? [];
    const environment = { AMAZON_PAY_PROXY_URL: url ?? '', AMAZON_PAY_PROXY_TOKEN: token ?? '' };
    const run = (...args: string[]) => runCli(['proxy', ...args], { environment });
    expect(run('divergences').stdout).toMatch(/refunded +10\.50 +10 +10\.50/);
    expect(run('dead-letters').stdout).toMatch(/legacy .*status-4xx/);
    expect(run('mode', 'rollback', '--by', 'me', '--reason', 'a test').stdout).toContain('rollback is in force');
    expect(run('verify')).toMatchObject({ code: 0 });

    child.kill('SIGINT');
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
    expect(folders()).not.toContain(own);
    expect(existsSync(`${tmpdir()}/${own}`)).toBe(false);
  },
  2 * MINUTE_MS,
);
