import { ts } from 'ts-morph';
import type { ElementField } from '../../../src/catalog/types';
import type { FileContext } from '../context';
import { guardText, reportGuards } from './guard-patterns';
import { type PatternPart, partsOf, restOf } from './pattern-parts';
import { reportPatternDefault } from './report-pattern-defaults';
import { eitherPart, takesSharedPrice } from './shared-prices';

const nest = (path: readonly string[], inner: string): string => {
  const [head = '', ...rest] = path;
  return rest.length === 0 ? `${head}: ${inner}` : `${head}: { ${nest(rest, inner)} }`;
};

/** `{ AuthorizationDetails: { AmazonAuthorizationId: id } }` to `{ chargeId: id }` */
function patternText(
  context: FileContext,
  element: string,
  part: PatternPart,
  emit: (node: ts.Node) => string,
): string {
  const to = part.field?.to ?? part.key;
  const name = emit(part.node.name);
  const { initializer: value } = part.node;
  const initializer = value === undefined ? guardText(context, element, part) : ` = ${emit(value)}`;
  // A default is for the name, and not for the level that v2 has in between.
  if (name !== to) return nest(to.split('.'), name + initializer);
  return name + initializer;
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

/** `...others` holds every other field, and so their new names. */
function reportRest(context: FileContext, element: string, rest: ts.BindingElement): void {
  context.leaveOpen(rest, {
    rule: 'node-client/result-read',
    legacy: { name: element },
    replacement: null,
    message: `${context.text(rest)} holds what the pattern does not name: the other fields of the v2 object, under their v2 names.`,
  });
}

/**
 * `const { AuthorizationDetails, AmazonOrderReferenceId } = await …`: the level that goes is the v2 object itself, so it takes
 * the name, and the other names are read off it behind the call.
 */
function splitInTwo(context: FileContext, element: string, pattern: ts.ObjectBindingPattern): void {
  const { rewriter } = context;
  const parts = partsOf(element, pattern) ?? [];
  const object = parts.find(goesAlone)?.node.name;
  if (object === undefined) return;
  const original = (node: ts.Node): string => rewriter.original(node);
  const others = parts.filter(({ node }) => node.name !== object);
  const texts = others.map((part) => patternText(context, element, part, original));
  rewriter.replace(pattern, () => original(object));
  rewriter.insert(rewriter.end(pattern.parent), `, { ${texts.join(', ')} } = ${original(object)}`);
}

/** Behind the value of a variable there is room for another one. */
const canSplit = ({ parent }: ts.ObjectBindingPattern): boolean =>
  ts.isVariableDeclaration(parent) && parent.initializer !== undefined;

const goesAlone = (part: PatternPart): boolean => part.field?.to === '' && !ts.isObjectBindingPattern(part.node.name);

export function rewritePattern(context: FileContext, pattern: ts.ObjectBindingPattern): void {
  const type = context.typeOf(pattern);
  if (type?.kind !== 'element' || isInLostPart(context, pattern)) return;
  const parts = partsOf(type.element, pattern);
  const lost = parts?.filter(({ field }) => field === undefined || field.to === null || cannotBind(field)) ?? [];
  const vanishing = parts?.filter(({ field }) => field?.to === '') ?? [];
  const flattens = vanishing.every((part) => !goesAlone(part));
  const splits = vanishing.length === 1 && vanishing.every(goesAlone) && canSplit(pattern);
  const rest = restOf(pattern);
  const goes = vanishing.length > 0 && (parts?.length !== 1 || rest !== undefined);
  const impossible = parts === undefined || (goes && (!(flattens || splits) || rest !== undefined));
  for (const part of impossible ? [] : lost) {
    context.leaveOpen(part.node, {
      rule: 'node-client/result-read',
      legacy: { name: `${type.element}.${part.key}` },
      replacement: null,
      message: whyLost(type.element, part),
    });
  }
  for (const part of impossible ? [] : parts) {
    const { key, field, node } = part;
    if (field == null || field.to === null || field.to === '' || cannotBind(field)) continue;
    reportPatternDefault(context, `${type.element}.${key}`, field, node);
    reportGuards(context, type.element, part);
  }
  const about = { rule: 'node-client/result-read', legacy: { name: type.element } };
  if (impossible) {
    const message = 'This takes a legacy answer apart in a way that has no direct v2 form; read the fields one by one.';
    context.leaveOpen(pattern, { ...about, replacement: null, message });
    return;
  }
  if (rest !== undefined) reportRest(context, type.element, rest);
  const nested = ts.isBindingElement(pattern.parent) && context.typeOf(pattern.parent.parent)?.kind === 'element';
  // Where all of it is listed, nothing is rewritten.
  if (!nested && lost.length < parts.length)
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
  if (goes && splits) {
    splitInTwo(context, type.element, pattern);
    return;
  }
  context.rewriter.replace(pattern, (emit) => {
    const texts = parts.map((part) => {
      if (takesSharedPrice(context, pattern)) return eitherPart(part, emit);
      if (part.field?.to !== '') return patternText(context, type.element, part, emit);
      return emit(part.node.name).replace(/^\{\s*|\s*\}$/g, '');
    });
    if (rest !== undefined) texts.push(emit(rest));
    return `{ ${texts.join(', ')} }`;
  });
}
