import { ts } from 'ts-morph';
import { v2Hosts } from '../../src/catalog';
import { walk } from '../node-client/context';

/** Something of API version 1 that is no field. Offsets are those of the region. */
export interface RequestUse {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly rule: 'path' | 'button' | 'response-body';
  /** The new text; undefined where somebody has to write it. */
  readonly text: string | undefined;
  readonly node: ts.Node;
}

/** A segment `v1` of a path, as the text of a literal has it with its quotes. */
const VERSION = /(?:\/|^['"`}])v1(?=\/|['"`$]|$)/;

/** `https://pay-api.amazon.eu/sandbox/v1/charges`, whole or up to the first part that is computed. */
function paths(source: ts.SourceFile): RequestUse[] {
  const speaks = v2Hosts.test(source.text);
  const found: RequestUse[] = [];
  walk(source, (node) => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
    if (!isText) return;
    const text = node.getText();
    const version = VERSION.exec(text);
    const isPath =
      v2Hosts.test(text) ||
      /v1\/(?:checkoutSessions|chargePermissions)\b/.test(text) ||
      (speaks && /^['"`}]?\/?(?:(?:sandbox|live)\/)?v1\/(?:charges|refunds|buyers?)?\b/.test(text));
    if (!isPath || version === null) return;
    const start = node.getStart() + version.index + 1;
    found.push({ start, end: start + 2, name: '/v1/', rule: 'path', text: 'v2', node });
  });
  return found;
}

/** `renderButton('#id', { createCheckoutSession: { url } })` */
function buttons(source: ts.SourceFile): RequestUse[] {
  const found: RequestUse[] = [];
  walk(source, (node) => {
    if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'createCheckoutSession') return;
    if (!ts.isObjectLiteralExpression(node.initializer)) return;
    if (!/\b(?:url|extractAmazonCheckoutSessionId)\b/.test(node.initializer.getText())) return;
    const at = { start: node.getStart(), end: node.getEnd() };
    found.push({ ...at, name: 'createCheckoutSession', rule: 'button', text: undefined, node });
  });
  return found;
}

const SDK_CALL =
  /\.(?:(?:create|get|update|complete)CheckoutSession|(?:get|update|close)ChargePermission|(?:create|get|capture|cancel)Charge|(?:create|get)Refund)\s*\(/;

/** `JSON.parse(response.body)` in a function that calls the SDK. */
function bodies(source: ts.SourceFile): RequestUse[] {
  if (!SDK_CALL.test(source.text)) return [];
  const found: RequestUse[] = [];
  walk(source, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'JSON.parse') return;
    const [argument] = node.arguments;
    if (argument === undefined || !ts.isPropertyAccessExpression(argument) || argument.name.text !== 'body') return;
    // The body of a request of the shop's own server is none of the SDK.
    if (/(?:^|\.)(?:req|request|event|ctx|context|init)$/i.test(argument.expression.getText())) return;
    found.push({
      start: node.getStart(),
      end: node.getEnd(),
      name: 'response.body',
      rule: 'response-body',
      text: undefined,
      node,
    });
  });
  return found;
}

export const findRequests = (source: ts.SourceFile): RequestUse[] => [
  ...paths(source),
  ...buttons(source),
  ...bodies(source),
];
