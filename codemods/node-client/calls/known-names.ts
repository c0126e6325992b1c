import { ts } from 'ts-morph';
import type { Operation } from '../../../src/catalog/types';
import { type FileContext, unwrap } from '../context';
import { assignedNames, isFilledUnseen } from './parameter-writes';

/** Names that the object is known to have, when its type lists them. Undefined: nobody knows. */
export function knownNames(context: FileContext, argument: ts.Expression): Set<string> | undefined {
  const type = context.checker.getTypeAtLocation(argument);
  const parts = type.isIntersection() ? type.types : [type];
  const isListed = parts.every(
    (part) => (part.flags & ts.TypeFlags.Object) !== 0 && part.getStringIndexType() === undefined,
  );
  if (!isListed || isFilledUnseen(context, argument)) return undefined;
  const names = type.getProperties().map(({ name }) => name);
  return new Set([...names, ...assignedNames(context, argument)]);
}

/** `Record<string, unknown>`: its type lets everything be read, and says of nothing what it is. */
export function isVague(context: FileContext, argument: ts.Expression): boolean {
  const held = context.isTypeScript && context.checker.getTypeAtLocation(argument).getStringIndexType();
  return held !== undefined && held !== false && (held.flags & (ts.TypeFlags.Any | ts.TypeFlags.String)) === 0;
}

/** `{ Amount: …, Currency: … }`: all that it holds stands there. */
export function isWrittenOut(parameters: ts.Expression): boolean {
  const object = unwrap(parameters);
  const isNamed = ({ name }: ts.ObjectLiteralElementLike): boolean =>
    name !== undefined && !ts.isComputedPropertyName(name);
  return ts.isObjectLiteralExpression(object) && object.properties.every(isNamed);
}

/** Parameters that v2 has no place for, and that an object of which nobody knows what it holds may carry. */
export function lostUnseen(context: FileContext, { request }: Operation, parameters: ts.Expression): string[] {
  if (isWrittenOut(parameters)) return [];
  if (knownNames(context, parameters) !== undefined) return [];
  return Object.keys(request).filter((name) => request[name]?.to === null && !/Token$/.test(name));
}

const written = new WeakMap<object, Map<string, boolean>>();

/** Some file of the project writes the name, as MWS or as a client with flat arguments has it, so that it may be handed on. */
export function isWritten({ input }: FileContext, name: string): boolean {
  const known = written.get(input) ?? new Map<string, boolean>();
  written.set(input, known);
  const last = name.slice(name.lastIndexOf('.') + 1);
  const pattern = new RegExp(`\\b[${last.charAt(0)}${last.charAt(0).toLowerCase()}]${last.slice(1)}\\b`);
  const is = known.get(name) ?? input.files.some(({ text }) => pattern.test(text));
  known.set(name, is);
  return is;
}
