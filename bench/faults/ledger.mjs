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

/**
 * The order that a message is about, by its own words. A payment on an agreement has a number of its own, and one of the two
 * APIs names the agreement beside it: what both tell is one order by the number of the payment.
 */
export const orderOf = (text) =>
  (/[A-Z]\d{2}-\d{7}-\d{7}(?=-[A-Z]\d{6})/.exec(text) ?? /[A-Z]\d{2}-\d{7}-\d{7}/.exec(text))?.[0] ?? 'none';
