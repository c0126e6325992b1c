import type { Agent } from 'node:https';
import { checkAmazonKeys } from './checks/amazon-keys';
import { checkCertificateHosts } from './checks/certificate-hosts';
import { wrong, type Check, type Finding } from './checks/finding';
import { checkHandlers } from './checks/handlers';
import { checkOutcomeSources } from './checks/outcome-sources';
import { checkOwnParts } from './checks/own-parts';
import { checkRules } from './checks/rules';
import type { ProxySettings } from './settings';

/** One thing that was tried. */
export interface CheckResult extends Finding {
  readonly what: string;
}

const checksOf = (settings: ProxySettings, agent: Agent | undefined): readonly Check[] => [
  ...checkOwnParts(settings),
  ...checkCertificateHosts(settings, agent),
  ...checkHandlers(settings),
  ...checkAmazonKeys(settings),
  ...checkOutcomeSources(settings),
  ...checkRules(settings, Date.now()),
];

/** Tries what the settings name, one after the other. Sends no message, and writes one row into the store. */
export async function* checkSettings(settings: ProxySettings, agent?: Agent): AsyncGenerator<CheckResult> {
  for (const { what, find } of checksOf(settings, agent)) {
    yield { what, ...(await find().catch((error: Error) => wrong(error.message))) };
  }
}
