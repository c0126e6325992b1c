import { ts } from 'ts-morph';
import { elements } from '../../../src/catalog';
import type { FileContext } from '../context';

type AssignedPattern = ts.BinaryExpression & { readonly left: ts.ObjectLiteralExpression };

const isAssignedPattern = (node: ts.Node): node is AssignedPattern =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
  ts.isObjectLiteralExpression(node.left);

/** The v2 name of what one part of the pattern takes; undefined where more than the name changes. */
function newName(property: ts.ObjectLiteralElementLike, element: string): string | undefined {
  const field = property.name === undefined ? undefined : elements[element]?.fields[property.name.getText()];
  if (field?.to == null || !/^\w+$/.test(field.to) || field.via !== undefined) return undefined;
  // A default is not taken for the null that v2 answers, and what is nested moves.
  const isPlain = ts.isShorthandPropertyAssignment(property)
    ? property.objectAssignmentInitializer === undefined
    : ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer);
  return isPlain && field.values !== 'softDecline' ? field.to : undefined;
}

/**
 * The target of `({ CaptureDetails: details } = await answer)`: what v2 answers is the details themselves, so the name
 * takes the place of the pattern. Undefined where more is taken, or something is done with what is taken.
 */
function targetOfWhole(pattern: ts.ObjectLiteralExpression, element: string): ts.Identifier | undefined {
  const [property, ...more] = pattern.properties;
  if (property === undefined || more.length > 0) return undefined;
  const field = property.name === undefined ? undefined : elements[element]?.fields[property.name.getText()];
  if (field?.to !== '' || field.via !== undefined) return undefined;
  if (ts.isShorthandPropertyAssignment(property) && property.objectAssignmentInitializer === undefined) {
    return property.name;
  }
  return ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer) ? property.initializer : undefined;
}

/** `({ CaptureDetails: { CaptureStatus } } = await answer)` */
function reportUnwritten(context: FileContext, pattern: ts.ObjectLiteralExpression, element: string): void {
  context.leaveOpen(pattern, {
    rule: 'node-client/result-read',
    legacy: { name: element },
    replacement: null,
    message: `${context.text(pattern)} takes a legacy answer apart in a way that has no direct v2 form; read the fields one by one.`,
  });
}

/** Only a pattern needs them: without, its brace would begin a block. */
function dropParentheses(context: FileContext, assignment: AssignedPattern): void {
  const { parent } = assignment;
  if (!ts.isParenthesizedExpression(parent) || !ts.isExpressionStatement(parent.parent)) return;
  context.rewriter.replace(parent, (emit) => emit(assignment));
}

function renameParts(
  context: FileContext,
  pattern: ts.ObjectLiteralExpression,
  names: readonly (string | undefined)[],
): void {
  pattern.properties.forEach((property, index) => {
    context.rewriter.replace(property, (emit) => {
      const target = ts.isPropertyAssignment(property) ? emit(property.initializer) : (property.name?.getText() ?? '');
      const name = names[index] ?? '';
      return name === target ? name : `${name}: ${target}`;
    });
  });
}

/** `({ State, ReasonCode } = status)`; what cannot be rewritten is listed. */
export function rewriteAssignedPattern(context: FileContext, node: ts.Node): void {
  if (!isAssignedPattern(node)) return;
  const { left, right } = node;
  const type = context.typeAround(right);
  if (type?.kind !== 'element') return;
  if (left.properties.length === 0) return;
  const whole = targetOfWhole(left, type.element);
  const names = left.properties.map((property) => newName(property, type.element));
  if (whole !== undefined) {
    context.rewriter.replace(left, () => whole.text);
    dropParentheses(context, node);
  } else if (names.includes(undefined)) {
    reportUnwritten(context, left, type.element);
    return;
  } else {
    renameParts(context, left, names);
  }
  context.report(left, {
    rule: 'node-client/result-read',
    automation: 'automatic',
    legacy: { name: type.element },
    replacement: { name: 'the v2 object' },
    message: `The fields of ${type.element} are read from the v2 object.`,
    rewritten: true,
  });
}
