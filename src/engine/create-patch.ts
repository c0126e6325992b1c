import { structuredPatch } from 'diff';

/** One file as it was and as it will be; `before` is null for a new file. */
export interface Change {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly before: Buffer | null;
  readonly after: Buffer;
}

/** latin1 keeps every byte, whatever the encoding of the file. */
const textOf = (bytes: Buffer | null): string => bytes?.toString('latin1') ?? '';

const quotePath = (path: string): string => {
  const bytes = Buffer.from(path, 'utf8').toString('latin1');
  if (!/[\x00-\x1f"\\\x7f-\xff]/.test(bytes)) return bytes;
  return `"${bytes.replace(/["\\]|[\x00-\x1f\x7f-\xff]/g, (char) => (/["\\]/.test(char) ? `\\${char}` : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`))}"`;
};

function fileHeader(change: Change): string[] {
  const [a, b] = [quotePath(`a/${change.path}`), quotePath(`b/${change.path}`)];
  const git = `diff --git ${a} ${b}`;
  return change.before === null
    ? [git, 'new file mode 100644', '--- /dev/null', `+++ ${b}`]
    : [git, `--- ${a}`, `+++ ${b}`];
}

function filePatch(change: Change): string {
  const { hunks } = structuredPatch('', '', textOf(change.before), textOf(change.after), undefined, undefined, {
    context: 3,
  });
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: body }) => {
    // git counts an empty side from line 0.
    const old = `${oldLines === 0 ? oldStart - 1 : oldStart},${oldLines}`;
    return [
      `@@ -${old < '0' ? `0,${oldLines}` : old} +${newLines === 0 ? newStart - 1 : newStart},${newLines} @@`,
      ...body,
    ];
  });
  return [...fileHeader(change), ...lines].join('\n') + '\n';
}

/** A unified diff that `git apply` takes, byte for byte. */
export function createPatch(changes: readonly Change[]): Buffer {
  return Buffer.from(changes.map(filePatch).join(''), 'latin1');
}
