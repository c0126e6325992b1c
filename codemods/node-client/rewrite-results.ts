import { ts } from 'ts-morph';
import { elements } from '../../src/catalog';
import type { ElementField } from '../../src/catalog/types';
import { accessedName, type Access, isAccess } from '../rewriting/access';
import { type FileContext, walk } from './context';
import { guardAccess, isReadOn } from './guard-access';
import { rewriteAssignedPattern } from './rewrite-assigned-patterns';
import { reportAbsentRead, reportUntestedRead, strictText } from './strict-reads';
import { reportPatternDefault } from './report-pattern-defaults';
import { memberOfAbsent, orElse } from './wording';

interface Read {
  readonly element: string;
  readonly name: string;
  readonly field: ElementField | undefined;
}

/** Names that any object or string has; reading them is not reading the answer. */
const UNIVERSAL = new Set(['toString', 'hasOwnProperty', 'requestId', 'then', 'constructor']);

/** The outer levels of an answer (`XResponse.XResult`) stand in front of every element and have no v2 form. */
function fieldOf(element: string, name: string): ElementField | undefined {
  if (!/(?:Envelope|Response)$/.test(element)) return elements[element]?.fields[name];
  if (/(?:Response|Result)$/.test(name)) return { to: '' };
  // Some readers of XML hand over what is inside the two levels.
  return elements[element.replace(/Envelope$/, 'Result')]?.fields[name];
}

/** Returns what an access reads of a legacy answer, or undefined when it reads something else. */
export function asRead(context: FileContext, node: ts.Node): Read | undefined {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  const type = context.typeOf(node.expression);
  const name = accessedName(node);
  if (type?.kind !== 'element' || name === undefined || UNIVERSAL.has(name)) return undefined;
  return { element: type.element, name, field: fieldOf(type.element, name) };
}

const isOutermost = (context: FileContext, node: Access): boolean => {
  const { parent } = node;
  return !(
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) &&
    parent.expression === node &&
    asRead(context, parent) !== undefined
  );
};

/** The v2 text of one level: `.statusDetails`, `?.amount`, nothing where the level disappears. */
function levelText(context: FileContext, node: Access, field: ElementField, object: string): string {
  if (field.to === '' || field.to === null) return object;
  const isOptional = node.questionDotToken !== undefined || isBehindNullable(context, node);
  // What v2 nests deeper is null where there is nothing of it; only statusDetails always is there.
  const members = field.to.startsWith('statusDetails.') ? [field.to] : field.to.split('.');
  const isCalled = isReadOn(node) && asRead(context, node.parent) === undefined;
  return members.reduce((text, member, index) => {
    if (index === 0 && !isOptional) return `${text}.${member}`;
    return isCalled ? `${text}?.${member}` : memberOfAbsent(context, text, member);
  }, object);
}

/** The field that a variable holds: `const { CaptureFee } = details`, `const amount = details.CaptureAmount`. */
function heldField(context: FileContext, node: ts.Expression): Read | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = context.checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (declaration === undefined || declaration.getSourceFile() !== context.file.source) return undefined;
  if (ts.isVariableDeclaration(declaration)) {
    const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    return isConstant && declaration.initializer !== undefined ? asRead(context, declaration.initializer) : undefined;
  }
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent)) return undefined;
  const type = context.typeOf(declaration.parent);
  if (type?.kind !== 'element') return undefined;
  const part = partsOf(type.element, declaration.parent)?.find((each) => each.node === declaration);
  return part === undefined ? undefined : { element: type.element, name: part.key, field: part.field };
}

/** The object read before this one may be null in v2 (`captureAmount` before a capture). */
const isBehindNullable = (context: FileContext, node: Access): boolean => {
  const inner = node.expression;
  const read = asRead(context, inner) ?? heldField(context, inner);
  if (read?.field === undefined) return false;
  // A level that disappears leaves what is before it.
  return read.field.nullable === true || (read.field.to === '' && isAccess(inner) && isBehindNullable(context, inner));
};

/** Something on the way to the value is null in v2 where there is nothing of it, and no zero is written in its place. */
const mayBeAbsent = (context: FileContext, node: Access): boolean => {
  const to = asRead(context, node)?.field?.to ?? '';
  if (isBehindZero(context, node)) return false;
  const isNested = to.includes('.') && !to.startsWith('statusDetails.');
  return (
    isNested || isBehindNullable(context, node) || (isAccess(node.expression) && mayBeAbsent(context, node.expression))
  );
};

/** The amount that was zero in legacy and is absent in v2: computing with it must not give NaN. */
const isBehindZero = (context: FileContext, { expression }: Access): boolean =>
  (asRead(context, expression) ?? heldField(context, expression))?.field?.wasZero === true;

