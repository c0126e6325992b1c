import type { Edit } from '../../codemod';
import type { PhpFile } from '../project';
import type { PhpNode } from '../tree';
import type { Position } from './answer-fields';

/** What an expression holds of a legacy answer. */
export type Shape =
  | { readonly kind: 'answer' }
  /** The answer as the text of `toJson()`. */
  | { readonly kind: 'json'; readonly answer?: string }
  | DataShape
  /** A state, a reason or an error code: its words come from a table. */
  | { readonly kind: 'word'; readonly table: string };

export interface DataShape {
  readonly kind: 'data';
  readonly position: Position;
  readonly isObject: boolean;
  /** The variable of the answer that it was read from: status and id of the request are there in v2. */
  readonly answer?: string;
}

/** An expression, what it holds, and how it reads after the rewrite. */
export interface Traced {
  readonly file: PhpFile;
  readonly node: PhpNode;
  readonly shape: Shape;
  readonly text: string;
}

/** The variable that holds an answer, and the assignment that gives it. */
export interface Holder {
  readonly name: string;
  readonly assignment: PhpNode;
}

/** What the steps of a trace say to the trace that they belong to. */
export interface Trace {
  readonly operation: string;
  /** The variables that hold all of the answer. */
  readonly holders: readonly Holder[];
  /** Goes on with what holds a part of the answer. */
  follow(traced: Traced): void;
  /** The expression is read here and reads so from now on. */
  emit(traced: Pick<Traced, 'file' | 'node' | 'text'>): void;
  add(edits: readonly Edit[]): void;
}

/** The whole answer as an array or an object. */
export function rootShape(operation: string, isObject: boolean, answer?: string): Shape {
  const position = { kind: 'root', operation } as const;
  return { kind: 'data', position, isObject, ...(answer === undefined ? {} : { answer }) };
}

export const decodeText = (text: string, isArray: boolean): string => `json_decode(${text}${isArray ? ', true' : ''})`;

export const accessText = (name: string, isObject: boolean): string => (isObject ? `->${name}` : `['${name}']`);

/** A variable holds the part that was read, so the way to it begins there. */
export function fromHere(shape: Shape): Shape {
  if (shape.kind !== 'data' || shape.position.kind !== 'element') return shape;
  return { ...shape, position: { ...shape.position, path: [] } };
}
