import type { ReadGate } from '../../../src/proxy/modes/ask-gate';

/** The evidence is enough. */
export const openGate: ReadGate = () => Promise.resolve({ isOpen: true, missing: [] });

/** It is not. */
export const closedGate: ReadGate = () => Promise.resolve({ isOpen: false, missing: ['dead letters: 1, wanted 0.'] });
