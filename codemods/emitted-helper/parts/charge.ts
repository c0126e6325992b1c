import type { Part } from '../part';

/** What charges need: the decline that legacy did not reject, and Node callbacks. */
export const chargeParts: readonly Part[] = [
  {
    name: 'CHARGE_DECLINES',
    needs: [],
    exported: false,
    source: String.raw`
const CHARGE_DECLINES = [
  'SoftDeclined',
  'HardDeclined',
  'AmazonRejected',
  'TransactionTimedOut',
  'ProcessingFailure',
];`,
  },
  {
    name: 'DeclinedCharge',
    needs: [],
    exported: true,
    only: 'typescript',
    source: String.raw`
/** A declined charge: a state and a reason, and no id. */
type DeclinedCharge<T> = { [Field in Exclude<keyof T, 'statusDetails'>]?: undefined } & {
  statusDetails: { state: 'Declined'; reasonCode: string; reasonDescription: string };
};`,
  },
  {
    name: 'sendCharge',
    needs: ['send', 'CHARGE_DECLINES', 'AmazonPayError', 'DeclinedCharge'],
    exported: true,
    source: String.raw`
/**
 * The same for createCharge and captureCharge. Legacy answered a declined payment with HTTP 200 and
 * the state Declined; v2 answers with an error. Here a decline is a state again, so that code which
 * looks at the state keeps working. It has no id, and a new attempt needs a new reference, because
 * the old key may bring back the old answer.
 * https://developer.amazon.com/docs/amazon-pay-api-v2/charge.html
 */
async function sendCharge⟦<T = any>⟧(call⟦: () => PromiseLike<{ data: T }>⟧)⟦: Promise<T | DeclinedCharge<T>>⟧ {
  try {
    return await send(call);
  } catch (error) {
    const { reasonCode, message } = ⟦(⟧error ?? {}⟦) as Partial<AmazonPayError>⟧;
    if (reasonCode === undefined || !CHARGE_DECLINES.includes(reasonCode)) throw error;
    return { statusDetails: { state: 'Declined', reasonCode, reasonDescription: message } }⟦ as DeclinedCharge<T>⟧;
  }
}`,
  },
  {
    name: 'CallbackError',
    needs: [],
    exported: true,
    only: 'typescript',
    source: String.raw`
/** What a callback gets: an AmazonPayError, or an error of the network, which has a code. */
type CallbackError = Error & { type?: string; reasonCode?: string; status?: number; code?: string };`,
  },
  {
    name: 'toCallback',
    needs: ['CallbackError'],
    exported: true,
    source: String.raw`
/**
 * Hands the outcome of a promise to a Node callback, once and on a later turn. With then(callback),
 * an error thrown by the callback would be swallowed, or call it again; here it is uncaught, as
 * with the legacy client.
⟦ * The error is null on success; it is typed without null, as such callbacks are written.
⟧ */
function toCallback⟦<T>⟧(⟦
  ⟧promise⟦: PromiseLike<T>⟧,⟦
 ⟧ callback⟦: (error: CallbackError, result: T) => void⟧⟦,
⟧)⟦: void⟧ {
  promise.then(
    (result) => {
      setImmediate(() => callback(null⟦ as never⟧, result));
    },
    (error) => {
      setImmediate(() => callback(error || new Error('No reason given')⟦, undefined as never⟧));
    },
  );
}`,
  },
];
