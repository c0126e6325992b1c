import type { Side } from '../observer';
import type { Role } from '../store/attempts';
import type { Mode } from './mode';

/** The API that made an order: the version of its first notification. */
export type Origin = 'v1' | 'v2';
/** What each handler is to an order. */
export type Roles = Readonly<Record<Side, Role | 'none'>>;

const legacyAlone: Roles = { legacy: 'primary', migrated: 'none' };
const legacyAndDryRun: Roles = { legacy: 'primary', migrated: 'dry-run' };
const migratedAlone: Roles = { legacy: 'none', migrated: 'primary' };
const always = (roles: Roles): Readonly<Record<Side, Roles>> => ({ legacy: roles, migrated: roles });

/**
 * Mode, origin of the order, and the side that it is on (its share, or where it was moved to) → what each handler is.
 * An order of v2 never goes to the legacy handler alone where a migrated one counts for any order: a legacy handler answers 200
 * to a v2 message and loses it. That is why `cutover` gives all orders of v2 to the migrated handler, whatever the share.
 */
const rolesByMode: Readonly<Record<Mode, Readonly<Record<Origin, Readonly<Record<Side, Roles>>>>>> = {
  observe: { v1: always(legacyAlone), v2: always(legacyAlone) },
  shadow: { v1: always(legacyAndDryRun), v2: always(legacyAndDryRun) },
  parallel: { v1: always(legacyAndDryRun), v2: always(migratedAlone) },
  cutover: { v1: { legacy: legacyAndDryRun, migrated: migratedAlone }, v2: always(migratedAlone) },
  rollback: { v1: always(legacyAlone), v2: always(migratedAlone) },
};

/** What each handler is to an order of an origin that is on a side. */
export const rolesOf = (mode: Mode, origin: Origin, side: Side): Roles => rolesByMode[mode][origin][side];

/** The side that an order is on under a mode, when it would be on `side` by its share or by what was before. */
export const sideUnder = (mode: Mode, origin: Origin, side: Side): Side =>
  rolesOf(mode, origin, side).legacy === 'primary' ? 'legacy' : 'migrated';
