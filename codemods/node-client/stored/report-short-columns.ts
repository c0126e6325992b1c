import type { FindingDraft, SourceUnit } from '../../codemod';
import { listedInText } from '../listed-in-text';
import { limits } from '../../../src/catalog';
import { longestFor, shortColumns } from './short-columns';

/**
 * Lists columns that are too short for the states of v2: the database refuses the longest of them after the money has moved,
 * or cuts it without a word. So it does with the id of a session where that of an order reference was kept.
 */
export const reportShortColumns = ({ path, text }: SourceUnit): FindingDraft[] =>
  shortColumns(path, text).map(({ of, name, length, ...span }) =>
    listedInText(path, span, {
      rule: of === 'state' ? 'node-client/state-comparison' : 'node-client/escape',
      legacy: { name },
      replacement: { name: of === 'state' ? 'statusDetails.state' : 'checkoutSessionId' },
      message:
        of === 'state'
          ? `${name} takes ${String(length)} characters, and states of v2 have up to ${String(longestFor(name).length)} (${longestFor(name)}): the database would refuse or cut them after the money has moved. Widen it before the cutover.`
          : `${name} takes ${String(length)} characters. In v2 a checkout begins with a Checkout Session, whose id has ${String(limits.checkoutSessionId.length)}: where that is kept here until the order has a chargePermissionId, the database would refuse or cut it. Widen it before the cutover.`,
    }),
  );
