import type { Emulation } from '../emulation';
import { LedgerError } from '../ledger/ledger-error';
import type { Environment } from '../ledger/rows';
import type { Throttle } from '../throttle';
import { answerOnce } from './idempotency';
import type { Call } from './operation';
import { errorReply, toReasonCode, V2Error, type Reply } from './reply';
import { missing, quotaOf, routes, type Route } from './routes';
import { checkSignature, type RegisteredKey, type SignedRequest } from './signature';

export interface V2Context {
  readonly emulation: Emulation;
  readonly keys: ReadonlyMap<string, RegisteredKey>;
  readonly throttle: Throttle;
  readonly realTime: () => number;
  readonly origin: () => string;
}

const PATH = /^(?:\/(sandbox|live))?\/(v\d+)(\/.*)$/;

/** Whether a path belongs to the API of v2. */
export const isV2Path = (path: string): boolean => PATH.test(path);

/** Answers one request to v2. Every refusal is an answer; what is thrown is a defect of the emulator. */
export function answerV2(context: V2Context, request: SignedRequest): Reply {
  try {
    return answer(context, request);
  } catch (error) {
    if (error instanceof V2Error) return errorReply(error.reasonCode, error.message);
    if (error instanceof LedgerError) return errorReply(toReasonCode(error.code), error.message);
    throw error;
  }
}

function answer(context: V2Context, request: SignedRequest): Reply {
  const { emulation, keys, throttle, realTime, origin } = context;
  const [, prefix, version, path = ''] = PATH.exec(request.path) ?? [];
  if (version !== 'v2') throw new V2Error('InvalidAPIVersion', `The version ${version} is not that of this API.`);
  const keyId = checkSignature(request, keys, realTime());
  const environment = environmentOf(keyId, prefix);
  const [route, id] = findRoute(request, path);
  const quota = quotaOf(route.name, environment);
  if (quota !== null && !throttle.admits(`v2:${environment}:${route.name}`, quota, emulation.clock.now()))
    throw new V2Error('TooManyRequests', 'You have sent too many requests.');
  const call = {
    environment,
    id,
    body: readJsonBody(request),
    query: request.query,
    authToken: headerOf(request, 'x-amz-pay-authtoken'),
    simulation: headerOf(request, 'x-amz-pay-simulation-code'),
    origin: origin(),
  };
  return emulation.post((posting) => {
    if (call.authToken !== null && posting.store.get('tokens', call.authToken) === undefined)
      throw new V2Error('InvalidAuthorizationToken', 'The value of the header x-amz-pay-authtoken is not valid.');
    const work = (): Reply => route.operation({ ...call, posting } satisfies Call);
    const key = headerOf(request, 'x-amz-pay-idempotency-key');
    if (request.method !== 'POST') return work();
    if (key !== null) {
      const { method, path: fullPath, body } = request;
      return answerOnce(posting, { key, environment, method, path: fullPath, body }, work);
    }
    if (route.needsKey)
      throw new V2Error('MissingHeader', 'The header x-amz-pay-idempotency-key is missing: this request needs one.');
    return work();
  });
}

/** The key decides when it says where it belongs, else the path (facts: v2-rest.md section 1). */
function environmentOf(keyId: string, prefix: string | undefined): Environment {
  const byKey = /^(live|sandbox)/i.exec(keyId)?.[1]?.toLowerCase();
  if (byKey !== undefined && prefix !== undefined && prefix !== byKey)
    throw new V2Error('InvalidAuthentication', `The public key id is for ${byKey}, and the path for ${prefix}.`);
  const environment = byKey ?? prefix;
  if (environment === undefined)
    throw new V2Error('InvalidHeaderValue', 'The path /v2 needs a public key id that begins with LIVE- or SANDBOX-.');
  return environment === 'live' ? 'live' : 'sandbox';
}

function findRoute({ method, path }: SignedRequest, rest: string): readonly [Route, string] {
  const onPath = routes.flatMap((route) => {
    const match = route.pattern.exec(rest);
    return match === null ? [] : [[route, decode(match[1] ?? '')] as const];
  });
  const found = onPath.find(([route]) => route.method === method);
  if (found !== undefined) return found;
  if (missing.test(rest))
    throw new V2Error('UnsupportedOperation', `This emulator does not have ${method} ${path}; Amazon Pay does.`);
  if (onPath.length > 0) throw new V2Error('RequestNotSupported', `${method} is not supported on ${path}.`);
  throw new V2Error('ResourceNotFound', `The resource ${path} was not found.`);
}

/** An id that cannot be decoded names nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Deeper than any request. What is deeper could not even be written down again. */
const MAX_DEPTH = 50;
const isDeep = (value: unknown, depth = 0): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth > MAX_DEPTH || Object.values(value).some((one) => isDeep(one, depth + 1)));

/** `null` is what the SDK sends when it is given null. */
function readJsonBody({ method, body }: SignedRequest): unknown {
  if (method === 'GET' || body.byteLength === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new V2Error('InvalidRequestFormat', 'The body of the request is not JSON.');
  }
  if (isDeep(value)) throw new V2Error('InvalidRequestFormat', 'The body of the request is nested too deeply.');
  return value ?? {};
}

function headerOf({ headers }: SignedRequest, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(',') : value) ?? null;
}
