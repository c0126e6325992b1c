import { STATE_WORDS } from './find-told';

/** `stateOf(id) {`, `stateOf: async (id) =>`, `stateOf = function` */
const DECLARED =
  /(?<![\w$.])([A-Za-z_$][\w$]*)\s*(?:\([^()]*\)\s*(?::[^{};=]{1,200})?\{|[:=]\s*(?:async\b\s*)?(?:function\b|\([^()]*\)\s*=>|\w+\s*=>))/g;
const STATEMENTS = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'function', 'constructor']);

/**
 * Finds the scripts that are handed an object with a method of these scripts, and speak of states of legacy:
 * `payments.stateOf(id)` in a service that loads nothing of them, and that no type connects with them.
 *
 * @param scripts what may have such methods
 * @param speaking what may have words of states
 */
export function findInjected(
  scripts: readonly string[],
  speaking: readonly string[],
  textOf: (path: string) => string,
): string[] {
  if (speaking.length === 0) return [];
  const methods = new Set(scripts.flatMap((path) => [...textOf(path).matchAll(DECLARED)].map(([, name = '']) => name)));
  for (const statement of STATEMENTS) methods.delete(statement);
  if (methods.size === 0) return [];
  const names = [...methods].map((name) => name.replaceAll('$', '\\$')).join('|');
  const call = new RegExp(`\\.(?:${names})\\s*\\(`);
  return speaking.filter((path) => {
    const text = textOf(path);
    return STATE_WORDS.test(text) && call.test(text);
  });
}
