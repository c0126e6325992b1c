import { ts } from 'ts-morph';
import { accessedName, isAccess } from '../rewriting/access';
import { isEnvelope, STATUS, v2PathOf, v2StatusOf } from './v2-path';

/** A place that takes an MWS answer apart. */
export interface ResponseRead {
  readonly node: ts.Node;
  readonly name: string;
  /** The v2 path, as far as the catalog knows it; null when there is none. */
  readonly replacement: string | null;
}

const accessName = (node: ts.Node): string | undefined => (isAccess(node) ? accessedName(node) : undefined);

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

/** `/<AmazonAuthorizationId>(.*?)</` and `indexOf('<State>')`: the answer is read as text. */
const TAG =
  /<\/?(Amazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id|AuthorizationStatus|CaptureStatus|RefundStatus|OrderReferenceStatus|(?:Authorize|Capture|Refund|ConfirmOrderReference)(?:Response|Result))\b/;

/** `{ AuthorizeResponse: { AuthorizeResult: result } }`, by its outermost name. */
function destructuredEnvelope(node: ts.Node): string | undefined {
  if (!ts.isBindingElement(node)) return undefined;
  const key = node.propertyName ?? node.name;
  if (!(ts.isIdentifier(key) || ts.isStringLiteralLike(key)) || !isEnvelope(key.text)) return undefined;
  const outer = node.parent.parent;
  return destructuredEnvelope(outer) === undefined ? key.text : undefined;
}

/** Answers of a client and notifications have states, too; they are read by rules of their own. */
const OTHER_ANSWERS = /offAmazonPayments|NotificationData|parseSNSResponse/;

/** `details.AuthorizationStatus[0].State[0]`, where the details went through a variable. */
function statusRead(node: ts.Node): ResponseRead | undefined {
  if (!isAccess(node) || !STATUS.test(accessName(node) ?? '')) return undefined;
  const { outermost, names } = pathBehind(node);
  const name = [accessName(node), ...names].join('.');
  return { node: outermost, name, replacement: names.length === 0 ? null : v2StatusOf(name) };
}

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
          replacement: v2PathOf([name, ...names]),
        });
      }
    }
    const destructured = destructuredEnvelope(node);
    if (destructured !== undefined) found.push({ node, name: destructured, replacement: null });
    const text = ts.isRegularExpressionLiteral(node) || ts.isStringLiteralLike(node) ? node.text : undefined;
    const tag = text === undefined ? undefined : TAG.exec(text)?.[1];
    if (tag !== undefined) found.push({ node, name: tag, replacement: null });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.length === 0 || OTHER_ANSWERS.test(source.text) ? found : [...found, ...findStatusReads(source, found)];
}

/** Reads of states that are not part of a longer read. */
function findStatusReads(source: ts.SourceFile, longer: readonly ResponseRead[]): ResponseRead[] {
  const found: ResponseRead[] = [];
  const visit = (node: ts.Node): void => {
    const read = statusRead(node);
    const isPart = longer.some((one) => one.node.pos <= node.pos && node.end <= one.node.end);
    if (read !== undefined && !isPart) found.push(read);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
