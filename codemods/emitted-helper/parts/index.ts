import type { Part } from '../part';
import { chargeParts } from './charge';
import { dataParts } from './data';
import { fetchNotificationParts } from './fetch-notification';
import { legacyStatusParts } from './legacy-status';
import { readNotificationParts } from './read-notification';
import { sendParts } from './send';
import { verifyMessageParts } from './verify-message';

const all: readonly Part[] = [
  ...sendParts,
  ...chargeParts,
  ...dataParts,
  ...verifyMessageParts,
  ...readNotificationParts,
  ...legacyStatusParts,
  ...fetchNotificationParts,
];

const isImport = ({ commonjs }: Part): boolean => commonjs !== undefined;

/** All parts in the order in which they stand in the emitted file: the imports first, then the order above. */
export const helperParts: readonly Part[] = [...all.filter(isImport), ...all.filter((part) => !isImport(part))];
