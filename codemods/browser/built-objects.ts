import { ts } from 'ts-morph';
import { unwrap, walk } from '../node-client/context';
import { readOptions, type OptionNode, type Options } from './object-options';

/** Functions that put the properties of their arguments into the first one, the last argument winning. */
const MERGES = /^(?:Object\.assign|(?:\$|jQuery|_|lodash|angular)\.(?:extend|assign|merge))$/;

/** What the options are for; it puts nothing into them. */
const TAKES = /\b(?:Button|AddressBook|Wallet|Consent|authorize)$/;

/** Objects that name one another must not be read for ever. */
const reading = new Set<ts.Node>();

/** The options of an object that is not written out where it is used. */
export function readBuiltObject(object: ts.Expression): Options {
  const unknown = { named: [], spread: [object] };
  if (reading.has(object)) return unknown;
  reading.add(object);
  try {
    if (ts.isIdentifier(object)) return readVariable(object) ?? unknown;
    const parts = mergedBy(object);
    return parts === undefined ? unknown : merge(parts.map((part) => readOptions(part) ?? unknown));
  } finally {
    reading.delete(object);
  }
}

function mergedBy(node: ts.Node): readonly ts.Expression[] | undefined {
  if (!ts.isCallExpression(node) || !MERGES.test(node.expression.getText())) return undefined;
  return node.arguments.filter(({ kind }) => kind !== ts.SyntaxKind.TrueKeyword);
}

function merge(parts: readonly Options[]): Options {
  const named = new Map<string, OptionNode>();
  for (const option of parts.flatMap((part) => part.named)) {
    named.delete(option.name);
    named.set(option.name, option);
  }
  return { named: [...named.values()], spread: parts.flatMap(({ spread }) => spread) };
}

/** `const options = {…}`, with what is put into it afterwards; undefined when the script does not say all of it. */
function readVariable(name: ts.Identifier): Options | undefined {
  const parts: Options[] = [];
  let isKnown = true;
  let declarations = 0;
  walk(name.getSourceFile(), (node) => {
    const isOfName = (one: ts.Node): boolean => ts.isIdentifier(one) && one.text === name.text;
    const isDeclared = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    if (isDeclared && isOfName(node.name)) {
      declarations += 1;
      const value = node.initializer === undefined ? undefined : readOptions(node.initializer);
      if (!ts.isVariableDeclaration(node) || value === undefined || value.spread.length > 0) isKnown = false;
      else parts.push(value);
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const target = unwrap(node.left);
      if (isOfName(target)) isKnown = false;
      else if (ts.isPropertyAccessExpression(target) && isOfName(target.expression))
        parts.push({ named: [{ name: target.name.text, node, value: node.right }], spread: [] });
    } else if (isHandedOn(node, isOfName)) {
      isKnown = false;
    } else {
      const [target, ...more] = mergedBy(node) ?? [];
      if (target !== undefined && isOfName(unwrap(target)))
        parts.push(...more.map((one) => readOptions(one) ?? { named: [], spread: [one] }));
    }
  });
  const { named, spread } = merge(parts);
  if (!isKnown || declarations !== 1 || spread.length > 0) return undefined;
  return {
    named: named.map((option) => ({ ...option, from: `${name.text}.${option.name}`, place: name })),
    spread: [],
  };
}

/** Whether a node gives the object to code that may put more into it, or puts in what has no name. */
function isHandedOn(node: ts.Node, isOfName: (node: ts.Node) => boolean): boolean {
  if (ts.isElementAccessExpression(node)) return isOfName(node.expression);
  const isOther =
    ts.isCallOrNewExpression(node) && !TAKES.test(node.expression.getText()) && mergedBy(node) === undefined;
  return isOther && node.arguments?.some((one) => isOfName(unwrap(one))) === true;
}
