import { z } from 'zod';
import type { Order } from '../ledger/rows';
import { orderStatuses } from '../ledger/statuses';
import { MwsError } from './mws-error';
import type { Parameters } from './parameters';
import type { Action, Request } from './request';
import { viewOrder } from './view-order';
import { element, group } from './xml';

/** What is asked for. The token of the next page holds it too, so that every page answers the same question. */
const question = z.object({
  environment: z.enum(['live', 'sandbox']),
  reference: z.string(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  order: z.enum(['Ascending', 'Descending']),
  states: z.array(z.string()),
  size: z.int().min(1).max(100),
  offset: z.int().min(0),
});
type Question = z.infer<typeof question>;

const STATES = 'OrderReferenceStatusListFilter.OrderReferenceStatus';

/** The usual size of a page and the largest are our choice. */
function pageSize(parameters: Parameters): number {
  const size = parameters.optional('PageSize') ?? '10';
  if (!/^\d{1,3}$/.test(size) || Number(size) < 1 || Number(size) > 100)
    throw new MwsError('InvalidParameterValue', 'PageSize is a number from 1 to 100.');
  return Number(size);
}

function readQuestion({ parameters, environment }: Request): Question {
  parameters.required('QueryIdType');
  parameters.choice('QueryIdType', ['SellerOrderId']);
  return {
    environment,
    reference: parameters.required('QueryId'),
    from: parameters.time('CreatedTimeRange.StartTime'),
    to: parameters.time('CreatedTimeRange.EndTime'),
    order: parameters.choice('SortOrder', ['Ascending', 'Descending']) ?? 'Ascending',
    states: parameters.members(STATES).map((number) => parameters.required(`${STATES}.${number}`)),
    size: pageSize(parameters),
    offset: 0,
  };
}

const fits = (order: Order, { environment, reference, from, to, states }: Question): boolean =>
  order.type === 'OneTime' &&
  order.environment === environment &&
  order.metadata.merchantReferenceId === reference &&
  order.createdAt >= (from ?? -Infinity) &&
  order.createdAt <= (to ?? Infinity) &&
  (states.length === 0 || states.includes(orderStatuses[order.status].legacy.state));

function page({ posting }: Request, asked: Question): string {
  const found: Order[] = [];
  for (const order of posting.store.all('orders')) if (fits(order, asked)) found.push(order);
  if (asked.order === 'Descending') found.reverse();
  const end = asked.offset + asked.size;
  const token = end < found.length ? writeToken({ ...asked, offset: end }) : null;
  const rows = found.slice(asked.offset, end).map((order) => viewOrder(order, 'OrderReference'));
  return group('OrderReferenceList', ...rows) + element('NextPageToken', token);
}

const writeToken = (asked: Question): string => Buffer.from(JSON.stringify(asked)).toString('base64url');

function readToken(token: string): Question {
  try {
    return question.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
  } catch {
    throw new MwsError('InvalidParameterValue', 'NextPageToken is none that was given out.');
  }
}

/** Orders by the number that the merchant gave them. */
export const listActions: Readonly<Record<string, Action>> = {
  ListOrderReference: (request) => page(request, readQuestion(request)),
  ListOrderReferenceByNextToken: (request) => {
    const asked = readToken(request.parameters.required('NextPageToken'));
    return page(request, { ...asked, environment: request.environment });
  },
};
