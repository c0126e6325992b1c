import { ts } from 'ts-morph';
import { unwrap } from '../node-client/context';
import type { Script } from './script';

/** What stands before the global: `window`, `(window as any)`; undefined for a bare name or an alias. */
function receiverOf(node: ts.Expression): ts.Expression | undefined {
  const expression = unwrap(node);
  const isMember = ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression);
  if (!isMember) return undefined;
  const name = ts.isPropertyAccessExpression(expression)
    ? expression.name.text
    : ts.isStringLiteralLike(expression.argumentExpression)
      ? expression.argumentExpression.text
      : '';
  if (/^(?:OffAmazonPayments|amazon)$/.test(name)) return expression.expression;
  return receiverOf(expression.expression);
}

const isGlobalObject = (script: Script, node: ts.Expression): boolean => {
  const inner = unwrap(node);
  return ts.isIdentifier(inner) && /^(?:window|self|globalThis|\$wnd)$/.test(inner.text) && !script.hasControlTag(node);
};

/** `amazon.Pay` as the script reaches its globals: `window.amazon.Pay` where it wrote `window.OffAmazonPayments`. */
export function amazonPay(script: Script, node: ts.Expression): string {
  const receiver = receiverOf(node);
  if (receiver === undefined || !isGlobalObject(script, receiver)) {
    script.namesAmazon = true;
    return 'amazon.Pay';
  }
  return `${script.rewriter.original(receiver)}.amazon.Pay`;
}

/** A test whether checkout.js is there, which no undeclared name breaks; `isAlone` where nothing else stands beside it. */
export function isLoadedTest(script: Script, node: ts.Expression, isAlone: boolean): string {
  const receiver = receiverOf(node);
  const own =
    receiver !== undefined && isGlobalObject(script, receiver) ? script.rewriter.original(receiver) : undefined;
  const global = own ?? (script.style.isTyped ? '(window as any)' : 'window');
  if (script.style.isModern) return `${global}.amazon?.Pay`;
  const test = `${global}.amazon && ${global}.amazon.Pay`;
  return isAlone ? test : `(${test})`;
}