/** Only a comparison says which of the two texts was meant; everything else is listed where it stands. */
const isCompared = (context: FileContext, node: Access): boolean =>
  ts.findAncestor(node, (parent) => ts.isBinaryExpression(parent) && context.rewriter.isReplaced(parent)) !== undefined;

/** A level above this one has no counterpart already, and was listed. */
const isBelowMissing = (context: FileContext, node: Access): boolean => {
  const outer = asRead(context, node.expression) ?? heldField(context, node.expression);
  return (
    outer !== undefined &&
    (outer.field === undefined ||
      outer.field.to === null ||
      (isAccess(node.expression) && isBelowMissing(context, node.expression)))
  );
};

/** `if (details.SoftDecline)` is listed with the conditions. */
const isCondition = (node: ts.Node): boolean =>
  (ts.isIfStatement(node.parent) && node.parent.expression === node) ||
  (ts.isConditionalExpression(node.parent) && node.parent.condition === node) ||
  ts.isPrefixUnaryExpression(node.parent);

function reportSoftDecline(context: FileContext, node: ts.Node): void {
  context.leaveOpen(node, {
    rule: 'node-client/result-read',
    legacy: { name: 'AuthorizationDetails.SoftDecline' },
    replacement: { name: "statusDetails.reasonCode === 'SoftDeclined'" },
    message: `${context.text(node)} is the text "true" or "false" in legacy, and a reason code in v2: SoftDeclined or HardDeclined.`,
  });
}

/** `JSON.parse(text)` of a client that answers in JSON text: the v2 object needs no parsing. */
function dropParse(context: FileContext, node: ts.Node): void {
  if (!ts.isCallExpression(node)) return;
  const [handler] = node.arguments;
  const { expression } = node;
  // `.then(JSON.parse)`
  if (
    handler?.getText() === 'JSON.parse' &&
    node.arguments.length === 1 &&
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === 'then'
  ) {
    const promise = context.typeOf(expression.expression);
    if (promise?.kind === 'promise' && promise.of.kind === 'jsonText')
      context.rewriter.replace(node, (emit) => emit(expression.expression));
    return;
  }
  if (node.expression.getText() !== 'JSON.parse') return;
  const [text] = node.arguments;
  if (text !== undefined && context.typeOf(text)?.kind === 'jsonText')
    context.rewriter.replace(node, (emit) => emit(text));
}

function reportMissing(context: FileContext, node: Access, read: Read): void {
  const because =
    read.field === undefined
      ? `${read.element} has no ${read.name}.`
      : (read.field.because ?? 'v2 does not return it.');
  context.leaveOpen(node, {
    rule: 'node-client/result-read',
    legacy: { name: `${read.element}.${read.name}` },
    replacement: null,
    message: `${context.text(node)} has no counterpart in v2: ${because}`,
  });
}

/** Rewrites the reads of legacy answers, level by level, and lists those that have no counterpart. */
export function rewriteReads(context: FileContext): void {
  walk(context.file.source, (node) => {
    dropParse(context, node);
    if (ts.isObjectBindingPattern(node)) rewritePattern(context, node);
    rewriteAssignedPattern(context, node);
    const read = asRead(context, node);
    if (read === undefined) return;
    const access = node as Access;
    if (read.field === undefined || read.field.to === null) {
      if (!isBelowMissing(context, access)) reportMissing(context, access, read);
      return;
    }
    if (isBelowMissing(context, access)) {
      guardAccess(context, access);
      return;
    }
    const { field } = read;
    if (field.values === 'softDecline' && !isCompared(context, access)) {
      if (!isCondition(access)) reportSoftDecline(context, access);
      return;
    }
    if (field.via !== undefined) context.need(field.via);
    context.rewriter.replace(access, (emit) => {
      const text = levelText(context, access, field, emit(access.expression));
      if (field.to === 'amount' && isBehindZero(context, access)) {
        const { quote } = context.style;
        return `(${orElse(context, text, `${quote}0${quote}`)})`;
      }
      return field.via === undefined
        ? strictText(context, access, read.element, field, text)
        : `${context.nameOf(field.via)}(${text})`;
    });
    reportUntestedRead(context, access, read.element, field);
    if (isOutermost(context, access)) {
      if (mayBeAbsent(context, access)) reportAbsentRead(context, access);
      context.report(access, {
        rule: 'node-client/result-read',
        automation: 'automatic',
        legacy: { name: `${read.element}.${read.name}` },
        replacement: { name: field.to === '' ? 'the v2 object' : (field.to ?? '') },
        message: `${context.text(access)} is read from the v2 object.`,
        rewritten: true,
      });
    }
  });
}

