import type { Observer } from '../observer';
import { silentObserver } from '../observer';

/** One observer that tells several. One that fails keeps nobody from work, and the others from nothing. */
export function observeAll(observers: readonly Observer[]): Observer {
  const names = Object.keys(silentObserver) as readonly (keyof Observer)[];
  const tell = (name: keyof Observer) => (event: never) => {
    for (const observer of observers) {
      try {
        observer[name](event);
      } catch {
        // To tell of it would fail the same way.
      }
    }
  };
  return Object.fromEntries(names.map((name) => [name, tell(name)])) as unknown as Observer;
}
