/** Why a legacy call is left to the merchant; it ends the look at that call. */
export class Refusal extends Error {
  readonly code = 'LEFT_TO_THE_MERCHANT';
}
