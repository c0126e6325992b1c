import { z } from 'zod';
import { CliError } from '../cli-error';
import { readTime } from './session';

/** Which messages, or what became of them: those commands that deliver again take the same words. */
export const filterSettings = z.object({
  id: z.array(z.string()).optional(),
  side: z.enum(['legacy', 'migrated']).optional(),
  order: z.string().optional(),
  type: z.string().optional(),
  since: z.string().optional(),
  until: z.string().optional(),
});
type FilterOptions = z.infer<typeof filterSettings>;

/** The filter as the admin API takes it, without the ids. */
export function readFilter({ side, order, type, since, until }: FilterOptions) {
  const now = Date.now();
  return {
    side,
    orderKey: order,
    notificationType: type,
    since: readTime('since', since, now),
    until: readTime('until', until, now),
  };
}

/** What is settled never comes again: nobody settles all by forgetting a word. */
export function checkWhich(filter: object, options: string): void {
  if (Object.values(filter).every((value) => value === undefined))
    throw new CliError('USAGE', '--settle needs to know which.', `Add ${options}.`);
}

/** Numbers that were typed as `--id`; `what` they are of, and where they `stand`. */
export function readIds(ids: FilterOptions['id'], what: string, stand: string): readonly number[] | undefined {
  return ids?.map((id) => {
    if (/^[1-9]\d{0,14}$/.test(id)) return Number(id);
    throw new CliError('USAGE', `--id ${id} is no number of a ${what}.`, stand);
  });
}
