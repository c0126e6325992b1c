import { z } from 'zod';
import { orderKeyOf } from '../../proxy/order-key';
import { toOneLine } from '../../report/plain-text';
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
  return {
    side,
    orderKey: order === undefined ? undefined : readOrder(order),
    notificationType: type === undefined ? undefined : notEmpty('type', type),
    ...readPeriod({ since, until }),
  };
}

/** Times that were typed, the first before the second. */
export function readPeriod({ since, until }: Pick<FilterOptions, 'since' | 'until'>) {
  const now = Date.now();
  const [from, to] = [readTime('since', since, now), readTime('until', until, now)];
  if (from !== undefined && to !== undefined && from >= to)
    throw new CliError('USAGE', `--until ${until} is not after --since ${since}.`, 'Nothing can be between them.');
  return { since: from, until: to };
}

function notEmpty(option: string, text: string): string {
  if (text.trim() !== '' && text.length <= 100) return text;
  throw new CliError(
    'USAGE',
    `--${option} is ${text.trim() === '' ? 'empty' : 'too long'}.`,
    'It has 1 to 100 characters.',
  );
}

/** An order, by its own id or by that of a charge or a refund of it. */
export function readOrder(text: string): string {
  return orderKeyOf(text.trim()) ?? notEmpty('order', text);
}

const filterOptions = ['id', 'side', 'order', 'type', 'failure', 'because', 'group', 'since', 'until'] as const;

/** The filter as it was typed; empty where none was. */
export const typedFilter = (options: Readonly<Partial<Record<(typeof filterOptions)[number], unknown>>>): string =>
  filterOptions
    .flatMap((name) => (options[name] === undefined ? [] : [`--${name} ${toOneLine(String(options[name]))}`]))
    .join(' ');

/** Nothing fits: that is not all clear. `elsewhere` says what there is without the filter. */
export const nothingFits = (typed: string, what: string, elsewhere: string): string =>
  `No ${what} fits ${typed}. ${elsewhere}\n`;

/** Where something was to be done with what fits, and nothing does. */
export const refuseNothing = (typed: string, what: string): CliError =>
  new CliError(
    'REFUSED',
    typed === '' ? `There is no ${what}.` : `No ${what} fits ${typed}.`,
    'Nothing was changed. The same command without a verb lists them.',
  );

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
