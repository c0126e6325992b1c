import { ts } from 'ts-morph';
import type { Operation } from '../../src/catalog/types';
import type { LegacyValue } from '../v2-request/types';
import { type FileContext, literalText, unwrap } from './context';
import { findSimulation } from './find-simulation';
import { assignedNames, isFilledUnseen, scopeOf } from './parameter-writes';

/** Legacy parameters by name, or why they cannot be told apart. */
export type Collected =
  | { readonly kind: 'values'; readonly values: Map<string, LegacyValue>; readonly nodes: Map<string, ts.Expression> }
  | { readonly kind: 'opaque' };

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Names in clients with flat camelCase arguments: `amount`, `currencyCode`, `authorizationReferenceId`. */
export function flatNames(operation: Operation): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, row] of Object.entries(operation.request)) {
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (row.via === 'price') {
      names.set('amount', `${name}.Amount`);
      names.set('currencyCode', `${name}.CurrencyCode`);
      names.set(`${lowerFirst(last)}`, `${name}.Amount`);
    } else names.set(row.flatName ?? lowerFirst(last), name);
  }
  return names;
}

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

/** Reads the parameters of a call off its object literal; spreads and computed keys make it opaque. */
export function collectLiteral(context: FileContext, operation: Operation, argument: ts.Expression): Collected {
  const object = unwrap(argument);
  if (!ts.isObjectLiteralExpression(object)) return { kind: 'opaque' };
  const target: Target = { context, operation, values: new Map(), nodes: new Map() };
  return addObject(target, '', object)
    ? { kind: 'values', values: target.values, nodes: target.nodes }
    : { kind: 'opaque' };
}

const requote = (text: string, quote: string): string => text.replace(/^'(.*)'$/, `${quote}$1${quote}`);

/** Names that the object is known to have, when its type lists them. Undefined: nobody knows. */
function knownNames(context: FileContext, argument: ts.Expression): Set<string> | undefined {
  const type = context.checker.getTypeAtLocation(argument);
  const parts = type.isIntersection() ? type.types : [type];
  const isListed = parts.every(
    (part) => (part.flags & ts.TypeFlags.Object) !== 0 && part.getStringIndexType() === undefined,
  );
  if (!isListed || isFilledUnseen(context, argument)) return undefined;
  const names = type.getProperties().map(({ name }) => name);
  return new Set([...names, ...assignedNames(context, argument)]);
}

/** Parameters that v2 has no place for, and that an object of which nobody knows what it holds may carry. */
export function lostUnseen(context: FileContext, { request }: Operation, parameters: ts.Expression): string[] {
  const object = unwrap(parameters);
  if (ts.isObjectLiteralExpression(object) && !object.properties.some(ts.isSpreadAssignment)) return [];
  if (knownNames(context, parameters) !== undefined) return [];
  return Object.keys(request).filter((name) => request[name]?.to === null && !/Token$/.test(name));
}

const isTypeScript = (context: FileContext): boolean => /\.[cm]?tsx?$/.test(context.file.unit.path);

/** Dotted names that the project writes out: `p['RefundAmount.Amount']`. The old client took them for nested ones. */
const dottedNames = new WeakMap<object, ReadonlySet<string>>();

