import { operations } from '../../src/catalog';
import type { ForeignLanguage, ForeignSdk } from '../../src/catalog/languages';
import { codeBlock } from '../code-block';
import type { FindingDraft } from '../codemod';
import { methodOf } from './legacy-methods';

/** A method of the v2 SDKs in the case of a language. */
const v2Method = (language: ForeignLanguage, sdkMethod: string): string =>
  methodOf(language, sdkMethod.charAt(0).toUpperCase() + sdkMethod.slice(1));

/** What takes the place of an operation in the v2 SDK of a language; the bare request where there is none. */
export function replacementOf(language: ForeignLanguage, operation: string): FindingDraft['replacement'] {
  const v2 = operations[operation]?.v2;
  if (v2 === undefined || v2 === null) return null;
  return { name: language.v2 === null ? v2.http : v2Method(language, v2.sdkMethod), operation: v2.http };
}

/** The code to write in place of a call, or what to send where Amazon has no SDK; undefined when v2 has no counterpart. */
export function writeCall(language: ForeignLanguage, operation: string): string | undefined {
  const v2 = operations[operation]?.v2;
  if (v2 === undefined || v2 === null) return undefined;
  if (language.v2 === null) {
    const body = Object.values(operations[operation]?.request ?? {}).flatMap(({ to }) =>
      to?.startsWith('body.') === true ? to.slice('body.'.length) : [],
    );
    return `${v2.http}${body.length === 0 ? '' : ` with ${[...new Set(body)].join(', ')}`}`;
  }
  const code = language.v2.calls[v2.sdkMethod];
  // Cancelling an order also cancels what is pending; closing it does not.
  return operation === 'CancelOrderReference' ? code?.replace(/(ancelPendingCharges\W+)false/, '$1true') : code;
}

/** What somebody has to know who writes the v2 call by hand: the code, where each parameter goes, and what breaks. */
export function describeOperation(language: ForeignLanguage, operation: string): string {
  const row = operations[operation];
  if (row === undefined) return '';
  const call = writeCall(language, operation);
  const parts = [describeCode(language, call), ...explainIds(operation), row.guidance];
  if (call !== undefined)
    parts.push(...explainNames(language.v2, call), language.v2?.traps ?? language.withoutSdk ?? '');
  return parts.join('\n\n');
}

/** The code of a call to write; a bare request is told in words. */
export function describeCode({ v2 }: ForeignLanguage, call: string | undefined): string {
  if (call === undefined) return 'v2 has no counterpart.';
  return v2 === null ? call : codeBlock(call);
}

/** What of a call to write is not certain. */
function explainNames(sdk: ForeignSdk | null, call: string): string[] {
  const names = sdk?.likely?.filter((name) => new RegExp(`\\b${name}\\b`).test(call)) ?? [];
  if (sdk === null || names.length === 0) return [];
  return [
    `Likely, not confirmed by Amazon: ${names.join(', ')}. Look for ${names.length === 1 ? 'it' : 'them'} in the SDK that you install: ${sdk.docs}`,
  ];
}

/** How ids and references of a request go over (facts: managing-v1-objects.md, other-languages.md section 10). */
function explainIds(operation: string): string[] {
  const fields = Object.entries(operations[operation]?.request ?? {});
  const notes = fields.flatMap(([name, { to, via, because }]) => {
    if (via === 'toChargeId')
      return `The Charge id is ${name} with its 21st character, A, changed to C; refuse any other id.`;
    if (via === 'idempotencyKey')
      return `The idempotency key comes from ${name}: at most 32 of A-Z, a-z, 0-9, - and _, with a prefix for each operation, because keys count over all POST requests of the account.`;
    if (name.endsWith('OrderReferenceId') || name.endsWith('BillingAgreementId'))
      return to === null ? [] : `${name} is the Charge Permission id, unchanged, once the buyer has confirmed.`;
    if (to === null && because !== undefined && !/^The public key/.test(because)) return `${name}: ${because}`;
    return [];
  });
  return notes.length === 0 ? [] : [notes.join('\n')];
}
