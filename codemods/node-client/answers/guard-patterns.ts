import { ts } from 'ts-morph';
import type { FileContext } from '../context';
import type { PatternPart } from './pattern-parts';
import { isTested } from './looked-at-state';
import { isDecliningAnswer, isOfPayment, mayBeDeclined } from './strict-reads';

/** The pattern takes apart what may be the answer of a declined payment, at whatever depth. */
function isOfDeclining(context: FileContext, pattern: ts.ObjectBindingPattern): boolean {
  const type = context.typeOf(pattern);
  if (type?.kind === 'element' && isDecliningAnswer(type.element)) return true;
  const { parent } = pattern;
  if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent))
    return isOfDeclining(context, parent.parent);
  return ts.isVariableDeclaration(parent) && parent.initializer !== undefined
    ? mayBeDeclined(context, parent.initializer)
    : false;
}

const isLost = ({ field }: PatternPart): boolean => field === undefined || field.to === null;

const isTakenApart = ({ node }: PatternPart): boolean => !ts.isIdentifier(node.name) && node.initializer === undefined;

/** A level on the way is null in v2 where there is nothing of it, and taking null apart throws. */
const isBelowNull = (part: PatternPart): boolean => {
  const to = part.field?.to ?? '';
  const isNested = to.includes('.') && !to.startsWith('statusDetails.');
  return isNested || (part.field?.nullable === true && isTakenApart(part));
};

/**
 * The default that keeps a pattern from throwing after the money has moved: what v2 does not have, and what a declined payment
 * does not have, is undefined. Types have no such default.
 */
export function guardText(context: FileContext, element: string, part: PatternPart): string {
  if (!isTakenApart(part) || context.isTypeScript) return '';
  const isOfDecline =
    part.field !== undefined &&
    isOfPayment(element, part.field) &&
    isOfDeclining(context, part.node.parent as ts.ObjectBindingPattern);
  return isLost(part) || isOfDecline ? ' = {}' : '';
}

/** Lists what a pattern cannot take from every v2 object; true where it did. */
export function reportGuards(context: FileContext, element: string, part: PatternPart): void {
  const { field, key, node } = part;
  if (field === undefined || field.to === null) return;
  const about = {
    rule: 'node-client/result-read',
    legacy: { name: `${element}.${key}` },
    replacement: { name: field.to },
  };
  if (isBelowNull(part)) {
    const message = `${key} is null in v2 where there is nothing of it, and taking null apart throws: read it by itself, with ?.`;
    context.leaveOpen(node, { ...about, message });
    return;
  }
  if (!isOfPayment(element, field) || !isOfDeclining(context, node.parent as ts.ObjectBindingPattern)) return;
  if (isTested(context, node, 'anywhere') && !(isTakenApart(part) && context.isTypeScript)) return;
  context.leaveOpen(node, {
    ...about,
    message: `${key} is taken without a look at the state: legacy gave it for a declined payment too, and in v2 a declined payment has nothing but a state and a reason.`,
  });
}
