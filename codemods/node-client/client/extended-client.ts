import { ts } from 'ts-morph';
import { webStoreClientMembers } from '../../../src/catalog';
import { writtenName } from '../../rewriting/access';
import { isLegacySymbol } from '../../typed-program/brands';
import { type FileContext, walk } from '../context';
import { isMaker, WITHOUT_V2 } from './kept-makers';
import { noneInV2, type Remain } from '../remain';

function symbolOf({ checker }: FileContext, node: ts.Node): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
    ? checker.getAliasedSymbol(symbol)
    : symbol;
}

const baseOf = (node: ts.ClassLikeDeclaration): ts.Expression | undefined =>
  node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;

/** The name of the legacy client that a class extends. */
function extendedClient(context: FileContext, node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  const base = baseOf(node);
  if (base === undefined) return undefined;
  const made = context.checker.getTypeAtLocation(base).getConstructSignatures()[0]?.getReturnType().symbol;
  return [symbolOf(context, base), made].some(isLegacySymbol) ? base : undefined;
}

/** The class of the merchant that an expression names. */
function ownClass(context: FileContext, node: ts.Expression): ts.ClassLikeDeclaration | undefined {
  const symbol = symbolOf(context, node);
  const declaration = symbol?.valueDeclaration;
  if (declaration === undefined || isLegacySymbol(symbol)) return undefined;
  if (ts.isClassLike(declaration)) return declaration;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value !== undefined && ts.isClassLike(value) ? value : undefined;
}

/** The class, those that it extends, and so on; as long as they are the merchant's. */
function lineage(context: FileContext, node: ts.ClassLikeDeclaration): ts.ClassLikeDeclaration[] {
  const found: ts.ClassLikeDeclaration[] = [];
  for (let current: ts.ClassLikeDeclaration | undefined = node; current !== undefined;) {
    if (found.includes(current)) return found;
    found.push(current);
    const base = baseOf(current);
    current = base === undefined ? undefined : ownClass(context, base);
  }
  return found;
}

const hasConstructor = ({ members }: ts.ClassLikeDeclaration): boolean => members.some(ts.isConstructorDeclaration);

/** What these classes are made of reaches the legacy client as it is. */
function handsOptionsOn(context: FileContext, classes: readonly ts.ClassLikeDeclaration[]): boolean {
  const last = classes.at(-1);
  return last !== undefined && extendedClient(context, last) !== undefined && !classes.some(hasConstructor);
}

/** `super({…})` in the constructor of a class that extends the legacy client, also through others of the merchant, makes one. */
const isSuperOfClient = (context: FileContext, node: ts.Node): node is ts.CallExpression => {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return false;
  const owner = ts.findAncestor(node, ts.isClassLike);
  if (owner === undefined) return false;
  const [, ...above] = lineage(context, owner);
  return above.length === 0 ? extendedClient(context, owner) !== undefined : handsOptionsOn(context, above);
};

const isStatement = ({ parent }: ts.Node): boolean => ts.isExpressionStatement(parent) && ts.isBlock(parent.parent);

/** A `super({…})` that a line can follow, or `new ShopClient({…})` of such classes that have no constructor. */
export function isMadeByClass(context: FileContext, node: ts.CallExpression | ts.NewExpression): boolean {
  if (isSuperOfClient(context, node)) return isStatement(node);
  if (!ts.isNewExpression(node)) return false;
  const made = ownClass(context, node.expression);
  return made !== undefined && handsOptionsOn(context, lineage(context, made));
}

const isName = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isName(node.expression));

/** `Logging(AmazonPayClient)`: what is extended is made of the legacy client. */
const isMadeOut = (context: FileContext, node: ts.ClassLikeDeclaration, base: ts.Expression): boolean =>
  !isName(base) &&
  (extendedClient(context, node) !== undefined ||
    (ts.isCallExpression(base) && base.arguments.some((each) => isMaker(context, each))));

/** `new (class extends AmazonPayClient {})({…})`: no name tells what is made there. */
function isMadeInPlace(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isMadeInPlace(parent);
  return ts.isNewExpression(parent) && parent.expression === node;
}

/** What of such a class keeps it with the legacy client. */
export function extendsForGood(context: FileContext, node: ts.Node): Remain[] {
  if (isSuperOfClient(context, node) && !isStatement(node)) {
    const message = `${context.text(node)} makes the legacy client where no other line can follow it. The client ${WITHOUT_V2}, on a line of its own below it.`;
    return [noneInV2(node, 'node-client/construction', { name: 'super' }, message)];
  }
  if (!ts.isClassLike(node)) return [];
  const base = baseOf(node);
  if (base !== undefined && isMadeOut(context, node, base)) {
    const message = `${context.text(base)} makes a class out of the legacy client; make it out of WebStoreClient, and look at what it adds. Until then a client of it ${WITHOUT_V2}.`;
    return [noneInV2(base, 'node-client/type-reference', { name: context.text(base) }, message)];
  }
  if (base !== undefined && isMadeInPlace(node) && extendedClient(context, node) !== undefined) {
    const message = `A class of ${context.text(base)} is made in place; make it out of WebStoreClient, with the settings of v2. Until then its client ${WITHOUT_V2}.`;
    return [noneInV2(base, 'node-client/type-reference', { name: context.text(base) }, message)];
  }
  const last = lineage(context, node).at(-1);
  if (last === undefined || extendedClient(context, last) === undefined) return [];
  return node.members.flatMap((member): Remain[] => {
    const name = writtenName(member.name);
    if (name === undefined || !webStoreClientMembers.has(name)) return [];
    const message = `${name} is a name of the v2 client as well, whose own calls would end here: give this another one. Until then the class extends the legacy client.`;
    return [noneInV2(member.name ?? member, 'node-client/type-reference', { name }, message)];
  });
}

/**
 * Has classes extend the v2 client, where nothing of the legacy one stays: without its import they could not be loaded. How the
 * options become those of v2 is the business of the constructions.
 */
export function rewriteExtendedClients(context: FileContext): void {
  walk(context.file.source, (node) => {
    const base = ts.isClassLike(node) ? extendedClient(context, node) : undefined;
    if (base === undefined) return;
    context.needsSdk = true;
    context.rewriter.replace(base, () => 'WebStoreClient');
    context.report(base, {
      rule: 'node-client/type-reference',
      automation: 'automatic',
      legacy: { name: context.text(base) },
      replacement: { name: 'WebStoreClient' },
      message: 'A class that extended the legacy client extends the v2 client.',
      rewritten: true,
    });
  });
}
