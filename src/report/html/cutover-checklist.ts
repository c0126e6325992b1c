import type { Finding } from '../../engine/run';
import { isNotification } from '../is-notification';

export interface ChecklistItem {
  readonly title: string;
  /** What has to be true before the switch; each line is ticked by itself. Facts: managing-v1-objects, ipn, api-mapping. */
  readonly checks: readonly string[];
  /** Findings that speak of it, when there are such. */
  readonly isAbout?: (finding: Finding) => boolean;
}

const isNamed =
  (...names: readonly RegExp[]) =>
  ({ rule, legacy, message }: Finding): boolean =>
    names.some((name) => name.test(rule) || name.test(legacy.operation ?? '') || name.test(message));

/** What somebody has to look at, and sign for, before the migrated handler becomes the one that counts. */
export const cutoverChecklist: readonly ChecklistItem[] = [
  {
    title: 'Keys',
    checks: [
      'A key pair of v2 exists in Seller Central (Integration Central); the private key is kept as a secret.',
      'The key id is set where the code runs, and its prefix fits: LIVE- or SANDBOX- decides the environment, whatever the sandbox flag says.',
      'The MWS keys stay valid until the legacy handler is switched off.',
    ],
    isAbout: ({ surface }) => surface === 'configuration',
  },
  {
    title: 'Domains',
    checks: [
      'Every domain that shows the button, and every return URL, is registered in Seller Central, over https.',
      'Content security policies allow the checkout script of your region.',
    ],
    isAbout: isNamed(/content-security-policy/, /^browser\/script/),
  },
  {
    title: 'IPN URL',
    checks: [
      'The URL in Seller Central is the one that answers now, in live and in the sandbox.',
      'It answers 2xx only when the message is safe, 5xx when it should come again, and never 4xx: after that Amazon does not send it again.',
    ],
  },
  {
    title: 'Both handlers',
    checks: [
      'Messages of both versions reach a handler: orders of the legacy checkout may go on sending legacy messages.',
      'The migrated handler fetches the object and acts on that, not on what a message says.',
      'The dual run has compared both handlers, and no difference is open.',
    ],
    isAbout: isNotification,
  },
  {
    title: 'Recurring',
    checks: [
      'Each cycle makes a Create Charge: Amazon bills nothing by itself. A frequency is decided.',
      'A subscriber who cancels at Amazon is noticed: CHARGE_PERMISSION notifications are handled.',
    ],
    isAbout: isNamed(/BillingAgreement/, /charge-permission/, /frequency/),
  },
  {
    title: 'Reports API',
    checks: [
      'Jobs that fetch reports of MWS use the reports of v2. A download link is valid for 30 seconds.',
      'Reconciliation was run once with a report of v2: orders of both checkouts are in the same reports.',
    ],
    isAbout: isNamed(/reports?$/, /MWS Reports/),
  },
  {
    title: 'Orders in flight',
    checks: [
      'Captures, refunds and cancellations of orders from before the switch were tried in the sandbox through v2.',
      'An unconfirmed legacy checkout starts again: drafts live about three hours.',
      'A call that legacy code began is looked up before it is repeated: v2 does not know the references of legacy.',
    ],
  },
  {
    title: 'Rollback',
    checks: [
      'It is written down who decides to go back, by what sign, and how.',
      'Going back was tried once; the legacy handler can be deployed again at any moment.',
      'Ids of both kinds are kept with each order: a v2 id does not always lead back to the legacy one.',
    ],
  },
];
