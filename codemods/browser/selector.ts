import { ts } from 'ts-morph';
import { unwrap } from '../node-client/context';
import type { Script } from './script';

const PLAIN_ID = /^[A-Za-z_][\w-]*$/;
/** Expressions that are elements rather than ids. */
const ELEMENT = /(?:\.current|\.\$el|\$refs\.\w+|\[0\]|\.get\(0\)|[eE]lement|\bel|\bnode|^this)$/;

/** Whether an argument is an element, by how it is written. */
export const isElementLike = (container: ts.Expression): boolean => {
  const node = unwrap(container);
  return ELEMENT.test(node.getText()) && !ts.isCallExpression(node);
};

/** The CSS selector that renderButton takes for the id, or the element, that the legacy button took. */
export function selectorOf(script: Script, container: ts.Expression, emit: (node: ts.Node) => string): string {
  const node = unwrap(container);
  const { quote } = script.style;
  const hasTag = script.parsed.hasTag(script.range(node));
  const before = script.tagBefore(container);
  if (before !== '') return `${quote}#${quote} + ${before}${emit(container)}`;
  if (ts.isStringLiteralLike(node)) {
    const original = script.rewriter.original(node);
    const mark = original[0] ?? quote;
    if (hasTag) return `${mark}#${original.slice(1)}`;
    if (node.text.startsWith('#')) return original;
    if (PLAIN_ID.test(node.text)) return `${mark}#${node.text}${mark}`;
    const inner = mark === '"' ? "'" : '"';
    return `${mark}[id=${inner}${node.text}${inner}]${mark}`;
  }
  if (
    ts.isCallExpression(node) &&
    /\.getElementById$/.test(node.expression.getText()) &&
    node.arguments[0] !== undefined
  )
    return selectorOf(script, node.arguments[0], emit);
  const isQuery = ts.isCallExpression(node) && /\.querySelector$/.test(node.expression.getText());
  if (isQuery && node.arguments[0] !== undefined) return emit(node.arguments[0]);
  const text = emit(container);
  if (isElementLike(node)) return `${quote}#${quote} + ${text}.id`;
  const isSimple =
    ts.isIdentifier(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node);
  const isSum = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return `${quote}#${quote} + ${isSimple || isSum ? text : `(${text})`}`;
}
