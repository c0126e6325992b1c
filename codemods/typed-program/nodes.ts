import { ts } from 'ts-morph';

const lists = new WeakMap<ts.SourceFile, readonly ts.Node[]>();

/**
 * Every node of a file, in the order in which a walk from its top meets them. The tree is walked once for all who ask: the
 * walks of a dozen steps cost more than parsing (bench/README.md).
 */
export function nodesOf(source: ts.SourceFile): readonly ts.Node[] {
  const known = lists.get(source);
  if (known !== undefined) return known;
  const nodes: ts.Node[] = [];
  const add = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, add);
  };
  add(source);
  lists.set(source, nodes);
  return nodes;
}

/** Visits every node below and including this one. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  if (ts.isSourceFile(node)) {
    for (const each of nodesOf(node)) visit(each);
    return;
  }
  visit(node);
  ts.forEachChild(node, (child) => {
    walk(child, visit);
  });
}

/** `null`, `undefined`: a value that only says that there is none yet. */
export const isNothing = (node: ts.Expression): boolean => node.kind === ts.SyntaxKind.NullKeyword || isUndefined(node);

/** `undefined`, `void 0` */
export const isUndefined = (node: ts.Expression): boolean =>
  ts.isVoidExpression(node) || (ts.isIdentifier(node) && node.text === 'undefined');

/** Of a function that has none, others say what is done with what it is given: `interface Mapper { map(raw: any): Line }`. */
export const hasBody = (declaration: ts.Node): boolean => 'body' in declaration && declaration.body !== undefined;
