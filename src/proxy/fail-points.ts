/**
 * Where the proxy can be made to die, for the tests that kill it. With `AMAZON_PAY_PROXY_FAIL_POINT=name:n` in its
 * environment the process kills itself (SIGKILL: nothing is tidied up) when it passes the point of that name for the n-th
 * time. Without the variable a point costs one comparison.
 */
const VARIABLE = 'AMAZON_PAY_PROXY_FAIL_POINT';

function readFailPoint(text: string | undefined): { readonly name: string; left: number } | null {
  if (text === undefined || text === '') return null;
  const [, name, times] = /^([a-z][a-z0-9-]*(?::[a-z][a-z0-9-]*)?)(?::([1-9]\d*))?$/.exec(text) ?? [];
  // A test with a mistyped point would pass because nothing happens.
  if (name === undefined) throw new Error(`${VARIABLE} is "${text}"; it has the form name:n, like deliver:sent:3.`);
  return { name, left: Number(times ?? 1) };
}

const failPointInForce = readFailPoint(process.env[VARIABLE]);

/** Marks a place at which a crash must lose nothing. */
export function failPoint(name: string): void {
  if (failPointInForce === null || failPointInForce.name !== name) return;
  failPointInForce.left -= 1;
  if (failPointInForce.left === 0) process.kill(process.pid, 'SIGKILL');
}
