import { ts } from 'ts-morph';
import { elements } from '../../../src/catalog';
import type { ElementField } from '../../../src/catalog/types';
import { accessedName, type Access } from '../../rewriting/access';
import { isLegacySymbol } from '../../typed-program/brands';
import type { FileContext } from '../context';

export interface Read {
  readonly element: string;
  readonly name: string;
  readonly field: ElementField | undefined;
}

/** Names that any object or string has; reading them is not reading the answer. */
const UNIVERSAL = new Set(['toString', 'hasOwnProperty', 'requestId', 'then', 'constructor']);

const OUTER = /(?:Response|Result)$/;

/** The outer levels of an answer (`XResponse.XResult`) stand in front of every element and have no v2 form. */
export function fieldOf(element: string, name: string): ElementField | undefined {
  if (!/(?:Envelope|Response)$/.test(element)) return elements[element]?.fields[name];
  if (OUTER.test(name) && name.replace(OUTER, '') === element.replace(/(?:Envelope|Response)$/, '')) return { to: '' };
  // Some readers of XML hand over what is inside the two levels.
  return elements[element.replace(/Envelope$/, 'Result')]?.fields[name];
}

/** What v2 has in place of a field of the element, or of one in the levels that it does not have: `statusDetails`. */
export const isNameOfV2 = (element: string, name: string): boolean =>
  Object.values(elements[element]?.fields ?? {}).some(({ to, element: inner }) =>
    to === '' ? inner !== undefined && isNameOfV2(inner, name) : to?.split('.')[0] === name,
  );

/** What the shop has put beside the fields of an answer: `{ ...details, order: id }`. */
function isOwnMember({ checker }: FileContext, { expression }: Access, name: string): boolean {
  const type = checker.getTypeAtLocation(expression);
  const member = type.isIntersection() ? type.getProperty(name) : undefined;
  return member !== undefined && !isLegacySymbol(member);
}

/** Returns what an access reads of a legacy answer, or undefined when it reads something else. */
export function asRead(context: FileContext, node: ts.Node): Read | undefined {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  const type = context.typeOf(node.expression);
  const name = accessedName(node);
  if (type?.kind !== 'element' || name === undefined || UNIVERSAL.has(name)) return undefined;
  if (isOwnMember(context, node, name)) return undefined;
  return { element: type.element, name, field: fieldOf(type.element, name) };
}

export const isOutermost = (context: FileContext, node: Access): boolean => {
  const { parent } = node;
  return !(
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) &&
    parent.expression === node &&
    asRead(context, parent) !== undefined
  );
};
