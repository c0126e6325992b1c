import { ts } from 'ts-morph';
import { elements, operations } from '../../src/catalog';

/** A place that takes an MWS answer apart. */
export interface ResponseRead {
  readonly node: ts.Node;
  readonly name: string;
  /** The v2 path, as far as the catalog knows it; null when there is none. */
  readonly replacement: string | null;
}

const isEnvelope = (name: string): boolean => {
  const operation = /^([A-Za-z]+)(?:Response|Result)$/.exec(name)?.[1];
  return operation !== undefined && operations[operation] !== undefined;
};

const accessName = (node: ts.Node): string | undefined => {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)
    ? node.argumentExpression.text
    : undefined;
};

const isAccess = (node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

/** The names of a chain from the envelope on, without list indexes and what XML readers put around text. */
function pathBehind(node: ts.Node): { outermost: ts.Node; names: string[] } {
  const names: string[] = [];
  let outermost = node;
  for (
    let current = node;
    isAccess(current.parent) && current.parent.expression === current;
    current = current.parent
  ) {
    outermost = current.parent;
    const name = accessName(current.parent);
    if (name !== undefined && name !== '_text' && name !== '_') names.push(name);
  }
  return { outermost, names };
}

/** Follows the names through the elements of the catalog to the v2 path. */
function replacementFor(names: readonly string[]): string | null {
  const details = names.find((name) => elements[name] !== undefined && !isEnvelope(name));
  if (details === undefined) return null;
  let element = elements[details];
  const path: string[] = [element?.v2Object ?? 'object'];
  for (const name of names.slice(names.indexOf(details) + 1)) {
    const field = element?.fields[name];
    if (field === undefined || field.to === null) return null;
    if (field.to !== '') path.push(field.to);
    element = field.element === undefined ? undefined : elements[field.element];
  }
  return path.join('.');
}

/** `/<AmazonAuthorizationId>(.*?)</` and `indexOf('<State>')`: the answer is read as text. */
const TAG =
  /<\/?(Amazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id|AuthorizationStatus|CaptureStatus|RefundStatus|OrderReferenceStatus|(?:Authorize|Capture|Refund|ConfirmOrderReference)(?:Response|Result))\b/;

/** Every place of a file that reads an answer of MWS, by path or as text. */
export function findResponseReads(source: ts.SourceFile): ResponseRead[] {
  const found: ResponseRead[] = [];
  const visit = (node: ts.Node): void => {
    const name = isAccess(node) ? accessName(node) : undefined;
    if (name !== undefined && isEnvelope(name) && isAccess(node)) {
      const inner = isAccess(node.expression) ? accessName(node.expression) : undefined;
      if (inner === undefined || !isEnvelope(inner)) {
        const { outermost, names } = pathBehind(node);
        found.push({
          node: outermost,
          name: [name, ...names].join('.'),
          replacement: replacementFor([name, ...names]),
        });
      }
    }
    const text = ts.isRegularExpressionLiteral(node) || ts.isStringLiteralLike(node) ? node.text : undefined;
    const tag = text === undefined ? undefined : TAG.exec(text)?.[1];
    if (tag !== undefined) found.push({ node, name: tag, replacement: null });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
