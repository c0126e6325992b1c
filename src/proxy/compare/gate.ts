import { canAgree } from './can-agree';
import type { Evidence } from './evidence';
import type { GateSettings } from './settings';

type Figure = Evidence['gate']['figures'][number] & {
  /** What to do about it. */
  readonly advice: string;
};

const percent = (value: number, digits = 3): string => `${(value * 100).toFixed(digits)} %`;
const some = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

/** What the gate is decided by: the evidence has it, and so have the figures that are kept while the proxy works. */
export interface GateFindings extends Pick<Evidence, 'orders' | 'agreement' | 'deadLetters' | 'keptAside' | 'lagMs'> {
  readonly openDifferences: { readonly length: number };
  readonly missed: { readonly length: number };
  readonly coverage: {
    /** `agreeingOrders`, `agreeing`: more than 0, or not. */
    readonly types: readonly {
      readonly type: string;
      readonly agreeingOrders: number;
      /** By messages that are deleted. */
      readonly hasAgreedBefore: boolean;
    }[];
    readonly transitions: readonly { readonly transition: string; readonly agreeing: number }[];
  };
}

function none(name: string, count: number, advice: string): Figure {
  return { name, found: String(count), wanted: '0', isMet: count === 0, advice };
}

function agreementAdvice({ compared, differing }: GateFindings['orders']): string {
  if (compared === 0) return 'No order was compared yet.';
  if (differing === 0) return 'All orders agree; it takes more of them to be so sure.';
  return `${differing} orders differed: mend the handler, and count from then on.`;
}

function agreement({ agreement: found, orders }: GateFindings, { agreement: wanted }: GateSettings): Figure {
  return {
    name: 'agreement',
    found: `${orders.agreeing} of ${orders.compared} orders, at least ${percent(found.atLeast)}`,
    wanted: `at least ${percent(wanted)} with ${percent(found.confidence, 1)} confidence`,
    isMet: found.atLeast >= wanted,
    advice: agreementAdvice(orders),
  };
}

function types({ coverage }: GateFindings, { types: wanted }: GateSettings): Figure {
  const hasAgreed = coverage.types.filter(
    ({ agreeingOrders, hasAgreedBefore }) => agreeingOrders > 0 || hasAgreedBefore,
  );
  const covered = new Set(hasAgreed.map(({ type }) => type));
  const came = coverage.types.map(({ type }) => type).filter(canAgree);
  const all = [...new Set([...came, ...wanted])].sort();
  const open = all.filter((type) => !covered.has(type));
  return {
    name: 'types of messages',
    found: `${all.length - open.length} of ${all.length}`,
    wanted: 'each with an order that agrees',
    isMet: open.length === 0,
    advice: `No order with ${some(open)} has agreed yet.`,
  };
}

/** Of an object that Amazon does not have, does not tell of, or has no GET for, no state was ever seen: its order counts as incomparable. */
const isChange = ({ transition }: { readonly transition: string }): boolean =>
  !/ (?:new|unknown) > unknown$/.test(transition);

function transitions({ coverage }: GateFindings): Figure {
  const changes = coverage.transitions.filter(isChange);
  const open = changes.filter(({ agreeing }) => agreeing === 0).map(({ transition }) => transition);
  return {
    name: 'changes of state',
    found: `${changes.length - open.length} of ${changes.length}`,
    wanted: 'after each the sides agreed once',
    isMet: open.length === 0,
    advice: `The sides have not agreed yet after ${some(open)}.`,
  };
}

function orders({ orders: { compared } }: GateFindings, { orders: wanted }: GateSettings): Figure {
  const isMet = compared >= wanted;
  const advice = `${wanted - compared} more orders have to be compared.`;
  return { name: 'orders compared', found: String(compared), wanted: `${wanted}`, isMet, advice };
}

function incomparable({ orders: { incomparable: found, compared } }: GateFindings, gate: GateSettings): Figure {
  const part = found + compared === 0 ? 0 : found / (found + compared);
  return {
    name: 'orders that cannot be compared',
    found: `${found} (${percent(part, 1)})`,
    wanted: `${percent(gate.incomparable, 1)} at most`,
    isMet: part <= gate.incomparable,
    advice: 'Look at the groups that begin with legacy:, migrated: or amazon: for what is not known of them.',
  };
}

function missed({ missed: { length } }: GateFindings, { missed: allowed }: GateSettings): Figure {
  const advice =
    'Changes that no message told: was the URL reachable? Then look at each, and let it pass by compare.gate.missed.';
  return { name: 'missed messages', found: `${length}`, wanted: `${allowed}`, isMet: length <= allowed, advice };
}

function lag({ lagMs }: GateFindings, { lagMinutes }: GateSettings): Figure {
  const found = `${(lagMs / 60_000).toFixed(1)} min`;
  const isMet = lagMs <= lagMinutes * 60_000;
  return {
    name: 'lag',
    found,
    wanted: `${lagMinutes} min at most`,
    isMet,
    advice: 'Work waits: the figures may be old.',
  };
}

/** Says whether the evidence is enough to switch over, and what is missing, in the order of its weight. */
export function openGate(findings: GateFindings, gate: GateSettings): Evidence['gate'] {
  const figures: readonly Figure[] = [
    none('open differences', findings.openDifferences.length, 'Look at each, mend it, and settle it with a reason.'),
    none('dead letters', findings.deadLetters, 'Messages that a handler does not have: redrive or settle them.'),
    none(
      'messages kept aside',
      findings.keptAside,
      'They are genuine, and no handler has them: is their topic in receive.topics? Take them in, or settle them.',
    ),
    agreement(findings, gate),
    missed(findings, gate),
    types(findings, gate),
    transitions(findings),
    orders(findings, gate),
    incomparable(findings, gate),
    lag(findings, gate),
  ];
  const missing = figures.filter(({ isMet }) => !isMet);
  return {
    isOpen: missing.length === 0,
    figures: figures.map(({ name, found, wanted, isMet }) => ({ name, found, wanted, isMet })),
    missing: missing.map(({ name, found, wanted, advice }) => `${name}: ${found}, wanted ${wanted}. ${advice}`),
  };
}
