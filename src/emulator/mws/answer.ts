import { legacyPaths } from '../../catalog/environments';
import { legacyQuotas, type Quota } from '../../catalog/quotas';
import type { Emulation } from '../emulation';
import type { HttpReply, HttpRequest, Part } from '../handle-http';
import { LedgerError } from '../ledger/ledger-error';
import type { Environment } from '../ledger/rows';
import type { RequestLog } from '../request-log';
import type { Throttle } from '../throttle';
import { accountActions } from './account-actions';
import { listActions } from './list-actions';
import { MwsError, toLegacyCode } from './mws-error';
import { orderActions } from './order-actions';
import { Parameters } from './parameters';
import { paymentActions } from './payment-actions';
import type { Action } from './request';
import { checkSignature } from './signature';
import { answerXml, errorXml } from './xml';

export interface MwsContext {
  readonly emulation: Emulation;
  readonly accessKeys: ReadonlyMap<string, string>;
  readonly sellerId: string | null;
  readonly throttle: Throttle;
  readonly realTime: () => number;
  readonly log: RequestLog;
}

const actions: Readonly<Record<string, Action>> = {
  ...orderActions,
  ...paymentActions,
  ...listActions,
  ...accountActions,
};

export function environmentOf(path: string): Environment | null {
  const bare = path.replace(/\/$/, '');
  if (bare === legacyPaths.live) return 'live';
  return bare === legacyPaths.sandbox ? 'sandbox' : null;
}

function quotaOf(action: string, environment: Environment): Quota {
  // One in five minutes, two at most (facts: v2-rest.md section 5).
  if (action === 'GetServiceStatus') return { burst: 2, perSecond: 1 / 300 };
  return legacyQuotas[/^(Get|List)/.test(action) ? 'read' : 'write'][environment];
}

/** Exactly this and no charset: `amazon-payments` takes any other value for plain text. */
const headers = { 'content-type': 'text/xml' };
const refuse = (status: number, code: string, message: string, id: string): HttpReply => ({
  status,
  headers,
  body: errorXml(code, message, id),
});

const NO_ID = '00000000-0000-0000-0000-000000000000';
/** More than any operation has. */
const MAX_PARAMETERS = 1000;

/** The API of legacy as a part of the server. */
export function createMwsPart(context: MwsContext): Part {
  return (request) => {
    const environment = environmentOf(request.path);
    if (environment === null) return null;
    const form = readForm(request);
    const action = form.find(([name]) => name === 'Action')?.[1] ?? null;
    const requestId = context.emulation.ids.uuid();
    const reply = answerMws(context, request, environment, form, requestId);
    context.log.add({
      at: new Date(context.emulation.clock.now()).toISOString(),
      api: 'mws',
      method: request.method,
      path: request.path,
      action,
      headers: request.headers,
      body: request.body.toString('utf8'),
      status: reply.status,
      answer: reply.body,
    });
    return reply;
  };
}

/** The parameters of the query and of the body, as they came. */
const readForm = ({ body, query }: HttpRequest): readonly (readonly [string, string])[] => [
  ...query,
  ...new URLSearchParams(body.toString('utf8')),
];

/** What is wrong with a form before its signature is looked at; which codes MWS has for it is not known. */
function checkForm({ headers }: HttpRequest, form: readonly (readonly [string, string])[]): void {
  const type = headers['content-type'];
  if (type !== undefined && !/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    throw new MwsError('InvalidParameterValue', 'Requests are forms: application/x-www-form-urlencoded.');
  if (form.length > MAX_PARAMETERS) throw new MwsError('InvalidParameterValue', 'The request has too many parameters.');
  const names = new Set<string>();
  for (const [name] of form) {
    if (names.has(name)) throw new MwsError('InvalidParameterValue', `${name.slice(0, 80)} is given twice.`);
    names.add(name);
  }
}

function answerMws(
  context: MwsContext,
  request: HttpRequest,
  environment: Environment,
  form: readonly (readonly [string, string])[],
  requestId: string,
): HttpReply {
  try {
    checkForm(request, form);
    const values = new Map(form);
    const content = perform(context, request, environment, values);
    return { status: 200, headers, body: answerXml(values.get('Action') ?? '', content, requestId) };
  } catch (error) {
    if (error instanceof MwsError) return refuse(error.status, error.code, error.message, requestId);
    if (!(error instanceof LedgerError)) throw error;
    const { code, status, message } = new MwsError(toLegacyCode(error.code), error.message);
    return refuse(status, code, message, requestId);
  }
}

function perform(
  { emulation, accessKeys, sellerId, throttle, realTime }: MwsContext,
  { method, path, headers: { host } }: HttpRequest,
  environment: Environment,
  values: ReadonlyMap<string, string>,
): string | null {
  if (method !== 'POST') throw new MwsError('InvalidParameterValue', 'Requests are sent by POST.');
  checkSignature({ path, host: host ?? '', parameters: values }, accessKeys, realTime());
  const parameters = new Parameters(values);
  const name = parameters.required('Action');
  const seller = parameters.required('SellerId');
  if (sellerId !== null && seller !== sellerId)
    throw new MwsError('UnauthorizedAccess', `The access key may not act for the seller ${seller.slice(0, 40)}.`);
  if (parameters.required('Version') !== '2013-01-01')
    throw new MwsError('InvalidParameterValue', 'The version is 2013-01-01.');
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) throw new MwsError('InvalidParameterValue', `There is no action ${name.slice(0, 60)}.`);
  if (!throttle.admits(`mws:${environment}:${name}`, quotaOf(name, environment), emulation.clock.now()))
    throw new MwsError('RequestThrottled', 'You exceeded your quota of requests. Please retry after some time.');
  return emulation.post((posting) => action({ posting, environment, parameters }));
}

/** The facts do not tell what MWS says to these. */
export const refuseMws = (because: 'too large' | 'too slow'): HttpReply =>
  because === 'too large'
    ? refuse(400, 'InvalidParameterValue', 'The request is too large.', NO_ID)
    : refuse(408, 'RequestTimeout', 'The request did not arrive in time.', NO_ID);
