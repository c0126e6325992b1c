import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../src/engine/run';
import { readContexts } from '../../src/report/read-contexts';
import { createFolder } from '../cli/temporary-folder';
import { createFinding } from './sample-run';

const lines = ['one', 'two', 'three', 'four', "secretKey = 'hunter2hunter2'", 'pay()', 'seven', 'eight', 'nine', 'ten'];
const at = (file: string, line: number, before: string): Finding =>
  createFinding({ file, before, range: { start: { line, column: 1 }, end: { line, column: 2 } } });

function read(root: string, finding: Finding) {
  return readContexts({ root, findings: [finding] }).get(finding);
}

describe('readContexts', () => {
  it('gives three lines on each side, masked, in any encoding and with any line end', () => {
    const bom = Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le');
    const root = createFolder({ 'a.js': `${lines.join('\n')}\n` });
    writeFileSync(join(root, 'b.js'), bom);
    for (const file of ['a.js', 'b.js'])
      expect(read(root, at(file, 6, 'pay()'))).toEqual({
        above: ['three', 'four', "secretKey = '***'"],
        below: ['seven', 'eight', 'nine'],
      });
  });

  it('stops at the ends of the file', () => {
    const root = createFolder({ 'a.js': 'one\ntwo\n' });
    expect(read(root, at('a.js', 1, 'one\ntwo'))).toEqual({ above: [], below: [] });
  });

  it('has nothing to say of a file that changed since, is gone, or was cut', () => {
    const root = createFolder({ 'a.js': lines.join('\n') });
    expect(read(root, at('a.js', 5, 'pay()'))).toBeUndefined();
    expect(read(root, at('a.js', 6, 'pay()\n…'))).toBeUndefined();
    expect(read(root, at('gone.js', 1, 'one'))).toBeUndefined();
  });

  it('reads nothing outside of the root, whatever a path or a link says', () => {
    const outside = createFolder({ 'secret.txt': 'one\ntwo\n' });
    const root = createFolder({});
    symlinkSync(join(outside, 'secret.txt'), join(root, 'link.js'));
    expect(read(root, at('link.js', 1, 'one'))).toBeUndefined();
    expect(read(root, at(`../${outside.split('/').at(-1)}/secret.txt`, 1, 'one'))).toBeUndefined();
  });
});
