import { PassThrough } from 'node:stream';
import { listenForInterruption } from '../../src/cli/interruption';
import { selectChanges } from '../../src/cli/select-changes';
import { runEngine } from '../../src/engine/engine';
import { createFolder } from './temporary-folder';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const capture = `const client = require('./client');
module.exports = (id, done) => client.offAmazonPayments.capture({
  AmazonAuthorizationId: id, CaptureReferenceId: 'c-' + id, CaptureAmount: { Amount: '1.00', CurrencyCode: 'EUR' },
}, done);
`;
const shop = {
  'package.json': '{ "dependencies": { "amazon-payments": "^0.2.9" } }\n',
  'client.js': `const payments = require('amazon-payments');
module.exports = payments.connect({
  environment: payments.Environment.Sandbox, sellerId: 'A1', mwsAccessKey: 'k', mwsSecretKey: '${secret}', clientId: 'c',
});
`,
  'capture.js': capture,
  'later.js': capture,
};
const alone = {
  ...shop,
  'other/package.json': '{ "dependencies": { "amazon-payments": "^0.2.9" } }\n',
  'other/client.js': shop['client.js'],
};

/** Answers `typed` to the questions, in the order of the files: scripts first, then manifests. */
async function select(files: Readonly<Record<string, string>>, typed: string) {
  const root = createFolder(files);
  const stdin = new PassThrough();
  const stderr = new PassThrough();
  const answers = typed.split('');
  let said = '';
  stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (chunk.includes('[y,n,a,q,?]')) stdin.write(`${answers.shift() ?? 'q'}\n`);
  });
  const engine = (declined: readonly string[] = []) =>
    runEngine({
      root,
      command: 'migrate',
      strategy: 'instead',
      only: [],
      skip: [],
      include: [],
      declined,
      toolVersion: '0',
    });
  const interruption = listenForInterruption();
  const streams = { stdin, stdout: new PassThrough(), stderr, environment: {} };
  const { run, changes } = await selectChanges(await engine(), streams, interruption, engine);
  interruption.dispose();
  const reasons = Object.fromEntries(run.files.map(({ path, status, reason }) => [path, `${status}: ${reason}`]));
  return { run, reasons, paths: changes.map(({ path }) => path), changes, said };
}

describe('selectChanges', () => {
  it('takes back what works together with a declined file, and leaves no half', async () => {
    const { run, paths, reasons, said } = await select(shop, 'ynyy');
    expect(paths).toEqual([]);
    expect(reasons['client.js']).toBe('unchanged: declined: the change was declined');
    expect(reasons['capture.js']).toBe('unchanged: declined: not changed, because it works together with client.js');
    expect(said).toContain('capture.js stays as it is, too: not changed, because it works together with client.js');
    expect(run.summary).toMatchObject({ files: { changed: 0, failed: 0 }, findings: { migrated: 0 }, readiness: 0 });
  });

  it('changes the rest, and only what it changes counts', async () => {
    const { run, paths, changes } = await select(alone, 'yyynny');
    expect(paths).toEqual(['amazon-pay-v2.js', 'capture.js', 'client.js', 'later.js', 'package.json']);
    expect(changes.at(-1)?.after.toString()).not.toContain('amazon-payments');
    const open = run.findings.filter(({ status }) => status === 'open').map(({ file }) => file);
    expect(open).toContain('other/client.js');
    expect(run.summary.readiness).toBeLessThan(100);
  });

  it('shows no credential', async () => {
    const { said } = await select(shop, 'nnnn');
    expect(said).toContain('mwsSecretKey');
    expect(said).not.toContain(secret);
  });
});
