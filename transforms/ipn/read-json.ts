import { findDuplicateName } from './duplicate-name';
import { IpnRefusedError, refuse } from './refusal';

/** SNS carries 256 KiB; JSON inside JSON inside JSON escapes it twice. */
export const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;
/** More than JSON of that size can reasonably hold; an object that holds itself many times would have no end. */
const MAX_VALUES = 100_000;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Names that an object could be changed through, should anyone copy it without care. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Refuses what is too deep or holds a forbidden name. Goes on with a list, so that depth costs no stack. */
function checkShape(value: object, at: string): void {
  const open: { readonly value: object; readonly depth: number }[] = [{ value, depth: 0 }];
  let values = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > MAX_DEPTH) refuse('too-deep', at, `More than ${MAX_DEPTH} levels of JSON.`);
    for (const [name, child] of Object.entries(next.value)) {
      if (FORBIDDEN.has(name)) refuse('forbidden-name', at, 'A name that could change prototypes.');
      if ((values += 1) > MAX_VALUES) refuse('too-large', at, `More than ${MAX_VALUES} values.`);
      if (typeof child === 'object' && child !== null) open.push({ value: child, depth: next.depth + 1 });
    }
  }
}

/** The path of a field: `Message.ObjectId` in an envelope, `ObjectId` in a bare message. */
export const pathOf = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function decode(input: string | Uint8Array, at: string): string {
  const isText = typeof input === 'string';
  const bytes = isText ? (input.length > MAX_BYTES ? input.length : Buffer.byteLength(input)) : input.byteLength;
  if (bytes > MAX_BYTES) refuse('too-large', at, `More than ${MAX_BYTES} bytes; no notification has as many.`);
  if (isText) return input;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input);
  } catch {
    return refuse('not-text', at, 'Not UTF-8.');
  }
}

/**
 * Reads JSON that may stand between white space and behind a byte order mark. Throws an IpnRefusedError for everything that
 * is no object, too large, too deep, or holds a name like `__proto__`.
 */
export function readJson(input: unknown, at: string): JsonObject {
  let value = input;
  if (typeof input === 'string' || input instanceof Uint8Array) {
    const text = decode(input, at)
      .replace(/^\uFEFF/, '')
      .trim();
    try {
      value = JSON.parse(text);
    } catch {
      refuse('not-json', at, 'No JSON. Amazon posts JSON as text/plain: does the body parser take that?');
    }
    const name = isObject(value) ? findDuplicateName(text) : undefined;
    if (name !== undefined)
      refuse('duplicate-name', pathOf(at, name.slice(0, 60)), `${name.slice(0, 60)} stands there twice.`);
  }
  if (!isObject(value)) refuse('not-an-object', at, 'JSON, but no object.');
  try {
    checkShape(value, at);
  } catch (error) {
    if (error instanceof IpnRefusedError) throw error;
    refuse('not-an-object', at, 'An object that cannot be read.');
  }
  return value;
}
