import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyChanges } from '../../src/cli/apply-changes';
import { createFolder } from './temporary-folder';

const change = (path: string) => ({ path, before: Buffer.from('old'), after: Buffer.from('new') });

describe('applyChanges', () => {
  it('writes everything when nothing stops it', async () => {
    const root = createFolder({ 'a.js': 'old', 'b.js': 'old' });
    await applyChanges(root, [change('a.js'), change('b.js')], new AbortController().signal);
    expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('new');
    expect(readFileSync(join(root, 'b.js'), 'utf8')).toBe('new');
  });

  it('writes nothing after Ctrl-C, and says so', async () => {
    const root = createFolder({ 'a.js': 'old' });
    const applying = applyChanges(root, [change('a.js')], AbortSignal.abort());
    await expect(applying).rejects.toMatchObject({ name: 'InterruptedError', message: 'Nothing was written.' });
    expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('old');
  });

  it('never writes outside the root', async () => {
    const root = createFolder({ 'inside/a.js': 'old' });
    const applying = applyChanges(
      join(root, 'inside'),
      [{ ...change('../escaped.js'), before: null }],
      new AbortController().signal,
    );
    await expect(applying).rejects.toThrow();
    expect(existsSync(join(root, 'escaped.js'))).toBe(false);
  });
});
