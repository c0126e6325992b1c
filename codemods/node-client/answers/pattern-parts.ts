import { ts } from 'ts-morph';
import type { ElementField } from '../../../src/catalog/types';
import { fieldOf } from './answer-read';

export interface PatternPart {
  readonly key: string;
  readonly field: ElementField | undefined;
  readonly node: ts.BindingElement;
}

/** The key of a part of a pattern, undefined where it is computed or takes the rest. */
export const keyOf = ({ propertyName, name, dotDotDotToken }: ts.BindingElement): string | undefined => {
  const key = propertyName ?? name;
  return dotDotDotToken === undefined && (ts.isIdentifier(key) || ts.isStringLiteralLike(key)) ? key.text : undefined;
};

/** `...others`: whatever the pattern does not name. */
export const restOf = (pattern: ts.ObjectBindingPattern): ts.BindingElement | undefined =>
  pattern.elements.find(({ dotDotDotToken }) => dotDotDotToken !== undefined);

/** What a pattern takes by name; undefined where a name is computed. */
export function partsOf(element: string, pattern: ts.ObjectBindingPattern): PatternPart[] | undefined {
  const parts: PatternPart[] = [];
  for (const node of pattern.elements) {
    if (node.dotDotDotToken !== undefined) continue;
    const key = node.propertyName ?? node.name;
    if (!(ts.isIdentifier(key) || ts.isStringLiteral(key))) return undefined;
    parts.push({ key: key.text, field: fieldOf(element, key.text), node });
  }
  return parts;
}
