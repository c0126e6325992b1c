import type { Part } from '../part';
import { chargeParts } from './charge';
import { dataParts } from './data';
import { sendParts } from './send';

const all: readonly Part[] = [...sendParts, ...chargeParts, ...dataParts];

/** All parts in the order in which they stand in the emitted file: the import first, then the order above. */
export const helperParts: readonly Part[] = [
  ...all.filter(({ name }) => name === 'createHash'),
  ...all.filter(({ name }) => name !== 'createHash'),
];
