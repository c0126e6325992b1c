import { type Node, parseTree } from 'jsonc-parser';
import type { KeyPlace } from './key-place';

/** Properties whose value names a variable: task definitions, app manifests. */
const NAMING = new Set(['name', 'Name', 'key', 'secretName', 'valueFrom']);
const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** Keys of a JSON file, comments and trailing commas allowed, and strings that are nothing but the name of a variable. */
export function scanJson(text: string): KeyPlace[] {
  const places: KeyPlace[] = [];
  const visit = (node: Node, parents: readonly string[]): void => {
    if (node.type === 'array') (node.children ?? []).forEach((child) => visit(child, parents));
    if (node.type !== 'object') return;
    for (const member of node.children ?? []) {
      const [key, value] = member.children ?? [];
      if (key === undefined || typeof key.value !== 'string') continue;
      places.push({ name: key.value, parents, start: key.offset + 1, end: key.offset + key.length - 1, kind: 'key' });
      if (value === undefined) continue;
      const isName = typeof value.value === 'string' && (VARIABLE.test(value.value) || NAMING.has(key.value));
      if (isName)
        places.push({
          name: String(value.value),
          parents: [...parents, key.value],
          start: value.offset + 1,
          end: value.offset + value.length - 1,
          kind: 'reference',
        });
      visit(value, [...parents, key.value]);
    }
  };
  const root = parseTree(text, [], { allowTrailingComma: true, disallowComments: false });
  if (root !== undefined) visit(root, []);
  return places;
}
