import { ts } from 'ts-morph';
import type { ElementField } from '../../../src/catalog/types';
import { isMerelyRenamed } from '../../typed-program/renamed-fields';
import { writtenName } from '../../rewriting/access';
import { legacyTypeOf } from '../../typed-program/brands';
import { outside } from '../../typed-program/outside';
import { fieldOf } from './answer-read';
import type { FileContext } from '../context';

/** The part of an answer that the object stands in for: `order.Buyer || { Name: 'Guest' }`, `if (!back) back = { Amount: '0' }`. */
function elementOf(context: FileContext, node: ts.ObjectLiteralExpression): string | undefined {
  const around = outside(node);
  const { parent } = around;
  const isAssigned =
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    parent.right === around &&
    ts.isIdentifier(parent.left);
  const type = isAssigned ? context.typeOf(parent.left) : around === node ? undefined : context.typeOf(around);
  return type?.kind === 'element' ? type.element : undefined;
}

const COPIES = /(?:^|\.)(?:assign|extend|merge|defaults(?:Deep)?)$/;

/** `Object.assign({ Name: 'Guest' }, order.Buyer)`: a part of an answer is copied over the object. */
function copiedOver(context: FileContext, node: ts.ObjectLiteralExpression): string | undefined {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || !COPIES.test(parent.expression.getText())) return undefined;
  const types = parent.arguments.map((argument) => context.typeOf(argument));
  return types.flatMap((type) => (type?.kind === 'element' ? [type.element] : []))[0];
}

function rename(context: FileContext, property: ts.ObjectLiteralElementLike, to: string): void {
  if (ts.isShorthandPropertyAssignment(property))
    context.rewriter.replace(property, () => `${to}: ${context.rewriter.original(property.name)}`);
  else if (property.name !== undefined) context.rewriter.replace(property.name, () => to);
}

/** `{ ...capture.CaptureAmount, Amount: rest }`: what is written over the fields of a part that is copied. */
function spreadIn({ checker }: FileContext, node: ts.ObjectLiteralExpression): string | undefined {
  for (const property of node.properties) {
    if (!ts.isSpreadAssignment(property)) continue;
    const type = checker.getNonNullableType(checker.getTypeAtLocation(property.expression));
    const found = legacyTypeOf(checker, type);
    if (found?.kind === 'element') return found.element;
  }
  return undefined;
}

interface Named {
  readonly property: ts.ObjectLiteralElementLike;
  readonly name: string;
  readonly field: ElementField;
}

/** The members that have the name of a field of the element. */
const namedIn = (node: ts.ObjectLiteralExpression, element: string): Named[] =>
  node.properties.flatMap((property) => {
    const name = property.name === undefined ? undefined : writtenName(property.name);
    const field = name === undefined ? undefined : fieldOf(element, name);
    return name === undefined || field === undefined ? [] : [{ property, name, field }];
  });

function leave(context: FileContext, node: ts.ObjectLiteralExpression, element: string, because: string): void {
  context.leaveOpen(node, {
    rule: 'node-client/result-read',
    legacy: { name: element },
    replacement: null,
    message: `${context.text(node)} stands in for ${element} and has its names: give it those of the v2 object, which is read from now on${because}.`,
  });
}

/** What stands in for a part of an answer is read by the names of v2 from now on, and has to have them. */
export function rewriteFallbackObject(context: FileContext, node: ts.Node): void {
  if (!ts.isObjectLiteralExpression(node)) return;
  const copied = copiedOver(context, node);
  const spread = spreadIn(context, node);
  const element = copied ?? elementOf(context, node) ?? spread;
  const named = element === undefined ? [] : namedIn(node, element);
  if (element === undefined || named.length === 0) return;
  if (copied !== undefined) {
    leave(context, node, element, ', and mind that a field of which v2 has nothing is null, and is copied as that');
    return;
  }
  if (!named.every(({ field }) => isMerelyRenamed(field))) {
    leave(context, node, element, '');
    return;
  }
  for (const { property, field } of named) rename(context, property, field.to ?? '');
  context.report(node, {
    rule: 'node-client/result-read',
    automation: 'automatic',
    legacy: { name: `${element}.${named.map(({ name }) => name).join(', ')}` },
    replacement: { name: named.map(({ field }) => field.to ?? '').join(', ') },
    message: `${context.text(node)} ${spread === undefined ? 'stands in for' : 'is a copy of'} ${element}, and has the names of v2.`,
    rewritten: true,
  });
}
