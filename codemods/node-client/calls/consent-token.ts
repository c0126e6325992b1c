import type { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import type { CodemodInput } from '../../codemod';
import { isConfirmedByDefault } from '../../typed-program/optional-consent';
import type { FileContext } from '../context';
import { assignedNames } from './parameter-writes';

/** Parameters that legacy takes for an order which the buyer has not confirmed (facts: managing-v1-objects.md, draft). */
const CONSENT = /\b(?:AddressConsentToken|AccessToken|accessToken|addressConsentToken)\b/;

/** maybe: the token is put into the parameters later, on some way through the code. */
export type Carries = 'always' | 'maybe' | 'never';

/** Says whether the parameters of a call carry a consent token: as they are written, by their type, or by what is set on them. */
export function carriesConsent(context: FileContext, parameters: ts.Expression | undefined): Carries {
  if (parameters === undefined) return 'never';
  if (isConfirmedByDefault(context.checker, parameters)) return 'maybe';
  if (CONSENT.test(parameters.getText())) return 'always';
  const type = context.checker.getTypeAtLocation(parameters);
  if (type.getProperties().some(({ name }) => CONSENT.test(name))) return 'always';
  return assignedNames(context, parameters).some((name) => CONSENT.test(name)) ? 'maybe' : 'never';
}

/** Some code of the project reads drafts, so a function that stands for the operation has to tell them apart. */
export const mayReadDraft = ({ files }: CodemodInput, operation: string): boolean =>
  operations[operation]?.draftV2 !== undefined && files.some(({ text }) => CONSENT.test(text));

const handedOn = new WeakMap<CodemodInput, Map<string, boolean>>();

/**
 * Under `beside` a draft stays with legacy, which alone knows it. Where the operation is handed on as a function, its calls
 * cannot be told apart by the place, so all of them stay.
 */
export function staysForDrafts(input: CodemodInput, operation: string): boolean {
  if (input.strategy !== 'beside') return false;
  const known = handedOn.get(input) ?? new Map<string, boolean>();
  handedOn.set(input, known);
  const method = operation.charAt(0).toLowerCase() + operation.slice(1);
  const asFunction = new RegExp(`(?<!['"])\\b${method}\\b(?!\\s*\\(|['"])`);
  const stays =
    known.get(operation) ?? (mayReadDraft(input, operation) && input.files.some(({ text }) => asFunction.test(text)));
  known.set(operation, stays);
  return stays;
}
