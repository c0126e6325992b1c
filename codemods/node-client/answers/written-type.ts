import { ts } from 'ts-morph';
import type { LegacyType } from '../../typed-program/brands';
import type { FileContext } from '../context';

/**
 * What a type of the merchant's own `declare module` stands for: the checker does not know it, so that the analysis wrote
 * the type of what comes there before it. Of a promise, what is promised.
 */
export function writtenType(context: FileContext, node: ts.TypeReferenceNode): LegacyType | undefined {
  const written = ts.findAncestor(node, ts.isConditionalTypeNode);
  const type = written === undefined ? undefined : context.typeOf(written);
  return type?.kind === 'promise' ? type.of : type;
}
