import { ts } from 'ts-morph';
import { nodesOf } from '../../typed-program/nodes';
import type { FileContext } from '../context';
import { isAssigned } from './guard-access';

const written = new WeakMap<ts.SourceFile, ReadonlySet<ts.Symbol | undefined>>();

/** What the file writes to by its name; asked once for a file. */
function writtenIn({ file, checker }: FileContext): ReadonlySet<ts.Symbol | undefined> {
  const known = written.get(file.source);
  if (known !== undefined) return known;
  const names = nodesOf(file.source).filter((node) => ts.isIdentifier(node) && isAssigned(node));
  const found = new Set(names.map((node) => checker.getSymbolAtLocation(node)));
  written.set(file.source, found);
  return found;
}

/** The variable has what it was declared with and nothing else: a `const`, or a `var` that nobody writes to. */
export const isUnwritten = (context: FileContext, declaration: ts.VariableDeclaration): boolean =>
  (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0 ||
  (declaration.initializer !== undefined &&
    ts.isVariableDeclarationList(declaration.parent) &&
    !writtenIn(context).has(context.checker.getSymbolAtLocation(declaration.name)));
