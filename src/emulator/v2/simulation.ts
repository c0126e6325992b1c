import type { Call } from './operation';
import { V2Error } from './reply';

/** Reads the simulation code of a call. One that the call does not know is refused (facts: captures.md section 1.2). */
export function readSimulation({ simulation, environment }: Call, known: readonly string[]): string | null {
  if (simulation === null) return null;
  // What Live answers is not documented; that it refuses is our choice, so that nobody sends a code there by mistake.
  if (environment === 'live' || !known.includes(simulation))
    throw new V2Error(
      'InvalidSandboxSimulationSpecified',
      `The simulation code ${JSON.stringify(simulation.slice(0, 60))} is not valid for this request.`,
    );
  return simulation;
}
