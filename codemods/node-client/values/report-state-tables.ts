import { ts } from 'ts-morph';
import { isEmittedFile } from '../../emitted-helper/emitted-files';
import { type FileContext, walk } from '../context';
import { areLegacyStates, inV2 } from './state-words';

const keyText = ({ name }: ts.ObjectLiteralElementLike): string | undefined =>
  name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined;

const textOf = (node: ts.Node | undefined): string | undefined =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;

/** The words that an object has as keys, that a list, an enum or a type holds, or that `new Map([['Open', …]])` is asked for. */
function wordsOf(node: ts.Node): (string | undefined)[] | undefined {
  if (ts.isObjectLiteralExpression(node)) return node.properties.map(keyText);
  if (ts.isEnumDeclaration(node)) return node.members.map(({ initializer }) => textOf(initializer));
  if (ts.isUnionTypeNode(node))
    return node.types.map((type) => (ts.isLiteralTypeNode(type) ? textOf(type.literal) : undefined));
  if (!ts.isArrayLiteralExpression(node)) return undefined;
  return node.elements.map((each) => textOf(ts.isArrayLiteralExpression(each) ? each.elements[0] : each));
}

/** The names around a literal: of its variable, of the keys above it, of what it is handed to. */
function namesAround(node: ts.Node): string[] {
  const names: string[] = ts.isEnumDeclaration(node) ? [node.name.text] : [];
  for (let { parent } = node; !ts.isSourceFile(parent); { parent } = parent) {
    if (ts.isFunctionLike(parent) && parent.name === undefined) continue;
    if (ts.isCallExpression(parent)) names.push(parent.expression.getText());
    else if ('name' in parent) names.push((parent.name as ts.Node | undefined)?.getText() ?? '');
    else if (ts.isBinaryExpression(parent)) names.push(parent.left.getText());
  }
  return names;
}

/** A type told what the words are: they were rewritten, or are listed one by one, now or since an earlier run. */
function isFollowed(context: FileContext, node: ts.Node): boolean {
  const { rewriter, findings } = context;
  const isReplaced = (each: ts.Node): boolean => rewriter.isReplaced(each);
  if (rewriter.changesInside(node) || ts.findAncestor(node, isReplaced) !== undefined) return true;
  if (context.commentAbove(node).includes('TODO(amazon-pay-v2) node-client/state-comparison')) return true;
  const named =
    ts.findAncestor(node, (each) => ts.isVariableDeclaration(each) || ts.isPropertyAssignment(each)) ?? node;
  return findings.some(({ rule, start, end }) => {
    const isAround = rule.endsWith('state-comparison') && start <= rewriter.start(node) && end >= rewriter.end(node);
    return isAround || (start >= rewriter.start(named) && start < rewriter.end(named));
  });
}

/**
 * Lists tables and lists of legacy states that no type connects with an answer: `LABELS[State]` for a parameter nobody is
 * known to call with one. Where a call was rewritten, the word that is looked up is one of v2, and the table has none.
 */
export function reportStateTables(context: FileContext): void {
  const { source, unit } = context.file;
  if (isEmittedFile(unit.path)) return;
  walk(source, (node) => {
    const words = wordsOf(node);
    if (words === undefined || words.length < 3 || !words.every((word) => word !== undefined)) return;
    const where = [unit.path, ...namesAround(node)].join(' ');
    if (!areLegacyStates(words, where) || isFollowed(context, node)) return;
    context.report(node, {
      rule: 'node-client/state-comparison',
      automation: 'manual',
      confidence: 'low',
      legacy: { name: words.join(', ') },
      replacement: { name: 'statusDetails.state' },
      message: `This has the states of legacy Amazon Pay, and no type says where they come from; objects of v2 have others (${inV2(words)}): add them, and keep those of legacy for what is stored.`,
      rewritten: false,
    });
  });
}
