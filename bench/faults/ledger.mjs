import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** Milliseconds that no change of the clock touches, the same in all processes of this machine. */
export const now = () => Number(process.hrtime.bigint() / 1000n) / 1000;

/** Writes a line that stays, also when the process is killed right after. */
export const note = (path, entry) => appendFileSync(path, `${JSON.stringify(entry)}\n`);

export const readLedger = (path) =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];

/** The order that a message is about, by its own words. */
export const orderOf = (text) => /[A-Z]\d{2}-\d{7}-\d{7}/.exec(text)?.[0] ?? 'none';
