import { operations } from '../../src/catalog';
import type { ForeignLanguage } from '../../src/catalog/languages';

/** A method of a legacy SDK: the operation of MWS that does its work; null for what no operation does. */
export interface LegacyMethod {
  readonly operation: string | null;
  /** No other library has a method of this name. */
  readonly isUnmistakable: boolean;
}

const UNMISTAKABLE =
  /OrderReference(?:Details|ForId)?$|OrderReferenceByNextToken|BillingAgreement(?:Details)?$|ProviderCredit|MerchantNotificationConfiguration/;

const toSnake = (name: string): string => name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** The name of the method that a legacy SDK has for an operation. */
export function methodOf(language: ForeignLanguage, operation: string): string {
  if (language.methodCase === 'pascal') return operation;
  if (language.methodCase === 'snake') return toSnake(operation);
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}

const tables = new Map<ForeignLanguage, ReadonlyMap<string, LegacyMethod>>();

/** Every method of the legacy SDKs of a language. */
export function legacyMethods(language: ForeignLanguage): ReadonlyMap<string, LegacyMethod> {
  const known = tables.get(language);
  if (known !== undefined) return known;
  const table = new Map<string, LegacyMethod>();
  for (const name of Object.keys(operations))
    table.set(methodOf(language, name), { operation: name, isUnmistakable: UNMISTAKABLE.test(name) });
  for (const [name, operation] of Object.entries(language.helpers))
    table.set(name, { operation, isUnmistakable: false });
  tables.set(language, table);
  return table;
}
