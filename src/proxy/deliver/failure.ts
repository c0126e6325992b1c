/** What a failure says about what to do next. */
export interface FailureKind {
  /** `long`: again with growing pauses, for days. `short`: a few times, since it rarely helps. `taken`: never, the handler has it. */
  readonly retry: 'long' | 'short' | 'taken';
  /** Whether it speaks of the target as a whole, so that enough of them open its breaker. */
  readonly isOfTarget: boolean;
  readonly says: string;
}

const ofTarget = { retry: 'long', isOfTarget: true } as const;
const ofMessage = { retry: 'long', isOfTarget: false } as const;
const mistake = { retry: 'short', isOfTarget: false } as const;
const taken = { retry: 'taken', isOfTarget: false } as const;

/** Everything that a delivery can end in but plain success: a closed list, which metrics count by. */
export const failures = {
  dns: { ...ofTarget, says: 'The name of the host was not found.' },
  connect: { ...ofTarget, says: 'No connection: nothing listens there, or nothing answers.' },
  tls: { ...ofTarget, says: 'The certificate of the handler, or its TLS, was not accepted.' },
  timeout: { ...ofTarget, says: 'No whole answer in the time that it has.' },
  reset: { ...ofTarget, says: 'The connection was cut before the answer was whole.' },
  protocol: { ...ofTarget, says: 'What was answered is no HTTP.' },
  throttled: { ...ofTarget, says: 'The handler asks for less (429).' },
  'status-5xx': { ...ofTarget, says: 'The handler failed.' },
  // A mistake of a deployment must not lose money, and is mended in hours, not in days.
  'status-4xx': { ...mistake, says: 'The handler refuses the message.' },
  redirect: { ...mistake, says: 'The handler sends elsewhere; no redirect is followed.' },
  // With a 2xx: the handler has the message, and what it said about it cannot be used.
  'too-large': { ...taken, says: 'Taken, but the answer is larger than what is read of one.' },
  unreadable: { ...taken, says: 'Taken, but the answer is a page or broken JSON.' },
  interrupted: { ...ofMessage, says: 'The proxy ended each time it delivered this message.' },
  'v1-only': { ...ofMessage, says: 'A sweep found it, and the legacy handler, which counts, cannot read it.' },
  unsendable: { ...mistake, says: 'The proxy could not make a request of it.' },
} as const satisfies Readonly<Record<string, FailureKind>>;

export type Failure = keyof typeof failures;
export const failureNames = Object.keys(failures) as readonly Failure[];

/** By the code of the error of the connection, of TLS, or of undici. */
const failuresByCode: readonly (readonly [code: RegExp, failure: Failure])[] = [
  [/^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/, 'dns'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EACCES|ETIMEDOUT)$/, 'connect'],
  [/^UND_ERR_CONNECT_TIMEOUT$/, 'connect'],
  [/^(ERR_TLS_\w+|ERR_SSL_\w+|EPROTO|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/, 'tls'],
  [/^(HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CERTIFICATE_\w+)$/, 'tls'],
  [/^(ABORT_ERR|UND_ERR_ABORTED|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, 'timeout'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_CLOSED|UND_ERR_DESTROYED)$/, 'reset'],
  [/^(HPE_\w+|UND_ERR_\w*MISMATCH|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_\w+)$/, 'protocol'],
  [/^(UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED|ERR_INVALID_\w+)$/, 'unsendable'],
];

const isAborted = (name: unknown): boolean => name === 'TimeoutError' || name === 'AbortError';

/** The codes of an error, of those that it gathers (one for each address of a host), and of its causes. */
function codesOf(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { name, code, errors, cause } = error as Readonly<Record<'name' | 'code' | 'errors' | 'cause', unknown>>;
  return [
    ...(isAborted(name) ? ['ABORT_ERR'] : []),
    // undici gives some of these no code.
    ...(name === 'HTTPParserError' ? ['HPE_UNKNOWN'] : []),
    ...(typeof code === 'string' ? [code] : []),
    ...(Array.isArray(errors) ? errors.flatMap(codesOf) : []),
    ...codesOf(cause),
  ];
}

/** Names what went wrong with a request that got no whole answer. */
export function failureOfError(error: unknown): Failure {
  for (const code of codesOf(error)) {
    const found = failuresByCode.find(([pattern]) => pattern.test(code));
    if (found !== undefined) return found[1];
  }
  return 'reset';
}

/** By status; what is in no row is success. The first row that fits holds. */
const failuresByStatus: readonly (readonly [from: number, to: number, failure: Failure])[] = [
  [100, 199, 'protocol'],
  [300, 399, 'redirect'],
  [408, 408, 'timeout'],
  [425, 425, 'throttled'],
  [429, 429, 'throttled'],
  [400, 499, 'status-4xx'],
  [500, 599, 'status-5xx'],
  [600, 999, 'protocol'],
];

/** Names what a status says, or null for success. */
export const failureOfStatus = (status: number): Failure | null =>
  failuresByStatus.find(([from, to]) => status >= from && status <= to)?.[2] ?? null;

export const kindOf = (failure: Failure): FailureKind => failures[failure];

/** A word that was stored, if it still is one of the list. */
export const isFailure = (word: string): word is Failure => Object.hasOwn(failures, word);
