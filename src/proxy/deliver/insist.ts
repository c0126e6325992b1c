import { setTimeout } from 'node:timers/promises';
import { isStoreError } from '../store/store-error';

/** A connection that is made again, a disk of which something is deleted. In all less than whoever ends the proxy waits. */
const STORE_PAUSES_MS = [50, 100, 200, 400, 800, 1600] as const;

/** The handler has answered: what it said is not thrown away, to be asked for again, where the store has a bad moment. */
export async function insist(write: () => Promise<void>): Promise<void> {
  for (const pause of STORE_PAUSES_MS) {
    try {
      return await write();
    } catch (error) {
      if (!isStoreError(error, 'unavailable')) throw error;
      await setTimeout(pause);
    }
  }
  return write();
}
