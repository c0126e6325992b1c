import { readFileSync, statSync } from 'node:fs';
import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { fileErrorReason } from '../file-error';
import { ConfigurationError } from './configuration-error';
import { describeJsonError } from './json-error';

const MAX_BYTES = 1024 * 1024;

/** A configuration as it stands in its file. */
export interface ConfigurationFile {
  readonly path: string;
  readonly content: unknown;
  /** The line of a value, or of what holds it. */
  lineOf(path: readonly (string | number)[]): number;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

function readText(path: string): string {
  const refuse = (message: string): never => {
    throw new ConfigurationError(path, [{ path: '', message }]);
  };
  let text = '';
  try {
    if (statSync(path).size <= MAX_BYTES) text = readFileSync(path, 'utf8');
    else refuse(`it has more than ${MAX_BYTES} bytes.`);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    refuse(`it ${fileErrorReason(error)}.`);
  }
  return text;
}

/** The value of a syntax tree. A name that stands there twice is a mistake: which of both did its writer mean? */
function valueOf(node: Node, refuse: (offset: number, message: string) => never): unknown {
  if (node.type === 'array') return (node.children ?? []).map((child) => valueOf(child, refuse));
  if (node.type !== 'object') return node.value as unknown;
  const entries = new Map<string, unknown>();
  for (const { children, offset } of node.children ?? []) {
    const [name, value] = children ?? [];
    if (name === undefined || value === undefined) continue;
    const key = String(name.value);
    if (entries.has(key)) refuse(offset, `"${key}" stands there twice.`);
    entries.set(key, valueOf(value, refuse));
  }
  return Object.fromEntries(entries);
}

/** Reads a file of JSON with comments. Throws a ConfigurationError that says in which line it cannot be read. */
export function readConfigurationFile(path: string): ConfigurationFile {
  const text = readText(path).replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const refuse = (offset: number, message: string): never => {
    throw new ConfigurationError(path, [{ path: '', message: `line ${lineAt(text, offset)}: ${message}` }]);
  };
  const [error] = errors;
  if (error !== undefined) refuse(error.offset, describeJsonError(text, error));
  if (tree?.type !== 'object') return refuse(0, 'no JSON object.');
  return {
    path,
    content: valueOf(tree, refuse),
    lineOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const node = findNodeAtLocation(tree, path.slice(0, length));
        if (node !== undefined) return lineAt(text, node.offset);
      }
      return 1;
    },
  };
}
