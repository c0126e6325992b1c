import type { Colours } from './colours';
import { showControlCharacters } from './plain-text';

/**
 * A unified diff for reading on a terminal. A carriage return at the end of a line stays out of sight (it would be one
 * `\x0d` per line in a CRLF file); any other control character is shown, because merchant code must not drive the terminal.
 */
export function paintDiff(diff: string, colours: Colours): string {
  return diff
    .split('\n')
    .map((line) => paintLine(showControlCharacters(line.replace(/\r$/, '')), colours))
    .join('\n');
}

function paintLine(line: string, colours: Colours): string {
  if (/^(diff --git |--- |\+\+\+ |new file mode |deleted file mode |index )/.test(line)) return colours.bold(line);
  if (line.startsWith('@@')) return colours.cyan(line);
  if (line.startsWith('+')) return colours.green(line);
  if (line.startsWith('-')) return colours.red(line);
  return line;
}
