import { elements, operations } from '../../../src/catalog';
import type { FileContext } from '../context';
import { SDK } from '../packages/rewrite-imports';

/** Types of the v2 objects in the emitted declarations of the SDK. */
const V2_TYPES: Readonly<Record<string, string>> = {
  charge: 'Charge',
  refund: 'Refund',
  chargePermission: 'ChargePermission',
  checkoutSession: 'CheckoutSession',
  price: 'Price',
};

/** The answers of operations whose payment can be declined, and the elements that they are made of. */
export const declinableAnswers = (names: Iterable<string>): ReadonlySet<string> =>
  new Set(
    [...names].flatMap((name) => {
      const { declines, result } = operations[name] ?? { result: null };
      if (declines !== true || result === null) return [];
      const levels = Object.values(elements[result]?.fields ?? {}).filter(({ to }) => to === '');
      return [result, ...levels.flatMap(({ element }) => element ?? [])];
    }),
  );

/** What takes the place of a legacy element, as a type; undefined where v2 has nothing of the kind. */
export function v2TypeOf(context: FileContext, element: string): string | undefined {
  const object = elements[element]?.v2Object;
  const name = object == null ? undefined : V2_TYPES[object];
  if (name === undefined) return undefined;
  const { quote } = context.style;
  const v2 = `import(${quote}${SDK}${quote}).${name}`;
  if (!context.declinable.has(element)) return v2;
  return `Awaited<ReturnType<typeof ${context.helper('sendCharge')}<${v2}>>>`;
}