function dottedNamesOf({ input }: FileContext): ReadonlySet<string> {
  const known = dottedNames.get(input);
  if (known !== undefined) return known;
  const found = input.files.flatMap(({ text }) => [...text.matchAll(/['"]([A-Z]\w+(?:\.[A-Z]\w+)+)['"]/g)]);
  const names = new Set(found.map(([, name = '']) => name));
  dottedNames.set(input, names);
  return names;
}

/** The dotted names of the amounts of an operation, which may be put together at run time. */
const pricesOf = ({ request }: Operation): string[] =>
  Object.entries(request).flatMap(([name, { via }]) =>
    via === 'price' ? [`${name}.Amount`, `${name}.CurrencyCode`] : [],
  );

interface ReadOff {
  readonly object: string;
  /** Names that the object has; undefined when nobody knows. */
  readonly known: ReadonlySet<string> | undefined;
  readonly dotted: ReadonlySet<string>;
  readonly quote: string;
}

/** `p.A?.B`, `p['A.B']`, or both where either may be meant. */
function textOf({ object, known, dotted, quote }: ReadOff, name: string): string {
  const nested = `${object}.${name.split('.').join('?.')}`;
  if (!name.includes('.') || !dotted.has(name)) return nested;
  const flat = `${object}[${quote}${name}${quote}]`;
  // A dotted name among those that are known is the one that was set.
  return known?.has(name) === true ? flat : `${nested} ?? ${flat}`;
}

/** A price as a whole, or by its members where these have dotted names. */
function addPrice(values: Map<string, LegacyValue>, from: ReadOff, name: string): void {
  const { object, known, dotted, quote } = from;
  const [amount, currency] = [`${name}.Amount`, `${name}.CurrencyCode`];
  const whole = `${object}.${name.split('.').join('?.')}`;
  const members = [amount, currency].map((member) => `${object}[${quote}${member}${quote}]`);
  if (!dotted.has(amount)) values.set(name, { text: whole });
  else if (known?.has(amount) === true) {
    values.set(amount, { text: members[0] ?? '' });
    values.set(currency, { text: members[1] ?? '' });
  } else values.set(name, { text: `${whole} ?? { Amount: ${members[0]}, CurrencyCode: ${members[1]} }` });
}

/**
 * Values read off an object that is passed around: `params.CaptureAmount`. Without a type that says what is in it, every
 * parameter that v2 can take is read, and what is absent stays absent.
 */
export function collectFromObject(
  context: FileContext,
  operation: Operation,
  object: string,
  argument?: ts.Expression,
): Map<string, LegacyValue> {
  const known = argument === undefined ? undefined : knownNames(context, argument);
  const heads = known === undefined ? undefined : new Set([...known].map((name) => name.split('.')[0] ?? ''));
  const isUnseen = argument !== undefined && isFilledUnseen(context, argument);
  const dotted = isUnseen && /\.\w+['"`]/.test(scopeOf(context, argument).getText()) ? pricesOf(operation) : [];
  const from: ReadOff = {
    object,
    known,
    dotted: new Set([...dottedNamesOf(context), ...dotted]),
    quote: context.style.quote,
  };
  // A type that does not have the property cannot be given it later, and reading it would not compile.
  const isClosed = isTypeScript(context);
  const values = new Map<string, LegacyValue>();
  for (const [name, row] of Object.entries(operation.request)) {
    const isKnown = heads?.has(name.split('.')[0] ?? '') === true;
    // What v2 can take is read in any case: a property may have been set after the object was made.
    if (!isKnown && (row.to === null || (heads !== undefined && isClosed))) continue;
    if (row.via === 'price') addPrice(values, from, name);
    else {
      const absent = row.whenAbsent?.startsWith("'") === true ? ` ?? ${requote(row.whenAbsent, from.quote)}` : '';
      values.set(name, { text: textOf(from, name) + absent });
    }
  }
  return values;
}

/** Calls with flat arguments may leave the currency to the configuration of the client. */
export function withConfiguredCurrency(
  context: FileContext,
  operation: Operation,
  values: ReadonlyMap<string, LegacyValue>,
): Map<string, LegacyValue> {
  const completed = new Map(values);
  const currency = context.configuredCurrency;
  for (const [name, row] of Object.entries(operation.request)) {
    const [amount, code] = [`${name}.Amount`, `${name}.CurrencyCode`];
    if (row.via !== 'price' || currency === undefined || !values.has(amount) || values.has(code)) continue;
    const { quote } = context.style;
    completed.set(code, { text: `${quote}${currency}${quote}`, literal: currency });
  }
  return completed;
}

/** Flat parameters read off an object: `params.captureNow`, and the amount under either of its names. */
export function collectFlatFromObject(
  context: FileContext,
  operation: Operation,
  object: string,
  argument: ts.Expression,
): Map<string, LegacyValue> {
  const known = knownNames(context, argument);
  const values = new Map<string, LegacyValue>();
  const read = (name: string, flat: readonly string[], fallback = ''): void => {
    const present = known === undefined ? flat : flat.filter((each) => known.has(each));
    const names = present.length > 0 ? present : flat;
    values.set(name, { text: names.map((each) => `${object}.${each}`).join(' ?? ') + fallback });
  };
  const currency = context.configuredCurrency;
  const { quote } = context.style;
  for (const [name, row] of Object.entries(operation.request)) {
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (row.via === 'price') {
      read(`${name}.Amount`, [lowerFirst(last), 'amount']);
      const other = currency === undefined ? '' : ` ?? ${quote}${currency}${quote}`;
      const hasCurrency = known === undefined || known.has('currencyCode') || currency === undefined;
      if (hasCurrency) read(`${name}.CurrencyCode`, ['currencyCode'], other);
      continue;
    }
    const flat = row.flatName ?? lowerFirst(last);
    const absent = row.whenAbsent?.startsWith("'") === true ? ` ?? ${requote(row.whenAbsent, quote)}` : '';
    if (row.to !== null || known?.has(flat) === true) read(name, [flat], absent);
  }
  return withConfiguredCurrency(context, operation, values);
}
