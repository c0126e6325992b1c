import { z } from 'zod';
import { isLoopback } from '../../amazon-pay/loopback';
import { environmentOf, type Account } from '../../amazon-pay/v2/account';
import { endpoints } from '../../catalog/environments';
import type { Gap } from '../store/gaps';
import { canAgree } from './can-agree';
import type { Rule } from './rules';
import { gateSettings, type GateSettings } from './settings';

/** What whoever signs for the evidence must know. It closes no gate: it says how much an open one is worth. */
export const reservationSchema = z.strictObject({
  id: z.enum([
    'weakened-gate',
    'no-referee',
    'other-referee',
    'sandbox',
    'sandbox-orders',
    'not-comparable',
    'excused',
    'in-doubt',
    'unsigned',
    'gap',
  ]),
  text: z.string(),
});
export type Reservation = z.infer<typeof reservationSchema>;

/** What is asked how an order is, as the settings name it. */
export interface Referee extends Pick<Account, 'publicKeyId'> {
  readonly sandbox?: boolean | undefined;
  readonly endpoint?: string | undefined;
}

/** How sharp each threshold is; of one that stands higher in the second list, more is less sharp. */
const sharperWhenHigher = ['orders', 'agreement', 'confidence'] as const;
const sharperWhenLower = ['incomparable', 'lagMinutes', 'missed'] as const;
const defaults = gateSettings.parse({});

function listWeakened(gate: GateSettings): readonly Reservation[] {
  const weakened = [
    ...sharperWhenHigher.filter((name) => gate[name] < defaults[name]),
    ...sharperWhenLower.filter((name) => gate[name] > defaults[name]),
  ];
  return weakened.map((name) => ({
    id: 'weakened-gate',
    text: `The gate was weakened: compare.gate.${name} is ${gate[name]}, and ${defaults[name]} by default.`,
  }));
}

function describeReferee(amazon: Referee | undefined): readonly Reservation[] {
  if (amazon === undefined)
    return [
      { id: 'no-referee', text: 'Nobody was the referee: without a key for Amazon the handlers were compared alone.' },
    ];
  const { endpoint } = amazon;
  const host = endpoint === undefined ? null : new URL(endpoint).host;
  if (endpoint !== undefined && !endpoints.some(({ v2 }) => v2 === host)) {
    const who = isLoopback(new URL(endpoint).hostname) ? 'what runs on the machine of the proxy' : `${host}`;
    return [{ id: 'other-referee', text: `The referee was not Amazon but ${who} (amazon.endpoint).` }];
  }
  if (environmentOf(amazon) === 'live') return [];
  return [{ id: 'sandbox', text: "The referee was Amazon's sandbox: no payment in it is real." }];
}

function describeOrders(sandbox: Weighed['sandboxOrders']): readonly Reservation[] {
  if (sandbox === 0) return [];
  const count = sandbox === 'some' ? 'Some' : String(sandbox);
  return [
    { id: 'sandbox-orders', text: `${count} of the compared orders ${sandbox === 1 ? 'is' : 'are'} of the sandbox.` },
  ];
}

function describeTypes(types: readonly string[]): readonly Reservation[] {
  const never = types.filter((type) => !canAgree(type)).sort();
  if (never.length === 0) return [];
  return [
    {
      id: 'not-comparable',
      text: `No comparison tells what the handlers make of ${never.join(', ')}: look at the orders of these messages.`,
    },
  ];
}

/** Orders that differ and count as agreeing, for somebody decided that they may. */
function describeRules(excused: Weighed['excused'], rules: readonly Rule[]): readonly Reservation[] {
  if (excused === 'many')
    return [
      { id: 'excused', text: 'Rules excused differences (compare.rules); the export counts the orders of each.' },
    ];
  return [...excused].map(([id, orders]) => {
    const rule = rules.find((each) => each.id === id);
    const because =
      rule === undefined
        ? 'stands in the configuration no more'
        : `by ${rule.owner}, until ${rule.expires}: ${rule.reason}`;
    return {
      id: 'excused',
      text: `The rule ${id} excused differences of ${orders} ${orders === 1 ? 'order' : 'orders'} (${because}).`,
    };
  });
}

function describeDoubt(inDoubt: number): readonly Reservation[] {
  if (inDoubt === 0) return [];
  const text =
    `${inDoubt} ${inDoubt === 1 ? 'message' : 'messages'} may have counted at both handlers: one was asked and not heard, and the ` +
    'other counts since the mode was changed. Look at what the shop did of these orders.';
  return [{ id: 'in-doubt', text }];
}

function describeUnsigned(doubtful: number): readonly Reservation[] {
  if (doubtful === 0) return [];
  const are = doubtful === 1 ? 'message is' : 'messages are';
  const text =
    `${doubtful} ${are} kept aside that Amazon Pay has not signed, or not as far as can be told: anyone could send ` +
    'them, so they do not shut the gate. Should Amazon deliver in a way that is not known here, it is among them: look at them ' +
    'with proxy quarantine; proxy quarantine --settle settles them.';
  return [{ id: 'unsigned', text }];
}

const minute = (time: number): string => `${new Date(time).toISOString().slice(0, 16)}Z`;

function describeGaps(gaps: readonly Gap[]): readonly Reservation[] {
  const last = gaps.at(-1);
  if (last === undefined) return [];
  const minutes = Math.ceil(gaps.reduce((sum, { from, until }) => sum + until - from, 0) / 60_000);
  const when = `${minute(last.from)} to ${minute(last.until)}`;
  const text =
    `No message was taken from ${when}${gaps.length === 1 ? '' : `, and ${gaps.length === 2 ? 'once' : `${gaps.length - 1} times`} before, ${minutes} min in all`}. ` +
    'An order of which all messages fell into such a time is not known here, and v2 cannot list orders: compare with ' +
    "the shop's own of that time.";
  return [{ id: 'gap', text }];
}

export interface Weighed {
  readonly gate: GateSettings;
  /** What the proxy asks how an order is; undefined: nothing. */
  readonly amazon: Referee | undefined;
  /** Of those that were compared, orders of the sandbox; 'some' where nobody has counted. */
  readonly sandboxOrders: number | 'some';
  /** Types of messages that came. */
  readonly types: readonly string[];
  /** By rule, the orders of which it expected a difference; 'many' where nobody has counted. */
  readonly excused: ReadonlyMap<string, number> | 'many';
  readonly rules: readonly Rule[];
  /** Messages that may have counted at both handlers; see store/in-doubt.ts. */
  readonly inDoubt: number;
  /** Messages that are kept aside and that nobody has vouched for; see store/quarantine.ts. */
  readonly doubtful: number;
  /** When no message was taken; see store/gaps.ts. */
  readonly gaps: readonly Gap[];
}

/** Says all that makes the evidence weaker than its figures look. */
export function listReservations({
  gate,
  amazon,
  sandboxOrders,
  types,
  excused,
  rules,
  inDoubt,
  doubtful,
  gaps,
}: Weighed): readonly Reservation[] {
  return [
    ...listWeakened(gate),
    ...describeReferee(amazon),
    ...describeOrders(sandboxOrders),
    ...describeTypes(types),
    ...describeRules(excused, rules),
    ...describeDoubt(inDoubt),
    ...describeUnsigned(doubtful),
    ...describeGaps(gaps),
  ];
}