interface PatternPart {
  readonly key: string;
  readonly field: ElementField | undefined;
  readonly node: ts.BindingElement;
}

function partsOf(element: string, pattern: ts.ObjectBindingPattern): PatternPart[] | undefined {
  const parts: PatternPart[] = [];
  for (const node of pattern.elements) {
    const key = node.propertyName ?? node.name;
    if (node.dotDotDotToken !== undefined || !(ts.isIdentifier(key) || ts.isStringLiteral(key))) return undefined;
    parts.push({ key: key.text, field: fieldOf(element, key.text), node });
  }
  return parts;
}

const nest = (path: readonly string[], inner: string): string => {
  const [head = '', ...rest] = path;
  return rest.length === 0 ? `${head}: ${inner}` : `${head}: { ${nest(rest, inner)} }`;
};

/** `{ AuthorizationDetails: { AmazonAuthorizationId: id } }` to `{ chargeId: id }` */
function patternText(part: PatternPart, emit: (node: ts.Node) => string): string {
  const to = part.field?.to ?? part.key;
  const name = emit(part.node.name);
  const initializer = part.node.initializer === undefined ? '' : ` = ${emit(part.node.initializer)}`;
  const text = name === to ? name : nest(to.split('.'), name);
  return text + initializer;
}

/** What needs more than another name cannot be bound by a pattern. */
const cannotBind = (field: ElementField): boolean => field.via !== undefined || field.values === 'softDecline';

const whyLost = (element: string, { key, field }: PatternPart): string => {
  if (field?.via === 'isoTimestamp')
    return `${key} is written without dashes and colons in v2 (20190714T155300Z), which new Date() does not take.`;
  if (field?.values === 'softDecline') return 'SoftDecline is the reason code SoftDeclined or HardDeclined in v2.';
  return `${key} has no counterpart in v2: ${field?.because ?? `${element} has no such field.`}`;
};

/** `{ IdList: { member } }`: the outer name is listed already. */
function isInLostPart(context: FileContext, { parent }: ts.ObjectBindingPattern): boolean {
  if (!ts.isBindingElement(parent) || !ts.isObjectBindingPattern(parent.parent)) return false;
  const outer = context.typeOf(parent.parent);
  if (outer?.kind !== 'element') return false;
  const part = partsOf(outer.element, parent.parent)?.find(({ node }) => node === parent);
  return part !== undefined && (part.field === undefined || part.field.to === null);
}

function rewritePattern(context: FileContext, pattern: ts.ObjectBindingPattern): void {
  const type = context.typeOf(pattern);
  if (type?.kind !== 'element' || isInLostPart(context, pattern)) return;
  const parts = partsOf(type.element, pattern);
  const lost = parts?.filter(({ field }) => field === undefined || field.to === null || cannotBind(field)) ?? [];
  const vanishing = parts?.filter(({ field }) => field?.to === '') ?? [];
  const flattens = vanishing.every(({ node }) => ts.isObjectBindingPattern(node.name));
  const impossible = parts === undefined || (vanishing.length > 0 && parts.length > 1 && !flattens);
  for (const part of impossible ? [] : lost) {
    context.leaveOpen(part.node, {
      rule: 'node-client/result-read',
      legacy: { name: `${type.element}.${part.key}` },
      replacement: null,
      message: whyLost(type.element, part),
    });
  }
  for (const { key, field, node } of impossible ? [] : parts)
    if (field != null && field.to !== null && field.to !== '' && !cannotBind(field))
      reportPatternDefault(context, `${type.element}.${key}`, field, node);
  const about = { rule: 'node-client/result-read', legacy: { name: type.element } };
  if (impossible) {
    const message = 'This takes a legacy answer apart in a way that has no direct v2 form; read the fields one by one.';
    context.leaveOpen(pattern, { ...about, replacement: null, message });
    return;
  }
  const nested = ts.isBindingElement(pattern.parent) && context.typeOf(pattern.parent.parent)?.kind === 'element';
  if (!nested)
    context.report(pattern, {
      ...about,
      automation: 'automatic',
      replacement: { name: 'the v2 object' },
      message: `The fields of ${type.element} are read from the v2 object.`,
      rewritten: true,
    });
  const [only] = parts;
  // The v2 object is there whenever the answer is: a default for the level that goes is never taken.
  if (parts.length === 1 && only?.field?.to === '') {
    context.rewriter.replace(pattern, (emit) => emit(only.node.name));
    return;
  }
  context.rewriter.replace(pattern, (emit) => {
    const texts = parts.map((part) => {
      if (part.field?.to !== '') return patternText(part, emit);
      return emit(part.node.name).replace(/^\{\s*|\s*\}$/g, '');
    });
    return `{ ${texts.join(', ')} }`;
  });
}
