import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../../test/proxy/durability/system-calls.c', import.meta.url));

/** Why there can be nothing between, or null. */
export const lacksGcc = () => (spawnSync('gcc', ['--version']).status === 0 ? null : 'there is no gcc');

/** What stands between the proxy and its disk, as its environment; what it does, says the source. */
export function systemCalls(scenario, environment) {
  const library = scenario.path('system-calls.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
  return { LD_PRELOAD: library, PROXY_DISK_FILES: 'proxy.db', ...environment };
}
