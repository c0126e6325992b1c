import { spawnSync } from 'node:child_process';

/** What `php -l` has against a file; undefined when it is valid. */
export function lintPhp(text: string): string | undefined {
  const { status, stdout, stderr } = spawnSync('php', ['-d', 'display_errors=stdout', '-l'], {
    input: text,
    encoding: 'utf8',
  });
  return status === 0 ? undefined : `${stdout}${stderr}`.trim();
}
