import { ts } from 'ts-morph';
import { type Access, isAccess } from '../../rewriting/access';
import { asRead, type Read } from './answer-read';
import type { FileContext } from '../context';
import { partsOf } from './pattern-parts';
import { isUnwritten } from './unwritten-names';

/** The field that a variable holds: `const { CaptureFee } = details`, `const amount = details.CaptureAmount`. */
export function heldField(context: FileContext, node: ts.Expression): Read | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = context.checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (declaration === undefined || declaration.getSourceFile() !== context.file.source) return undefined;
  if (ts.isVariableDeclaration(declaration)) {
    const { initializer } = declaration;
    return initializer !== undefined && isUnwritten(context, declaration) ? asRead(context, initializer) : undefined;
  }
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent)) return undefined;
  const type = context.typeOf(declaration.parent);
  if (type?.kind !== 'element') return undefined;
  const part = partsOf(type.element, declaration.parent)?.find((each) => each.node === declaration);
  return part === undefined ? undefined : { element: type.element, name: part.key, field: part.field };
}

/** The object read before this one may be null in v2 (`captureAmount` before a capture). */
export const isBehindNullable = (context: FileContext, node: Access): boolean => {
  const inner = node.expression;
  const read = asRead(context, inner) ?? heldField(context, inner);
  if (read?.field === undefined) return false;
  // A level that disappears leaves what is before it.
  return read.field.nullable === true || (read.field.to === '' && isAccess(inner) && isBehindNullable(context, inner));
};

/** Something on the way to the value is null in v2 where there is nothing of it, and no zero is written in its place. */
export const mayBeAbsent = (context: FileContext, node: Access): boolean => {
  const to = asRead(context, node)?.field?.to ?? '';
  if (isBehindZero(context, node)) return false;
  const isNested = to.includes('.') && !to.startsWith('statusDetails.');
  return (
    isNested || isBehindNullable(context, node) || (isAccess(node.expression) && mayBeAbsent(context, node.expression))
  );
};

/** The amount that was zero in legacy and is absent in v2: computing with it must not give NaN. */
export const isBehindZero = (context: FileContext, { expression }: Access): boolean =>
  (asRead(context, expression) ?? heldField(context, expression))?.field?.wasZero === true;

/** A level above this one has no counterpart already, and was listed. */
export const isBelowMissing = (context: FileContext, node: Access): boolean => {
  const outer = asRead(context, node.expression) ?? heldField(context, node.expression);
  return (
    outer !== undefined &&
    (outer.field === undefined ||
      outer.field.to === null ||
      (isAccess(node.expression) && isBelowMissing(context, node.expression)))
  );
};
