import { structuredPatch, type StructuredPatchHunk } from 'diff';
import type { Change } from './outcome';

/**
 * A unified diff that `git apply` takes, and takes back with `-R`. Everything is compared byte by byte (latin1 gives each
 * byte a character), so that any encoding, BOM and line ending comes through; hence bytes and not a text.
 */
export function createPatch(changes: readonly Change[]): Buffer {
  return Buffer.from(changes.map((change) => createFilePatch(change)).join(''), 'latin1');
}

/** The diff of two texts for people to read, such as masked ones. */
export function createTextDiff(path: string, before: string | null, after: string): string {
  const bytes = createPatch([
    { path, before: before === null ? null : Buffer.from(before), after: Buffer.from(after) },
  ]);
  return bytes.toString('utf8');
}

const CONTEXT = 3;

function createFilePatch({ path, before, after }: Change): string {
  const old = `a/${path}`;
  const fresh = `b/${path}`;
  const { hunks } = structuredPatch(old, fresh, before?.toString('latin1') ?? '', after.toString('latin1'), '', '', {
    context: CONTEXT,
  });
  const isNew = before === null;
  if (hunks.length === 0 && !isNew) return '';
  const header = [
    `diff --git ${quotePath(old)} ${quotePath(fresh)}`,
    ...(isNew ? ['new file mode 100644'] : []),
    ...(hunks.length === 0
      ? []
      : [`--- ${isNew ? '/dev/null' : markEnd(quotePath(old))}`, `+++ ${markEnd(quotePath(fresh))}`]),
  ];
  return `${[...header, ...hunks.flatMap(formatHunk)].join('\n')}\n`;
}

function formatHunk({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): string[] {
  // Where a side has no lines, its start names the line before.
  const place = (start: number, count: number): string => `${count === 0 ? start - 1 : start},${count}`;
  return [`@@ -${place(oldStart, oldLines)} +${place(newStart, newLines)} @@`, ...lines];
}

/** As git does it: bytes that a terminal or a mail could lose are octal, and then the name is quoted. */
function quotePath(path: string): string {
  const bytes = Buffer.from(path, 'utf8').toString('latin1');
  if (!/[\u0000-\u001f"\\\u007f-\u00ff]/.test(bytes)) return bytes;
  const quoted = bytes.replace(/[\u0000-\u001f"\\\u007f-\u00ff]/g, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${quoted}"`;
}

/** A name with a space ends with a tab, or `patch` takes what follows the space for a date. */
const markEnd = (path: string): string => (path.includes(' ') && !path.startsWith('"') ? `${path}\t` : path);
