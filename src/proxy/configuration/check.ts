import type { Agent } from 'node:https';
import { checkAmazonKeys } from './checks/amazon-keys';
import { checkCertificateHosts } from './checks/certificate-hosts';
import { wrong, type Check, type Finding } from './checks/finding';
import { checkDatabaseTransport } from './checks/database-transport';
import { checkHandlers } from './checks/handlers';
import { checkOutcomeSources } from './checks/outcome-sources';
import { checkOwnParts } from './checks/own-parts';
import { checkRegions } from './checks/regions';
import { checkRules } from './checks/rules';
import { checkSecrets } from './checks/secrets';
import { checkTransport } from './checks/transport';
import type { Configuration } from './load-configuration';

/** One thing that was tried. */
export interface CheckResult extends Finding {
  readonly what: string;
}

/** What is checked of a configuration: what is in force, and the files that secrets were read from. */
export type Checked = Pick<Configuration, 'settings' | 'files'>;

const checksOf = ({ settings, files }: Checked, agent: Agent | undefined): readonly Check[] => [
  ...checkOwnParts(settings),
  ...checkCertificateHosts(settings, agent),
  ...checkRegions(settings),
  ...checkTransport(settings),
  ...checkDatabaseTransport(settings),
  ...checkSecrets(settings, files),
  ...checkHandlers(settings),
  ...checkAmazonKeys(settings),
  ...checkOutcomeSources(settings),
  ...checkRules(settings, Date.now()),
];

/** Tries what a configuration names, one after the other. Sends no message, and writes one row into the store. */
export async function* checkConfiguration(configuration: Checked, agent?: Agent): AsyncGenerator<CheckResult> {
  for (const { what, find } of checksOf(configuration, agent)) {
    yield { what, ...(await find().catch((error: Error) => wrong(error.message))) };
  }
}
