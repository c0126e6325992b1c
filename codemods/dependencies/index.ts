import type { Codemod, CodemodInput, CodemodResult } from '../codemod';
import { computeUsage } from './compute-usage';
import { findInstallCommands } from './find-install-commands';
import { findNamedPackages } from './find-named-packages';
import { planDependencies, readManifests } from './plan-dependencies';

export { computeUsage, usageKey, type Usage } from './compute-usage';
export { planDependencies } from './plan-dependencies';

/**
 * Works on the texts as they are given: over the sources as found it says what the legacy client still serves, over the
 * rewritten ones it takes the client out and the v2 SDK in.
 */
async function run(input: CodemodInput): Promise<CodemodResult> {
  const { manifests } = readManifests(input);
  const planned = planDependencies(input, await computeUsage(input, manifests));
  const findings = [...planned.findings, ...findInstallCommands(input.files)];
  return { ...planned, findings: [...findings, ...findNamedPackages(input, findings)] };
}

/** Brings package.json in step with what the sources load. */
export const codemod: Codemod = {
  name: 'dependencies',
  description: 'package.json loses the legacy client that nothing loads any more and gains the v2 SDK.',
  surfaces: ['dependency'],
  run,
};
