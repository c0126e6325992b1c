import type { Environment } from '../ledger/rows';
import { MwsError } from './mws-error';

/** What a note asks for (facts: captures.md section 1.3). */
export interface Simulation {
  readonly State: string;
  readonly ReasonCode: string;
  readonly SoftDecline: boolean;
  readonly minutes: number | undefined;
}

/** By call: the pairs of state and reason that can be simulated there. */
const known = {
  Authorize: [
    'Declined InvalidPaymentMethod',
    'Declined AmazonRejected',
    'Declined TransactionTimedOut',
    'Closed ExpiredUnused',
    'Closed AmazonClosed',
  ],
  Capture: ['Pending ', 'Declined AmazonRejected', 'Closed AmazonClosed'],
  Refund: ['Declined AmazonRejected'],
  CloseOrderReference: ['Closed AmazonClosed'],
} as const;

/** Reads a simulation out of a note; any other note is a note. In live it always is one (our choice). */
export function readSimulation(
  call: keyof typeof known,
  note: string | null,
  environment: Environment,
): Simulation | null {
  if (note === null || environment === 'live' || !note.includes('SandboxSimulation')) return null;
  const asked = parse(note);
  const State = String(asked['State'] ?? '');
  const ReasonCode = String(asked['ReasonCode'] ?? '');
  if (!(known[call] as readonly string[]).includes(`${State} ${ReasonCode}`))
    throw new MwsError(
      'InvalidSandboxSimulationSpecified',
      `${call} cannot be made to end in ${State} ${ReasonCode}.`.replace(/ \./, '.'),
    );
  const minutes = asked['PaymentMethodUpdateTimeInMins'] ?? asked['ExpirationTimeInMins'];
  return {
    State,
    ReasonCode,
    SoftDecline: String(asked['SoftDecline']) === 'true',
    minutes: minutes === undefined ? undefined : Number(minutes),
  };
}

function parse(note: string): Record<string, unknown> {
  try {
    const { SandboxSimulation } = JSON.parse(note) as { SandboxSimulation?: unknown };
    if (typeof SandboxSimulation === 'object' && SandboxSimulation !== null)
      return SandboxSimulation as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new MwsError('InvalidSandboxSimulationSpecified', 'The simulation is no JSON.');
}
