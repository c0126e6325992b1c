import type { CodemodInput } from '../../codemod';

const CONFIRMS = /\bconfirmOrderReference\b|['"`=]ConfirmOrderReference\b/i;

const known = new WeakMap<CodemodInput, boolean>();

/** Some code of the project confirms orders, so that an Authorize of it can be the first one of an order. */
export function confirmsOrders(input: CodemodInput): boolean {
  const before = known.get(input);
  if (before !== undefined) return before;
  const isCode = (path: string): boolean =>
    /\.(?:[cm]?[jt]sx?|vue|svelte|php)$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
  const confirms = (input.asFound ?? input.files).some(({ path, text }) => isCode(path) && CONFIRMS.test(text));
  known.set(input, confirms);
  return confirms;
}

/** The id that code elsewhere was given is the one that the checkout began with, once the other places are migrated. */
export const FIRST_AUTHORIZATION =
  'where this is the first authorization of an order, pass the chargePermissionId that completeCheckoutSession answered with, not the id that the checkout began with (that of the session); later authorizations stay as they are.';
