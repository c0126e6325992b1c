import { z } from 'zod';
import { outcomeSchema, outcomeStates, type Outcome, type OutcomeState } from './outcome';

/** The merchant's own words for states of an order. Those of the proxy need no entry. */
export const stateNamesSchema = z.record(z.string().min(1).max(100), z.enum(outcomeStates));
export type StateNames = z.infer<typeof stateNamesSchema>;

/** What a side said of an order, or why that is no outcome. */
export type ReadOutcome =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  /** Nothing was said, which no handler has to. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameState = (given: unknown, names: StateNames): unknown => {
  if (typeof given !== 'string') return given;
  return Object.hasOwn(names, given) ? (names[given] satisfies OutcomeState | undefined) : given;
};

/** Reads the outcome in a value: the object itself, or its member `outcome`. */
export function readOutcome(value: unknown, names: StateNames = {}): ReadOutcome {
  if (!isRecord(value)) return { kind: 'absent' };
  const found = isRecord(value['outcome']) ? value['outcome'] : value;
  if (found['state'] === undefined) return { kind: 'absent' };
  const parsed = outcomeSchema.safeParse({ ...found, state: nameState(found['state'], names) });
  if (parsed.success) return { kind: 'outcome', outcome: parsed.data };
  const [issue] = parsed.error.issues;
  // What the shop wrote is not repeated: it may hold anything.
  return { kind: 'unreadable', reason: `${issue?.path.join('.') || 'the outcome'} is missing or of another form` };
}

/** Reads the body of an answer: JSON with an outcome. Any other text says nothing, as most handlers do. */
export function readAnswer(body: string, names: StateNames = {}): ReadOutcome {
  if (!/^\s*[{[]/.test(body)) return { kind: 'absent' };
  try {
    return readOutcome(JSON.parse(body) as unknown, names);
  } catch {
    return { kind: 'unreadable', reason: 'it begins like JSON and is none' };
  }
}
