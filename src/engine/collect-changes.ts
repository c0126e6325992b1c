import { encode } from '../workspace/decode-text';
import type { LoadedFile } from './loaded-file';
import type { Change } from './outcome';
import type { Rewriting } from './rewrite';

/** The bytes of every changed and new file, sorted by path. */
export function collectChanges(files: readonly LoadedFile[], { texts, spans, newFiles }: Rewriting): Change[] {
  const changed = files
    .filter(({ path }) => spans.has(path))
    .map(({ path, encoding, text }): Change => {
      return { path, before: encode(text, encoding), after: encode(texts.get(path) ?? text, encoding) };
    });
  const added = [...newFiles].map(([path, { text }]): Change => ({ path, before: null, after: Buffer.from(text) }));
  return [...changed, ...added].sort((a, b) => (a.path < b.path ? -1 : 1));
}
