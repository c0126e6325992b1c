import { createServer, type AddressInfo } from 'node:net';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { entryPath, runCli } from './run-cli';
import { createFolder } from './temporary-folder';

const topics = ['arn:aws:sns:eu-west-1:291180941288:A1G8446IYHA4MRA2TEAPOTS'];

function writeConfiguration(content: object): string {
  const path = join(createFolder(), 'proxy.jsonc');
  writeFileSync(path, JSON.stringify(content));
  return path;
}
const usable = { receive: { topics, port: 0 }, operate: { admin: { port: 0 } } };

/** Runs the command until it says that it takes notifications. */
async function start(path: string): Promise<{ child: ChildProcessWithoutNullStreams; said: string }> {
  const child = spawn(process.execPath, [entryPath, 'proxy', '--config', path]);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Ctrl-C')) resolve();
    });
  });
  return { child, said };
}
const endOf = (child: ChildProcessWithoutNullStreams): Promise<number | null> =>
  new Promise((resolve) => child.removeAllListeners('exit').on('exit', (code) => resolve(code)));

describe('proxy', () => {
  it('needs a configuration', () => {
    expect(runCli(['proxy'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--config FILE is missing') });
  });

  it('says everything that is wrong with it, and starts nothing', () => {
    const { code, stderr } = runCli([
      'proxy',
      '--config',
      writeConfiguration({ recieve: {}, operate: { log: { level: 1 } } }),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('recieve: is not known. Did you mean "receive"?');
    expect(stderr).toContain('operate.log.level: ');
    expect(stderr).not.toContain('is a bug');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('runs until %s, and ends with 0', async (signal) => {
    const { child, said } = await start(writeConfiguration(usable));
    expect(said).toMatch(/Notifications are taken at http:\/\/127\.0\.0\.1:\d+\/ipn/);
    expect(said).toContain('no section "deliver": messages are kept, and forwarded to nobody');
    let last = '';
    child.stderr.on('data', (text: string) => void (last += text));
    const end = endOf(child);
    child.kill(signal);
    expect(await end).toBe(0);
    expect(last).toMatch(/^Ending: what came is answered/);
  });

  it('says in its help how it ends', () => {
    expect(runCli(['proxy', '--help']).stdout).toMatch(/0 {2}ended by Ctrl-C or SIGTERM: what came is answered/);
  });

  it('says that the store is in use, and what to do', async () => {
    const path = writeConfiguration(usable);
    const { child } = await start(path);
    const second = runCli(['proxy', '--config', path]);
    // It may be about to end.
    expect(second.code).toBe(75);
    expect(second.stderr).toContain('One instance may use an SQLite store');
    const end = endOf(child);
    child.kill('SIGTERM');
    await end;
  });

  it('names the setting of an address that cannot be used, and not a port where it is the store', () => {
    const elsewhere = { ...usable, receive: { topics, host: '192.0.2.7', port: 8080 } };
    expect(runCli(['proxy', '--config', writeConfiguration(elsewhere)])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        '192.0.2.7:8080 cannot be used (EADDRNOTAVAIL). It is no address of this machine',
      ),
    });
    const inAFile = { ...usable, store: { driver: 'sqlite', path: join(__filename, 'proxy.db') } };
    expect(runCli(['proxy', '--config', writeConfiguration(inAFile)])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('leads through something that is no folder. Mend that, or set store.path'),
    });
  });

  it('ends with 75 where PostgreSQL does not answer, so that it is started again until it does', () => {
    const away = { ...usable, store: { driver: 'postgres', url: 'postgres://postgres@127.0.0.1:1/test' } };
    expect(runCli(['proxy', '--config', writeConfiguration(away)])).toMatchObject({
      code: 75,
      stderr: expect.stringContaining('PostgreSQL does not answer'),
    });
    const unit = readFileSync(join(__dirname, '../../docs/proxy/amazon-pay-proxy.service'), 'utf8');
    expect(/^RestartPreventExitStatus=(.*)$/m.exec(unit)?.[1]).toBe('2 74');
  });

  it('ends with 75 where a port is in use, as by a proxy that is about to end', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    const taken = { ...usable, receive: { topics, port } };
    expect(runCli(['proxy', '--config', writeConfiguration(taken)])).toMatchObject({
      code: 75,
      stderr: expect.stringContaining('(EADDRINUSE)'),
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it('ends with 74 at a store that is damaged, and does not touch it', () => {
    const path = writeConfiguration(usable);
    const file = join(path, '../amazon-pay-proxy.db');
    writeFileSync(file, 'SQLite format 3\0'.padEnd(8192, 'x'));
    expect(runCli(['proxy', '--config', path])).toMatchObject({ code: 74, stderr: expect.stringContaining('damaged') });
  });
});
