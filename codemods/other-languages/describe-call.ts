import { operations } from '../../src/catalog';
import { describeOperation, replacementOf } from './describe-v2';
import type { LegacyCall } from './legacy-call';
import type { Place } from './place';
import { textOf } from './names';

/** Operations whose helper of the SDK does more than one thing. */
const HELPERS: Readonly<Record<string, string>> = {
  charge:
    'It confirms, authorizes and captures in one call. A renewal of a confirmed agreement is one Create Charge; a first payment is a Checkout Session with paymentIntent AuthorizeWithCapture, which Complete Checkout Session ends.',
  getuserinfo:
    'Get Buyer takes the buyerToken of v2, which is another one than the access token; user_id becomes buyerId.',
  getloginprofile:
    'Get Buyer takes the buyerToken of v2, which is another one than the access token; user_id becomes buyerId.',
  getprofile:
    'Get Buyer takes the buyerToken of v2, which is another one than the access token; user_id becomes buyerId.',
  verifyipnrequest:
    'Verify the SNS signature with the certificate of Amazon, then GET the object that the message names; never act on the state in a message.',
  post: 'It sends any operation; the v2 request is another one for each.',
};

export function describeLegacyCall(call: LegacyCall): Place {
  const { file, node, method, operation, confidence, because } = call;
  const { language } = file;
  const name = method ?? textOf(file.unit, node).split('\n')[0] ?? '';
  const rule = /IPN/.test(name) ? 'other-language/ipn-handler' : 'other-language/operation';
  const base = { file, node, rule, confidence } as const;
  const row = operation === null ? undefined : operations[operation];
  if (operation === null || row === undefined) {
    const help = HELPERS[name.replace(/_/g, '').toLowerCase()];
    return {
      ...base,
      legacy: { name },
      replacement: null,
      message:
        help === undefined
          ? `${name} calls an operation that is computed (${because}): it is listed, not guessed.`
          : `${name} is a helper of the legacy SDK (${because}); v2 has no such method.`,
      ...(help === undefined ? {} : { guidance: help }),
    };
  }
  const replacement = replacementOf(language, operation);
  return {
    ...base,
    legacy: { name, operation },
    replacement,
    message:
      replacement === null
        ? `${name} is ${operation} of MWS (${because}); v2 has no counterpart.`
        : `${name} is ${operation} of MWS (${because}); in v2: ${replacement.name}.`,
    guidance: describeOperation(language, operation),
    docs: row.docs,
    effortMinutes: language.v2 === null ? row.effortMinutes * 2 : row.effortMinutes,
  };
}
