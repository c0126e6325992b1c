/**
 * The compiler puts all modules of this folder into one script, each as a call of `define`, those that are needed by others
 * first. This is all that it takes to run them.
 */
const loaded: Record<string, object> = {};

// The compiler writes the calls of it.
// eslint-disable-next-line @typescript-eslint/no-unused-vars
function define(name: string, needs: readonly string[], run: (...modules: unknown[]) => void): void {
  const exports = {};
  loaded[name] = exports;
  run(...needs.map((need) => (need === 'exports' ? exports : loaded[need])));
}
