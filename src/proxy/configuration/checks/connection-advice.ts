/** What keeps a connection from being made, by the code of the error, and what to do about it. */
const advices: readonly (readonly [code: RegExp, advice: (host: string) => string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, (host) => `The name ${host} cannot be looked up here: mend it, or the name service.`],
  [/^ECONNREFUSED$/, (host) => `Nothing listens there, or something in between refuses: allow connections to ${host}.`],
  [
    /TIMEDOUT$|TIMEOUT$|^E(HOST|NET)UNREACH$/,
    (host) => `Nothing answers: allow connections to ${host} (firewall, security group, route).`,
  ],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    (host) => `The connection was ended before an answer: look at what is between here and ${host}.`,
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    (host) => `Renew the certificate of ${host}, or set the clock of this machine.`,
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    (host) => `The certificate is of another name than ${host}: use the name in it, or look at what answers instead.`,
  ],
  [
    /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|^CERT_/,
    (host) =>
      `The certificate of ${host} is of an authority that is not known here: is it one of your own, or does something in between read along?`,
  ],
  [/^(EPROTO|ERR_SSL_)/, (host) => `${host} does not speak TLS there, or none that is safe: look at scheme and port.`],
];

/** The code of an error, or of what caused it. */
export function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown };
  // Errors of this program have codes of their own, in small letters.
  if (typeof code === 'string' && /^[A-Z]\w+$/.test(code)) return code;
  return cause === undefined ? '' : codeOf(cause);
}

/** What to do about a connection that failed; of a failure that is not known nothing is guessed. */
export function adviseOn(error: unknown, host: string): string {
  const code = codeOf(error);
  return advices.find(([pattern]) => pattern.test(code))?.[1](host) ?? `Look at the way to ${host}.`;
}
