/** What the process tells a script. The first four are a contract; the others follow shell convention. */
export const exitCodes = {
  done: 0,
  findings: 1,
  usage: 2,
  filesFailed: 3,
  /** The same number for a proxy that does not answer: nothing can be told, or not all of it. */
  unreachable: 3,
  /** EX_SOFTWARE: a bug in this tool. A code of its own, so that no script takes a crash for a result. */
  bug: 70,
  /** EX_IOERR: the store of the proxy may have lost what it took. Started again, it goes on with what is on the disk. */
  storeFailed: 74,
  /**
   * EX_TEMPFAIL: PostgreSQL does not answer, the disk of the store is full, or the store or a port is taken, as by a proxy that is
   * about to end; or a newer version has taken the store over while it ran. What starts it again waits for that.
   */
  notNow: 75,
  /** 128 + SIGINT; the same for what else tells a process to end. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The table that ends every `--help`. */
export const exitCodeTable = [
  'Exit codes:',
  '    0  done',
  '    1  open findings at or above --fail-on, or not ready under --fail-on-not-ready',
  '    2  wrong usage or configuration; nothing was changed',
  '    3  some files could not be processed; each is named, the rest were (comes before 1)',
  '   70  a bug in amazon-pay-migrate itself: please report it',
  '   74  the store of the proxy failed, or is damaged; nothing more was acknowledged',
  '   75  the store of the proxy does not answer or is full, or it or a port is in use: start it again',
  '  130  interrupted (Ctrl-C, SIGTERM); says what was written',
].join('\n');

/** The same numbers for the proxy itself, which runs until it is told to end. */
export const proxyRunExitCodeTable = [
  'Exit codes:',
  '    0  ended by Ctrl-C or SIGTERM: what came is answered, the rest waits in the store; --check: nothing is WRONG',
  '    2  wrong usage or configuration, or a newer version has used the store; nothing was taken; --check: something is WRONG',
  '   70  a bug in amazon-pay-migrate itself: please report it',
  '   74  the store failed, or is damaged; nothing more was acknowledged',
  '   75  PostgreSQL does not answer, the disk is full, or the store or a port is in use: start it again; nothing was taken',
  '       or a newer version took the store over while it ran: start that one',
  '  130  a second Ctrl-C or SIGTERM: it did not wait; what was acknowledged is in the store all the same',
].join('\n');

/** The same numbers for the commands that ask a proxy that runs. */
export const proxyExitCodeTable = [
  'Exit codes:',
  '    0  done',
  '    1  with --exit-code: the gate is closed, differences are open, or letters are dead; verify: something does not fit',
  '    2  wrong usage or configuration, or the proxy refused; nothing was changed',
  '    3  the proxy could not be reached or could not answer, or only a part was done',
  '   70  a bug in amazon-pay-migrate itself: please report it',
  '  130  ended by Ctrl-C (demo: 0); by SIGTERM 143',
].join('\n');
