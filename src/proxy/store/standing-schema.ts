import type { Dialect } from './database';
import { incomparableRank } from './evidence-words';
import { agree, EACH_ROW, makeTrigger, stand, type Trigger } from './tally-schema';

const standing = (where: string): string => stand(where, incomparableRank);

const triggers: readonly Trigger[] = [
  {
    ...{ name: 'stand_comparison_insert', on: 'AFTER INSERT ON comparison', each: EACH_ROW },
    does: [standing('id = NEW.id'), ...agree('comparison.id = NEW.id')],
  },
  {
    ...{ name: 'stand_comparison_delete', on: 'AFTER DELETE ON comparison', each: EACH_ROW },
    does: ['DELETE FROM order_standing WHERE order_key = OLD.order_key', standing('order_key = OLD.order_key')],
  },
];

const drop = ({ name }: Trigger, dialect: Dialect): string =>
  dialect === 'sqlite' ? `DROP TRIGGER ${name}` : `DROP FUNCTION ${name}() CASCADE`;

/**
 * An order of v2 that could not be compared while the legacy handler had it is compared once the migrated one has it, and agrees
 * with Amazon: in \`order_standing\` it is of rank 2 then, and counts as incomparable no more.
 */
export const standingSchema = (dialect: Dialect): readonly string[] => [
  ...triggers.map((trigger) => drop(trigger, dialect)),
  ...triggers.flatMap(makeTrigger[dialect]),
  standing('TRUE'),
];
