/** `look`: the proxy can start, and something of it would not work yet, or is not safe. */
export type Mark = 'ok' | 'look' | 'wrong';

/** What a check found, or what is wrong and what to do. */
export interface Finding {
  readonly mark: Mark;
  readonly said: string;
}

/** One thing to try. A check rejects for what is wrong. */
export interface Check {
  readonly what: string;
  readonly find: () => Promise<Finding>;
}

export const ok = (said: string): Finding => ({ mark: 'ok', said });
export const look = (said: string): Finding => ({ mark: 'look', said });
export const wrong = (said: string): Finding => ({ mark: 'wrong', said });
