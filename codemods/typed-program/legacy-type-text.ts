import { ts } from 'ts-morph';
import { distinctTypes, isLegacySymbol, legacyTypeOf } from './brands';
import { wordType } from './word-types';

/** Longest type text that is worth carrying; beyond it something was inferred that nobody wrote. */
const MAX_TYPE_LENGTH = 400;

/** The type as text that means the same in any file, or undefined when it is not a legacy type. */
export function legacyTypeText(checker: ts.TypeChecker, type: ts.Type): string | undefined {
  const isModule = isLegacySymbol(type.getSymbol()) && ((type.getSymbol()?.flags ?? 0) & ts.SymbolFlags.Module) !== 0;
  if (!isModule && legacyTypeOf(checker, type) === undefined) return undefined;
  const text = checker.typeToString(
    type,
    undefined,
    // `PromisifiedAll<…>` is too long without its name, and an id is nothing but a string without it.
    ts.TypeFormatFlags.NoTruncation |
      ts.TypeFormatFlags.UseFullyQualifiedType |
      (/^(?:PromisifiedAll|Id)$/.test(type.aliasSymbol?.name ?? '') ? 0 : ts.TypeFormatFlags.InTypeAlias),
  );
  const named = text.includes('AmazonPayLegacy.') || text.startsWith('import("amazon') || isModule;
  return named && text.length <= MAX_TYPE_LENGTH ? text : undefined;
}

/** A state or a reason under its name, or what else the type is of legacy: what comes out is for certain what went in. */
export function answerTypeText(checker: ts.TypeChecker, type: ts.Type): string | undefined {
  const [only, ...others] = distinctTypes(checker, type);
  const isWord = only?.kind === 'value' && others.length === 0 && !type.isUnion();
  return isWord ? wordType('Value', [only.table]) : legacyTypeText(checker, type);
}

/** An object literal that carries a legacy value in a property: `{ client, logger }`. */
export function objectTypeText(checker: ts.TypeChecker, argument: ts.Expression): string | undefined {
  if (!ts.isObjectLiteralExpression(argument)) return undefined;
  const members = checker
    .getTypeAtLocation(argument)
    .getProperties()
    .flatMap((property) => {
      const text = legacyTypeText(checker, checker.getTypeOfSymbol(property));
      return text === undefined ? [] : [`${JSON.stringify(property.name)}: ${text}`];
    });
  return members.length === 0 ? undefined : `{ ${members.join('; ')}; [name: string]: any }`;
}
