import { ts } from 'ts-morph';
import type { PackageInfo } from '../../codemod';
import { legacyTypeOf } from '../../typed-program/brands';
import type { FileContext } from '../context';
import { publishedEntries } from './published-entries';

/** What a value hands out of legacy: itself, what it returns, or what its methods return. Undefined: nothing. */
function handedOut(checker: ts.TypeChecker, type: ts.Type, depth = 0): string | undefined {
  const found = legacyTypeOf(checker, type);
  const legacy = found?.kind === 'promise' ? found.of : found;
  if (legacy?.kind === 'element') return 'an answer';
  if (legacy?.kind === 'client' || legacy?.kind === 'offAmazonPayments') return 'the client';
  if (legacy?.kind === 'operation') return 'an operation';
  if (legacy?.kind === 'value') return 'a state or reason';
  if (depth > 2) return undefined;
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()];
  for (const signature of signatures) {
    const returned = handedOut(checker, signature.getReturnType(), depth + 1);
    if (returned !== undefined) return returned;
  }
  if ((type.flags & ts.TypeFlags.Object) === 0 || (depth === 0 && signatures.length > 0)) return undefined;
  for (const member of type.getProperties()) {
    const declaration = member.valueDeclaration;
    const isHidden =
      declaration === undefined ||
      (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
    const returned = isHidden ? undefined : handedOut(checker, checker.getTypeOfSymbol(member), depth + 1);
    if (returned !== undefined) return returned;
  }
  return undefined;
}

/**
 * Lists what a published package exports and what is of v2 from now on: those who install it are not in this tree, and
 * nothing tells them.
 */
export function reportPublishedAnswers(info: PackageInfo, contexts: readonly FileContext[]): void {
  const [first] = contexts;
  const isEntry = first === undefined ? undefined : publishedEntries(info, first.input.files);
  if (first === undefined || isEntry === undefined) return;
  const { checker } = first;
  const seen = new Set<ts.Symbol>();
  for (const entry of contexts.filter(({ file }) => isEntry(file.unit.path))) {
    const module = checker.getSymbolAtLocation(entry.file.source);
    for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
      const symbol = (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
      const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
      const context = contexts.find(({ file }) => file.source === declaration?.getSourceFile());
      if (seen.has(symbol) || declaration === undefined || context === undefined) continue;
      seen.add(symbol);
      const what = handedOut(checker, checker.getTypeOfSymbol(symbol));
      if (what === undefined) continue;
      context.leaveOpen(ts.getNameOfDeclaration(declaration) ?? declaration, {
        rule: 'node-client/published-answer',
        legacy: { name: exported.name },
        replacement: null,
        message: `${exported.name} is exported by the published package ${info.name ?? ''} and hands out ${what} of v2 from now on: tell those who install it, and raise the major version.`,
      });
    }
  }
}
