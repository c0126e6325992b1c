import { ts } from 'ts-morph';
import { isOwnDeclaration, SET_ASIDE, type OwnDeclaration } from '../../typed-program/own-declarations';
import type { FileContext } from '../context';
import type { ClientMode } from '../plan-clients';
import { v2TypeOf } from '../answers/v2-type';

/** What the name of an own declaration means in the analysis copy. */
function meaningOf(context: FileContext, declaration: OwnDeclaration): ts.TypeAliasDeclaration | undefined {
  const { statements } = context.file.source;
  const before = statements[statements.indexOf(declaration) - 1];
  return before !== undefined && ts.isTypeAliasDeclaration(before) ? before : undefined;
}

/** `interface Payments { … }` that stands for the client: beside it, the v2 client is one of its members. */
function addMember(context: FileContext, declaration: OwnDeclaration): void {
  const member = ` checkoutV2: WebStoreClient${context.style.semicolons ? ';' : ''}`;
  if (ts.isInterfaceDeclaration(declaration)) {
    const open = context.file.unit.text.indexOf('{', context.rewriter.end(declaration.name)) + 1;
    context.rewriter.insert(open, member);
  } else context.rewriter.insert(context.rewriter.end(declaration.type), ` & {${member} }`);
}

/**
 * The merchant's own interface for the legacy client, or for one of its answers, keeps its name and stands for what v2 has
 * in its place, so that everything that names it compiles.
 */
export function settleOwnDeclarations(context: FileContext, mode: ClientMode): void {
  for (const declaration of context.file.source.statements) {
    if (!isOwnDeclaration(declaration) || !declaration.name.text.endsWith(SET_ASIDE)) continue;
    const alias = meaningOf(context, declaration);
    const type = alias === undefined ? undefined : context.typeOf(alias.type);
    const name = declaration.name.text.slice(0, -SET_ASIDE.length);
    if (type === undefined) continue;
    const isClient = type.kind === 'client' || type.kind === 'offAmazonPayments';
    const v2 = isClient ? 'WebStoreClient' : type.kind === 'element' ? v2TypeOf(context, type.element) : undefined;
    if (v2 === undefined) {
      context.leaveOpen(declaration, {
        rule: 'node-client/type-reference',
        legacy: { name },
        replacement: null,
        message: `${name} describes what legacy answers with; v2 has no such object, so change it and what reads it.`,
      });
      continue;
    }
    if (isClient) context.needsSdk = true;
    context.report(declaration, {
      rule: 'node-client/type-reference',
      automation: 'automatic',
      legacy: { name },
      replacement: { name: v2 },
      message:
        isClient && mode === 'beside'
          ? `${name} describes the legacy client, which carries the v2 client as checkoutV2 from now on.`
          : `${name} describes what legacy has; the name stands for what v2 has in its place.`,
      rewritten: true,
    });
    if (isClient && mode === 'beside') addMember(context, declaration);
    else {
      const isExported = /^export\b/.test(context.rewriter.original(declaration)) ? 'export ' : '';
      const end = context.style.semicolons ? ';' : '';
      context.rewriter.replace(declaration, () => `${isExported}type ${name} = ${v2}${end}`);
    }
  }
}
