import { judge, type SideView } from '../../../src/proxy/compare/judge';
import type { AmazonOutcome } from '../../../src/proxy/compare/order-outcome';
import type { Outcome } from '../../../src/proxy/compare/outcome';
import { isExpired, ruleSchema, type Rule } from '../../../src/proxy/compare/rules';
import { compareSettings } from '../../../src/proxy/compare/settings';

const now = Date.UTC(2026, 0, 15, 12);
const captured: Outcome = { state: 'captured', authorized: '94.50', captured: '94.50', refunded: '0', currency: 'USD' };
const authorized: Outcome = { ...captured, state: 'authorized', captured: '0' };
const short: Outcome = { ...captured, captured: '94.49' };
const says = (outcome: Outcome): SideView => ({ kind: 'outcome', outcome });
const amazon = (outcome: Outcome): AmazonOutcome => ({ outcome, problem: null });
const nobodyKnows: AmazonOutcome = { outcome: { ...captured, state: 'unknown' }, problem: 'unknown-state' };
const notRun: SideView = { kind: 'not-run' };
const failed: SideView = { kind: 'failed', reason: 'http-500' };

type Case = readonly [name: string, legacy: SideView, migrated: SideView, amazon: AmazonOutcome, expected: string];
const cases: readonly Case[] = [
  ['all agree', says(captured), says(captured), amazon(captured), 'match - - -'],
  [
    'all agree, in other words for the same amount',
    says({ ...captured, captured: '94.5' }),
    says(captured),
    amazon({ ...captured, refunded: '0.00' }),
    'match - - -',
  ],
  [
    'the migrated side missed the capture',
    says(captured),
    says(authorized),
    amazon(captured),
    'mismatch migrated - state:legacy=captured,migrated=authorized,amazon=captured captured:legacy=amazon>migrated',
  ],
  [
    'the legacy side missed it',
    says(authorized),
    says(captured),
    amazon(captured),
    'mismatch legacy - state:legacy=authorized,migrated=captured,amazon=captured captured:amazon=migrated>legacy',
  ],
  [
    'both agree, and Amazon says otherwise',
    says(authorized),
    says(authorized),
    amazon(captured),
    'mismatch both - state:legacy=authorized,migrated=authorized,amazon=captured captured:amazon>legacy=migrated',
  ],
  [
    'a cent is missing',
    says(captured),
    says(short),
    amazon(captured),
    'mismatch migrated - captured:legacy=amazon>migrated',
  ],
  [
    'they differ, and Amazon cannot tell',
    says(captured),
    says(authorized),
    nobodyKnows,
    'mismatch - - state:legacy=captured,migrated=authorized,amazon=- captured:legacy>migrated',
  ],
  [
    'they agree, and Amazon cannot tell',
    says(captured),
    says(captured),
    nobodyKnows,
    'incomparable - - amazon:unknown-state',
  ],
  [
    'another currency',
    says(captured),
    says({ ...captured, currency: 'EUR' }),
    amazon(captured),
    'mismatch migrated - currency:legacy=USD,migrated=EUR,amazon=USD',
  ],
  ['only one side is run, and is right', says(captured), notRun, amazon(captured), 'match - - -'],
  [
    'only one side is run, and is wrong',
    notRun,
    says(authorized),
    amazon(captured),
    'mismatch migrated - state:legacy=-,migrated=authorized,amazon=captured captured:amazon>migrated',
  ],
  ['one side says nothing', says(captured), { kind: 'absent' }, amazon(captured), 'incomparable - - migrated:absent'],
  [
    'one side says nothing, and the other is wrong',
    says(authorized),
    { kind: 'absent' },
    amazon(captured),
    'mismatch legacy - state:legacy=authorized,migrated=-,amazon=captured captured:amazon>legacy',
  ],
  [
    'a page of HTML for an answer',
    says(captured),
    { kind: 'unreadable', reason: 'html' },
    amazon(captured),
    'incomparable - - migrated:unreadable (html)',
  ],
  [
    'nothing is known at all',
    { kind: 'absent' },
    { kind: 'unreachable', reason: 'x' },
    nobodyKnows,
    'incomparable - - legacy:absent migrated:unreachable (x) amazon:unknown-state',
  ],
  ['neither side is run', notRun, notRun, amazon(captured), 'incomparable - - legacy:not-run migrated:not-run'],
  [
    'one side did not take the message',
    says(captured),
    failed,
    amazon(captured),
    'mismatch migrated - delivery:legacy=outcome,migrated=failed http-500,amazon=-',
  ],
  [
    'the only side did not take it',
    failed,
    notRun,
    amazon(captured),
    'mismatch legacy - delivery:legacy=failed http-500,migrated=not-run,amazon=-',
  ],
  [
    'neither took it',
    failed,
    failed,
    amazon(captured),
    'both-failed both - delivery:legacy=failed http-500,migrated=failed http-500,amazon=-',
  ],
];

test.each(cases)('%s', (_, legacy, migrated, referee, expected) => {
  const { verdict, atFault, ruleIds, signature } = judge({ legacy, migrated, amazon: referee }, [], now);
  expect(`${verdict} ${atFault ?? '-'} ${ruleIds.join(',') || '-'} ${signature ?? '-'}`).toBe(expected);
});

