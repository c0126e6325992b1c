import { ts } from 'ts-morph';
import { isLegacySymbol } from '../typed-program/brands';
import { type FileContext, walk } from './context';

function symbolOf({ checker }: FileContext, node: ts.Node): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
    ? checker.getAliasedSymbol(symbol)
    : symbol;
}

/** The name of the legacy client that a class extends. */
function extendedClient(context: FileContext, node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const base = clause?.types[0]?.expression;
  if (base === undefined) return undefined;
  const made = context.checker.getTypeAtLocation(base).getConstructSignatures()[0]?.getReturnType().symbol;
  return [symbolOf(context, base), made].some(isLegacySymbol) ? base : undefined;
}

/** `super({…})` in the constructor of a class that extends the legacy client makes one. */
export const isSuperOfClient = (context: FileContext, node: ts.Node): node is ts.CallExpression => {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return false;
  const owner = ts.findAncestor(node, ts.isClassLike);
  return owner !== undefined && extendedClient(context, owner) !== undefined;
};

const OPTIONS = 'is made of publicKeyId, privateKey, region and sandbox now, as every v2 client: give it these here.';

/** `new ShopClient({…})` of such a class that has no constructor. */
function isMadeOfOptions(context: FileContext, node: ts.Node): node is ts.NewExpression {
  if (!ts.isNewExpression(node)) return false;
  const declaration = symbolOf(context, node.expression)?.valueDeclaration;
  if (declaration === undefined || !ts.isClassLike(declaration)) return false;
  return extendedClient(context, declaration) !== undefined && !declaration.members.some(ts.isConstructorDeclaration);
}

/**
 * Has classes extend the v2 client, where nothing of the legacy one stays: without its import they could not be loaded. How the
 * options become those of v2 is the business of the construction that `super({…})` is.
 */
export function rewriteExtendedClients(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (isMadeOfOptions(context, node)) {
      const name = context.text(node.expression);
      context.leaveOpen(node, {
        rule: 'node-client/construction',
        legacy: { name },
        replacement: { name: 'WebStoreClient' },
        message: `${name} ${OPTIONS}`,
      });
    }
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
