import { ts } from 'ts-morph';
import type { Operation } from '../../../src/catalog/types';
import type { LegacyValue } from '../../v2-request/types';
import { type FileContext, unwrap } from '../context';
import { literalText } from '../values/literal-text';
import { findSimulation } from './find-simulation';

/** Legacy parameters by name, or why they cannot be told apart. */
export type Collected =
  | { readonly kind: 'values'; readonly values: Map<string, LegacyValue>; readonly nodes: Map<string, ts.Expression> }
  | { readonly kind: 'opaque' };

function commentsOf(context: FileContext, property: ts.Node): string[] {
  const { text } = context.file.source;
  const ranges = ts.getLeadingCommentRanges(text, property.getFullStart()) ?? [];
  const sameLine = (position: number): boolean => !text.slice(property.getFullStart(), position).includes('\n');
  const own = ranges.filter(({ pos }) => !sameLine(pos) || property.getFullStart() === property.parent.getStart() + 1);
  const next = property.getEnd();
  const comma = /^\s*,/.exec(text.slice(next))?.[0].length ?? 0;
  const trailing = (ts.getTrailingCommentRanges(text, next + comma) ?? []).filter(
    ({ kind }) => kind === ts.SyntaxKind.SingleLineCommentTrivia,
  );
  return [...own, ...trailing].map(({ pos, end }) => text.slice(pos, end));
}

const literalOf = (node: ts.Expression): string | number | boolean | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  return undefined;
};

function valueOf(context: FileContext, node: ts.Expression, comments: readonly string[]): LegacyValue {
  const expression = unwrap(node);
  // A constant is as good as what it holds; a property may be set elsewhere.
  const constant = ts.isIdentifier(expression) ? literalText(context.checker, expression) : undefined;
  const literal = literalOf(expression) ?? constant;
  const text = needsParentheses(node) ? `(${context.rewriter.emit(node)})` : context.rewriter.emit(node);
  const simulation = findSimulation(context, node);
  return {
    text,
    comments,
    ...(literal === undefined ? {} : { literal }),
    ...(simulation === undefined ? {} : { simulation }),
  };
}

const needsParentheses = (node: ts.Expression): boolean =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken;

interface Target {
  readonly context: FileContext;
  readonly operation: Operation;
  readonly values: Map<string, LegacyValue>;
  readonly nodes: Map<string, ts.Expression>;
}

const isGroup = (operation: Operation, name: string): boolean =>
  operation.request[name]?.via === 'price' || Object.keys(operation.request).some((key) => key.startsWith(`${name}.`));

/** `{ SellerNote }`: the name stands for the variable, not for the property. */
function shorthandValue(context: FileContext, property: ts.ShorthandPropertyAssignment): LegacyValue {
  const symbol = context.checker.getShorthandAssignmentValueSymbol(property)?.valueDeclaration;
  const initializer = symbol !== undefined && ts.isVariableDeclaration(symbol) ? symbol.initializer : undefined;
  const simulation = initializer === undefined ? undefined : findSimulation(context, initializer);
  const isComputed = simulation?.condition !== undefined;
  return {
    text: property.name.text,
    comments: commentsOf(context, property),
    ...(simulation === undefined ? {} : { simulation: isComputed ? { source: '' } : simulation }),
  };
}

function addProperty(target: Target, prefix: string, property: ts.ObjectLiteralElementLike): boolean {
  const { context } = target;
  if (ts.isShorthandPropertyAssignment(property)) {
    const name = prefix + property.name.text;
    target.values.set(name, shorthandValue(context, property));
    target.nodes.set(name, property.name);
    return true;
  }
  if (!ts.isPropertyAssignment(property)) return false;
  const key = property.name;
  if (ts.isComputedPropertyName(key) && !ts.isStringLiteralLike(key.expression)) return false;
  const name = prefix + (ts.isComputedPropertyName(key) ? (key.expression as ts.StringLiteral).text : key.text);
  const value = unwrap(property.initializer);
  if (ts.isObjectLiteralExpression(value) && isGroup(target.operation, name))
    return addObject(target, `${name}.`, value);
  target.values.set(name, valueOf(context, property.initializer, commentsOf(context, property)));
  target.nodes.set(name, property.initializer);
  return true;
}

const addObject = (target: Target, prefix: string, object: ts.ObjectLiteralExpression): boolean =>
  object.properties.every((property) => addProperty(target, prefix, property));

/**
 * Reads the parameters of a call off its object literal; spreads and computed keys make it opaque.
 *
 * @param added what is set on the object behind it
 */
export function collectLiteral(
  context: FileContext,
  operation: Operation,
  argument: ts.Expression,
  added: readonly (readonly [name: string, value: ts.Expression])[] = [],
): Collected {
  const object = unwrap(argument);
  if (!ts.isObjectLiteralExpression(object)) return { kind: 'opaque' };
  const target: Target = { context, operation, values: new Map(), nodes: new Map() };
  if (!addObject(target, '', object)) return { kind: 'opaque' };
  for (const [name, value] of added) {
    target.values.set(name, valueOf(context, value, []));
    target.nodes.set(name, value);
  }
  return { kind: 'values', values: target.values, nodes: target.nodes };
}