test('every difference is listed, field by field, with all three values', () => {
  const wrong: Outcome = { state: 'refunded', authorized: '1', captured: '2', refunded: '3', currency: 'EUR' };
  const { differences } = judge({ legacy: says(captured), migrated: says(wrong), amazon: amazon(captured) }, [], now);
  expect(differences).toEqual([
    { field: 'state', legacy: 'captured', migrated: 'refunded', amazon: 'captured' },
    { field: 'authorized', legacy: '94.50', migrated: '1', amazon: '94.50' },
    { field: 'captured', legacy: '94.50', migrated: '2', amazon: '94.50' },
    { field: 'refunded', legacy: '0', migrated: '3', amazon: '0' },
    { field: 'currency', legacy: 'USD', migrated: 'EUR', amazon: 'USD' },
  ]);
});

test('differences of one kind have one signature, whatever the amounts', () => {
  const pair = (amount: string): string | null => {
    const full = { ...captured, captured: amount, authorized: amount };
    return judge({ legacy: says(full), migrated: says({ ...full, captured: '0.01' }), amazon: amazon(full) }, [], now)
      .signature;
  };
  expect(pair('10')).toBe(pair('99999.99'));
});

test.each([
  ['what may still come', says(captured), says(authorized), amazon(captured), false],
  ['an endpoint that is down', says(captured), { kind: 'unreachable', reason: 'x' }, amazon(captured), false],
  ['an agreement', says(captured), says(captured), amazon(captured), true],
  ['a handler that says nothing', says(captured), { kind: 'absent' }, amazon(captured), true],
] as const)('%s is looked at again: %#', (_, legacy, migrated, referee, isFinal) => {
  expect(judge({ legacy, migrated, amazon: referee }, [], now).isFinal).toBe(isFinal);
});

describe('rules', () => {
  const rule = (change: Partial<Rule> = {}): Rule =>
    ruleSchema.parse({
      id: 'partial-capture',
      field: 'captured',
      migrated: '94.49',
      owner: 'Ada',
      reason: 'legacy books the whole amount',
      expires: '2026-01-31',
      ...change,
    });
  const verdict = (migrated: Outcome, rules: readonly Rule[], at = now): string => {
    const judged = judge({ legacy: says(captured), migrated: says(migrated), amazon: amazon(captured) }, rules, at);
    return `${judged.verdict} ${judged.ruleIds.join(',') || '-'} ${judged.expiredRules.join(',') || '-'} ${judged.atFault ?? '-'}`;
  };

  test('a difference that a rule expects is expected, and still says who differs from Amazon', () => {
    expect(verdict(short, [rule()])).toBe('expected partial-capture - migrated');
  });
  test('amounts of a rule are decimals', () => {
    expect(verdict(short, [rule({ migrated: '94.490' })])).toBe('expected partial-capture - migrated');
    expect(verdict(short, [rule({ migrated: '94.48' })])).toBe('mismatch - - migrated');
  });
  test('one difference without a rule makes a mismatch', () => {
    const captured = rule({ migrated: '0' });
    expect(verdict(authorized, [captured])).toBe('mismatch - - migrated');
    const state = rule({ id: 'state', field: 'state', migrated: 'authorized' });
    expect(verdict(authorized, [captured, state])).toBe('expected partial-capture,state - migrated');
  });
  test('it holds to the end of its last day, and is named when it is over', () => {
    const last = Date.UTC(2026, 0, 31, 23, 59, 59, 999);
    expect(isExpired(rule(), last)).toBe(false);
    expect(verdict(short, [rule()], last)).toBe('expected partial-capture - migrated');
    expect(verdict(short, [rule()], last + 1)).toBe('mismatch - partial-capture migrated');
  });
  test('no rule excuses a message that was not taken', () => {
    const everything = (['state', 'authorized', 'captured', 'refunded', 'currency'] as const).map((field) =>
      rule({ id: field, field }),
    );
    expect(judge({ legacy: says(captured), migrated: failed, amazon: amazon(captured) }, everything, now).verdict).toBe(
      'mismatch',
    );
  });
  test.each([
    { owner: ' ' },
    { reason: '' },
    { expires: 'never' },
    { expires: '2026-02-30' },
    { field: 'delivery' },
    { id: 'A b' },
    // It would hide whatever happens to the money.
    { migrated: undefined },
  ])('a rule with %j is refused', (change) => {
    expect(() => rule(change as Partial<Rule>)).toThrow();
  });
});

describe('settings', () => {
  test('are safe by default', () => {
    expect(compareSettings.parse({})).toMatchObject({
      legacy: { from: 'answer' },
      resampleForMs: 300_000,
      rules: [],
      gate: { agreement: 0.99, confidence: 0.95 },
    });
  });
  const rule = { id: 'a', field: 'state', owner: 'x', reason: 'y', expires: '2026-01-01' };
  test.each([
    ['two rules of one id', { rules: [rule, rule] }],
    ['an endpoint without a place for the order', { legacy: { from: 'endpoint', url: 'https://shop.example/state' } }],
    [
      'a query that writes',
      { legacy: { from: 'query', url: 'postgres://a@b/c', sql: 'DELETE FROM orders WHERE id = $1' } },
    ],
    ['two statements', { legacy: { from: 'query', url: 'postgres://a@b/c', sql: 'SELECT $1; DROP TABLE x' } }],
    ['a query without the order', { legacy: { from: 'query', url: 'postgres://a@b/c', sql: 'SELECT 1' } }],
    ['another database', { legacy: { from: 'query', url: 'mysql://a@b/c', sql: 'SELECT $1' } }],
  ])('%s is refused', (_, given) => {
    expect(compareSettings.safeParse(given).success).toBe(false);
  });
});
