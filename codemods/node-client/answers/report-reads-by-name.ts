import { ts } from 'ts-morph';
import { elements } from '../../../src/catalog';
import { accessedName, isAccess } from '../../rewriting/access';
import { type FileContext, walk } from '../context';
import { keyOf } from './pattern-parts';

/** What fields of legacy objects are called in v2, of whatever object they are: `State` is `state` of `statusDetails`. */
const namesInV2 = (field: string): readonly string[] => [
  ...new Set(
    Object.values(elements).flatMap(({ fields }) => {
      const to = fields[field]?.to;
      return to === undefined ? [] : [to === null || to === '' ? 'no such field' : to];
    }),
  ),
];

/** Parameters, variables and properties that are said to be of a type. */
function holdersOf({ checker }: FileContext, uses: readonly ts.Identifier[]): ReadonlySet<ts.Symbol> {
  const holders = uses.flatMap((use) => {
    const holder = ts.findAncestor(
      use,
      (each) => ts.isParameter(each) || ts.isVariableDeclaration(each) || ts.isPropertyDeclaration(each),
    );
    const isType = holder?.type !== undefined && ts.findAncestor(use, (each) => each === holder.type) !== undefined;
    const symbol = isType ? checker.getSymbolAtLocation(holder.name) : undefined;
    return symbol === undefined ? [] : [symbol];
  });
  return new Set(holders);
}

/** `({ State, ReasonCode }: Status) => …` */
const isPatternOf = (node: ts.BindingElement, uses: readonly ts.Identifier[]): boolean => {
  const { parent: holder } = node.parent;
  const type = ts.isParameter(holder) || ts.isVariableDeclaration(holder) ? holder.type : undefined;
  return type !== undefined && uses.some((use) => ts.findAncestor(use, (each) => each === type) !== undefined);
};

/** Requests keep the form of legacy: the functions that stand for its operations take them as before. */
const OF_REQUEST = /(?:Params?|Parameters|Request|Payload|Options|Input|Args|Config|Settings)$/;

/**
 * Lists what is read of values that a type of the legacy package names, where that becomes `any`: the compiler finds none of it
 * any more, and a read of what v2 calls otherwise gives undefined.
 */
export function reportReadsByName(context: FileContext, name: string, uses: readonly ts.Identifier[]): void {
  if (OF_REQUEST.test(name)) return;
  const { checker } = context;
  const holders = holdersOf(context, uses);
  const report = (node: ts.Node, field: string): void => {
    const v2 = namesInV2(field);
    const isKnown = context.findings.some(
      ({ start, end }) => start <= context.rewriter.start(node) && context.rewriter.end(node) <= end,
    );
    if (v2.length === 0 || isKnown || context.rewriter.isWithinReplaced(node)) return;
    context.leaveOpen(node, {
      rule: 'node-client/result-read',
      legacy: { name: `${name}.${field}` },
      replacement: null,
      message: `${context.text(node)} reads ${field} of ${name}, a type of the legacy package, and nobody sees what comes in. Objects of v2 have ${v2.join(' or ')} instead, and other words for states.`,
    });
  };
  walk(context.file.source, (node) => {
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const key = keyOf(node);
      if (key !== undefined && isPatternOf(node, uses)) report(node, key);
    } else if (isAccess(node)) {
      const field = accessedName(node);
      const symbol = checker.getSymbolAtLocation(node.expression);
      if (field !== undefined && symbol !== undefined && holders.has(symbol)) report(node, field);
    }
  });
}
