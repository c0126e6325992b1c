import type { ts } from 'ts-morph';
import type { Operation } from '../../../src/catalog/types';
import type { LegacyValue } from '../../v2-request/types';
import type { FileContext } from '../context';
import { isVague, knownNames } from './known-names';
import { requote } from './read-off-object';
import { orElse } from '../wording';

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Names in clients with flat camelCase arguments: `amount`, `currencyCode`, `authorizationReferenceId`. */
export function flatNames(operation: Operation): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, row] of Object.entries(operation.request)) {
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (row.via === 'price') {
      names.set('amount', `${name}.Amount`);
      names.set('currencyCode', `${name}.CurrencyCode`);
      names.set(`${lowerFirst(last)}`, `${name}.Amount`);
    } else names.set(row.flatName ?? lowerFirst(last), name);
  }
  return names;
}

/** Calls with flat arguments may leave the currency to the configuration of the client. */
export function withConfiguredCurrency(
  context: FileContext,
  operation: Operation,
  values: ReadonlyMap<string, LegacyValue>,
): Map<string, LegacyValue> {
  const completed = new Map(values);
  const currency = context.configuredCurrency;
  for (const [name, row] of Object.entries(operation.request)) {
    const [amount, code] = [`${name}.Amount`, `${name}.CurrencyCode`];
    if (row.via !== 'price' || currency === undefined || !values.has(amount) || values.has(code)) continue;
    const { quote } = context.style;
    completed.set(code, { text: `${quote}${currency}${quote}`, literal: currency });
  }
  return completed;
}

/** Flat parameters read off an object: `params.captureNow`, and the amount under either of its names. */
export function collectFlatFromObject(
  context: FileContext,
  operation: Operation,
  object: string,
  argument: ts.Expression,
): Map<string, LegacyValue> {
  const known = knownNames(context, argument);
  const cast = isVague(context, argument) ? ' as string' : '';
  const values = new Map<string, LegacyValue>();
  const read = (name: string, flat: readonly string[], ...fallback: readonly string[]): void => {
    const present = known === undefined ? flat : flat.filter((each) => known.has(each));
    const names = present.length > 0 ? present : flat;
    values.set(name, {
      text: [...names.map((each) => `${object}.${each}${cast}`), ...fallback].reduce((first, other) =>
        orElse(context, first, other),
      ),
    });
  };
  const currency = context.configuredCurrency;
  const { quote } = context.style;
  for (const [name, row] of Object.entries(operation.request)) {
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (row.via === 'price') {
      read(`${name}.Amount`, [lowerFirst(last), 'amount']);
      const other = currency === undefined ? [] : [`${quote}${currency}${quote}`];
      const hasCurrency = known === undefined || known.has('currencyCode') || currency === undefined;
      if (hasCurrency) read(`${name}.CurrencyCode`, ['currencyCode'], ...other);
      continue;
    }
    const flat = row.flatName ?? lowerFirst(last);
    const absent = row.whenAbsent?.startsWith("'") === true ? [requote(row.whenAbsent, quote)] : [];
    if (row.to !== null || known?.has(flat) === true) read(name, [flat], ...absent);
  }
  return withConfiguredCurrency(context, operation, values);
}
