import { ts } from 'ts-morph';
import { AMBIENT_FILE } from '../../typed-program/ambient';
import { type FileContext, walk } from '../context';
import { keepInjection } from './keep-injection';
import { writtenType } from '../answers/written-type';

/** `ReturnType<typeof connect>`, `InstanceType<typeof AmazonPayClient>` */
const TYPES_OF_VALUES = /^(?:ReturnType|InstanceType)$/;

function comesWithLegacy(context: FileContext, name: ts.EntityName): boolean {
  const symbol = context.checker.getSymbolAtLocation(name);
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? context.checker.getAliasedSymbol(symbol) : symbol;
  return target?.declarations?.some((one) => one.getSourceFile().fileName === AMBIENT_FILE) === true;
}

/** `import { OffAmazonPayments } from 'amazon-payments'` */
function isImported(context: FileContext, name: ts.EntityName): boolean {
  const declaration = context.checker.getSymbolAtLocation(name)?.declarations?.[0];
  const statement = declaration === undefined ? undefined : ts.findAncestor(declaration, ts.isImportDeclaration);
  return (
    statement !== undefined &&
    ts.isStringLiteral(statement.moduleSpecifier) &&
    context.isLegacyPackage(statement.moduleSpecifier.text)
  );
}

/** A type that a legacy package brings along, of a client or of its `offAmazonPayments`; a name of the merchant's own says by itself what it stands for. */
function namesLegacyClient(context: FileContext, node: ts.TypeReferenceNode): boolean {
  const kind = (context.typeOf(node) ?? writtenType(context, node))?.kind;
  // What the analysis wrote is not the merchant's.
  if ((kind !== 'client' && kind !== 'offAmazonPayments') || context.rewriter.original(node) === '') return false;
  const [of] = node.typeArguments ?? [];
  const isOfValue = ts.isIdentifier(node.typeName) && TYPES_OF_VALUES.test(node.typeName.text);
  if (isOfValue && of !== undefined && ts.isTypeQueryNode(of)) return comesWithLegacy(context, of.exprName);
  return comesWithLegacy(context, node.typeName) || isImported(context, node.typeName);
}

/** An earlier run wrote the type. */
const isBeside = ({ parent }: ts.Node): boolean =>
  ts.isTypeReferenceNode(parent) && /(?:^|\.)(?:amazonPay)?BesideLegacy$/.test(parent.typeName.getText());

/** A type that names the legacy client names one that carries the v2 client, where both stand side by side. */
export function rewriteClientTypes(context: FileContext): void {
  if (!context.isTypeScript) return;
  walk(context.file.source, (node) => {
    if (!ts.isTypeReferenceNode(node) || !namesLegacyClient(context, node) || isBeside(node)) return;
    const name = context.text(node);
    if (!keepInjection(context, node)) return;
    context.needsSdk = true;
    const type = `${context.helper('BesideLegacy')}<${name}, WebStoreClient>`;
    context.report(node, {
      rule: 'node-client/type-reference',
      automation: 'automatic',
      legacy: { name },
      replacement: { name: type },
      message: `The legacy client of the type ${name} carries the v2 client as checkoutV2 from now on, and so does its type.`,
      rewritten: true,
    });
    context.rewriter.replace(node, () => type);
  });
}
