import { renderTerminal, type TerminalOptions } from '../../src/report/render-terminal';
import { renderMarkdown } from '../../src/report/render-markdown';
import { createFinding, createRun, mixedRun } from './sample-run';

const plain: TerminalOptions = { colour: false, stage: 'previewed', scope: ['shop'] };

describe('renderTerminal', () => {
  it('groups by what to do next, in order, with places and next steps', () => {
    const text = renderTerminal(mixedRun, plain);
    const order = [
      'Amazon Pay migration: migrate of shop',
      '3 legacy places in 2 files (40 files looked at, 7 analysed)',
      'automatic 1, assisted 1, manual 1; migrated 1, open 2',
      'Readiness 33 %, about 1 h 45 min of work left',
      '1. Would be migrated automatically (1 place)',
      'src/pay.js:12:3  Calls Capture of the legacy client',
      '2. Decide',
      'src/pay.js:30:5  SellerCaptureNote has no place in v2',
      '→ Decide where to keep the note.',
      '3. Do by hand (manual) (1 place, about 1 h 30 min)',
      'src/mws.js:12:3  Signs MWS requests by hand',
      '→ Replace the executor by the v2 SDK.',
      'Could not be processed (1 file)',
      'src/broken.js  Unexpected token (3:1)',
      '1 file: minified copy (public/app.min.js)',
      'npx amazon-pay-migrate migrate shop --write',
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('paints only when asked to', () => {
    expect(renderTerminal(mixedRun, plain)).not.toContain('\u001b');
    const painted = renderTerminal(mixedRun, { ...plain, colour: true });
    expect(painted).toContain('\u001b[31m');

    expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(renderTerminal(mixedRun, plain));
  });

  it('bounds long lists, says how many more there are and how to see them', () => {
    const findings = Array.from({ length: 500 }, (_, index) =>
      createFinding({
        fingerprint: `f-${index}`,
        range: { start: { line: index + 1, column: 1 }, end: { line: index + 1, column: 9 } },
      }),
    );
    const lines = renderTerminal(createRun(findings), plain).split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines.filter((line) => line.includes('src/pay.js:'))).toHaveLength(40);
    expect(lines.find((line) => line.includes('… and'))).toContain(
      '460 more: see all with --only node-client/operation-call or --report report.md',
    );
  });

  it('says what to do once for all places that need the same', () => {
    const place = (line: number, guidance: string) =>
      createFinding({
        fingerprint: `f-${line}`,
        guidance,
        range: { start: { line, column: 1 }, end: { line, column: 9 } },
      });
    const text = renderTerminal(createRun([place(1, 'Set A.'), place(2, 'Set B.'), place(3, 'Set A.')]), plain);
    const lines = text.split('\n').filter((line) => /src\/pay\.js:|→/.test(line));
    expect(lines.map((line) => /:(\d):|→ (.*)/.exec(line)?.slice(1).join(''))).toEqual([
      '1',
      '3',
      'Set A.',
      '2',
      'Set B.',
    ]);
  });

  it('names the install command after writing, because lock files are left to the package manager', () => {
    const guidance = 'Run `pnpm install` to bring pnpm-lock.yaml up to date.';
    const finding = createFinding({ rule: 'dependency/v2-sdk', status: 'migrated', guidance });
    const changed = { path: 'package.json', language: 'json', status: 'changed', reason: 'changed' } as const;
    const text = renderTerminal(createRun([finding], [changed]), { ...plain, stage: 'written' });
    expect(text).toContain('(git diff), run pnpm install, run your tests');
  });

  it('names the version of Node that migrated code needs, where it brought the SDK in', () => {
    const guidance = 'Run `npm install` to bring the lock file up to date. Migrated code runs on Node 16 and newer.';
    const finding = createFinding({ rule: 'dependency/v2-sdk', status: 'migrated', guidance });
    const changed = { path: 'package.json', language: 'json', status: 'changed', reason: 'changed' } as const;
    const text = renderTerminal(createRun([finding], [changed]), { ...plain, stage: 'written' });
    expect(text).toContain('run npm install (migrated code runs on Node 16 and newer), run your tests');
  });

  it('does not call a project clean of which --only shows nothing', () => {
    const file = { path: 'a.js', language: 'javascript', status: 'unchanged' } as const;
    const run = createRun([], [{ ...file, reason: 'its findings are left out by --only or --skip' }]);
    expect(renderTerminal(run, plain)).toContain('legacy code may be in 1 file.');
    expect(renderMarkdown(run)).toContain('legacy code may be in 1 file.');
  });

  it('sorts places by number, not by text', () => {
    const at = (line: number) =>
      createFinding({ fingerprint: `${line}`, range: { start: { line, column: 1 }, end: { line, column: 2 } } });
    const text = renderTerminal(createRun([at(100), at(9), at(20)]), plain);
    expect(text.match(/pay\.js:\d+/g)).toEqual(['pay.js:9', 'pay.js:20', 'pay.js:100']);
  });

  it('shows each next step when places of one rule differ, and once when they agree', () => {
    const first = createFinding({ fingerprint: '1', automation: 'manual', guidance: 'First way.' });
    const second = createFinding({ fingerprint: '2', automation: 'manual', guidance: 'Second way.' });
    expect(renderTerminal(createRun([first, second]), plain)).toMatch(/First way\.[\s\S]*Second way\./);
    const same = renderTerminal(createRun([first, { ...second, guidance: 'First way.' }]), plain);
    expect(same.match(/First way\./g)).toHaveLength(1);
  });

  it('says what to do without the code to write, and where that is', () => {
    const guidance = 'In v2:\n\n    client.capture(\n      id);\n\nThe key comes from the reference.';
    const text = renderTerminal(createRun([createFinding({ automation: 'manual', guidance })]), plain);
    expect(text).toContain(
      '     → In v2: … The key comes from the reference.\n       the code to write: --report report.html',
    );
    expect(text).not.toContain('client.capture(');
  });

  it('lists what rewritten PHP reads from the environment, where nothing else is rewritten', () => {
    const sdk = createFinding({ rule: 'php/v2-sdk', surface: 'other-language' });
    const text = renderTerminal(createRun([sdk]), plain);
    expect(text.match(/^ {3}AMAZON_PAY_\w+/gm)).toEqual(['   AMAZON_PAY_PUBLIC_KEY_ID', '   AMAZON_PAY_PRIVATE_KEY']);
  });

  it('lists what has to be set when new credentials are needed', () => {
    const credentials = createFinding({
      rule: 'configuration/new-credentials',
      automation: 'manual',
      message: 'Needs AMAZON_PAY_PUBLIC_KEY_ID and AMAZON_PAY_PRIVATE_KEY',
      guidance: 'Create a key pair in Seller Central.',
    });
    const text = renderTerminal(createRun([credentials]), plain);
    expect(text).toContain('Set before the migrated code runs');
    expect(text).toMatch(/^ {3}AMAZON_PAY_PUBLIC_KEY_ID {2}/m);
    expect(text).toMatch(/^ {3}AMAZON_PAY_PRIVATE_KEY {4}/m);
    expect(text).not.toContain('AMAZON_PAY_STORE_ID');
    expect(renderTerminal(mixedRun, plain)).not.toContain('Set before');
  });

  it('names all credentials when the finding names none', () => {
    const credentials = createFinding({
      rule: 'configuration/new-credentials',
      message: 'x',
      guidance: 'y',
      replacement: null,
    });
    expect(renderTerminal(createRun([credentials]), plain).match(/^ {3}AMAZON_PAY_/gm)).toHaveLength(6);
  });

  it('shows control characters of merchant code instead of sending them to the terminal', () => {
    const hostile = createFinding({ file: 'a\u001b[2Jb\u202e.js', message: 'x\u0007\r\ny', automation: 'manual' });
    const text = renderTerminal(createRun([hostile]), plain);
    expect(text).toContain('a\\x1b[2Jb\\u202e.js:12:3  x\\x07 y');

    expect(text).not.toMatch(/[\u001b\u0007\r\u202e]/);
  });

  it('tells nothing found from nothing looked at', () => {
    const none = createRun([]);
    expect(renderTerminal(none, plain)).toContain('No legacy Amazon Pay was found');
    const nowhere = { ...none, summary: { ...none.summary, files: { ...none.summary.files, scanned: 0 } } };
    expect(renderTerminal(nowhere, plain)).toContain('No file was looked at');
  });

  it.each([
    ['audited', 'npx amazon-pay-migrate migrate shop\n'],
    ['saved', 'npx amazon-pay-migrate migrate shop\n'],
    ['previewed', 'npx amazon-pay-migrate migrate shop --write\n'],
    ['written', 'npx amazon-pay-migrate audit shop\n'],
  ] as const)('ends with the next command when %s', (stage, command) => {
    expect(renderTerminal(mixedRun, { ...plain, stage })).toMatch(new RegExp(`${command}$`));
  });

  it('points to explain when only manual places are left', () => {
    const manual = createRun([createFinding({ automation: 'manual', rule: 'raw-mws/executor' })]);
    expect(renderTerminal(manual, { ...plain, stage: 'audited' })).toMatch(
      /npx amazon-pay-migrate explain raw-mws\/executor\n$/,
    );
  });

  it('quotes the scope for the shell', () => {
    const text = renderTerminal(mixedRun, { ...plain, scope: ["it's; rm -rf", '--include', '*.js'] });
    expect(text).toContain(`migrate 'it'\\''s; rm -rf' --include '*.js' --write`);
  });
});
