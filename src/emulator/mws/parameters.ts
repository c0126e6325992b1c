import { readMoney, type Money } from '../ledger/money';
import type { ProviderShare } from '../ledger/rows';
import { MwsError } from './mws-error';

/** Reads parameters of one request, each with its limits (facts: api-mapping.md section 2). */
export class Parameters {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  optional(name: string, maxLength = Infinity): string | null {
    const value = this.values.get(name);
    if (value === undefined || value === '') return null;
    if (value.length > maxLength)
      throw new MwsError('InvalidParameterValue', `${name} has more than ${maxLength} characters.`);
    return value;
  }

  required(name: string, maxLength = Infinity): string {
    const value = this.optional(name, maxLength);
    if (value === null) throw new MwsError('MissingParameter', `The parameter ${name} is missing.`);
    return value;
  }

  /** A reference id: at most 32 letters, digits, dashes and underscores. */
  reference(name: string): string {
    const value = this.required(name, 32);
    if (!/^[\w-]+$/.test(value))
      throw new MwsError('InvalidParameterValue', `${name} may hold letters, digits, dashes and underscores only.`);
    return value;
  }

  flag(name: string, absent = false): boolean {
    const value = this.optional(name);
    if (value === null) return absent;
    if (!/^(true|false)$/i.test(value))
      throw new MwsError('InvalidParameterValue', `${name} is neither true nor false.`);
    return value.toLowerCase() === 'true';
  }

  /** Minutes: 0 is synchronous; legacy is asynchronous when it is left out (facts: api-mapping.md section 0). */
  timeout(): number {
    const value = this.optional('TransactionTimeout') ?? '1440';
    if (!/^\d{1,4}$/.test(value) || Number(value) > 1440)
      throw new MwsError('InvalidParameterValue', 'TransactionTimeout is a number of minutes from 0 to 1440.');
    return Number(value);
  }

  money(name: string): Money {
    return readMoney(this.required(`${name}.Amount`), this.required(`${name}.CurrencyCode`), name);
  }

  optionalMoney(name: string): Money | null {
    return this.values.has(`${name}.Amount`) ? this.money(name) : null;
  }

  /** The numbers under which a list has members: 1 and 2 of `List.member.1.Id`, `List.member.2.Id`. */
  members(prefix: string): readonly string[] {
    const numbers = [...this.values.keys()].flatMap((name) =>
      name.startsWith(`${prefix}.`) ? [name.slice(prefix.length + 1).split('.')[0] ?? ''] : [],
    );
    return [...new Set(numbers)].filter((number) => /^\d{1,4}$/.test(number)).sort((a, b) => Number(a) - Number(b));
  }

  /** What solution providers get, or give back (facts: api-mapping.md section 2.3). */
  shares(list: string, amount: string): readonly ProviderShare[] {
    return this.members(`${list}.member`).map((number) => ({
      providerId: this.required(`${list}.member.${number}.ProviderId`),
      amount: this.money(`${list}.member.${number}.${amount}`),
    }));
  }

  /** A time; null when it is left out. */
  time(name: string): number | null {
    const value = this.optional(name);
    if (value === null) return null;
    const at = Date.parse(value);
    if (Number.isNaN(at)) throw new MwsError('InvalidParameterValue', `${name} is no time.`);
    return at;
  }

  /** One of some words; null when it is left out. */
  choice<T extends string>(name: string, choices: readonly T[]): T | null {
    const value = this.optional(name);
    if (value === null) return null;
    const found = choices.find((one) => one === value);
    if (found === undefined) throw new MwsError('InvalidParameterValue', `${name} is one of ${choices.join(', ')}.`);
    return found;
  }

  /** Everything that makes the request what it is, without when and by whom it was signed. */
  fingerprint(): string {
    const passing = /^(Signature.*|Timestamp|AWSAccessKeyId|MWSAuthToken)$/;
    return JSON.stringify([...this.values].filter(([name]) => !passing.test(name)).sort());
  }
}
