import type { SourceUnit } from '../../codemod';

/** A value for the scaffold, and the place in the shop that says it; without a place nothing does, and somebody has to. */
export interface Guess<Value extends string = string> {
  readonly value: Value;
  readonly because: string | undefined;
}

/** A place as a reader names it. */
export function placeOf({ path, text }: SourceUnit, offset: number): string {
  return `${path}:${text.slice(0, offset).split('\n').length}`;
}
