import { idPattern } from '../../../src/catalog';

/** What a pattern takes: ids of authorizations, those of several kinds, or those of orders. */
export type IdKind = 'authorization' | 'several' | 'order';

const LETTERS = /^\)?\(?(?:\?:)?\\{0,2}-(\((?!\?))?(?:\(\?:)?(\[[A-Z]+\]|[A-Z](?:\|[A-Z])*|\$\{)/;
/** Ids of Checkout Sessions pass as well. */
const UUID = /\{36\}|\{8\}\\{0,2}-|uuid|guid/i;

function kindOf(rest: string, line: string): IdKind | undefined {
  const [, captured, letters] = LETTERS.exec(rest) ?? [];
  if (letters === undefined) return /^\\{0,2}-/.test(rest) || UUID.test(line) ? undefined : 'order';
  if (letters === '${') return 'several';
  if (!letters.includes('A')) return undefined;
  if (!letters.includes('C')) return 'authorization';
  // What takes both takes charges; what keeps the letter does something by it.
  return captured === undefined ? undefined : 'several';
}

const SAYS: Readonly<Record<IdKind, string>> = {
  authorization:
    'takes ids of authorizations alone, with -A; the charge that v2 has in their place has -C, so that it is refused here after the buyer has paid: let both pass.',
  several:
    'tells ids of legacy by their letter; in v2 an authorization and its capture are one charge with -C, so the letter does not say whether money has moved: look at the state of the charge.',
  order:
    'takes ids of orders; a Charge Permission of v2 has one of this form, and a Checkout Session, which stands in its place until the buyer has paid, has a UUID: let that pass where it comes in.',
};

/**
 * What becomes of the ids that the text of a pattern takes; undefined when it is none, or takes those of v2 as they are.
 *
 * @param line the line on which it stands
 */
export function describeIdPattern(
  text: string,
  line: string,
): { readonly kind: IdKind; readonly says: string } | undefined {
  const rest = idPattern.exec(text)?.[1];
  const kind = rest === undefined ? undefined : kindOf(rest, line);
  return kind === undefined ? undefined : { kind, says: SAYS[kind] };
}
