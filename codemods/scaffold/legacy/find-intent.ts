import type { SourceUnit } from '../../codemod';
import { placeOf, type Guess } from './guess';

export type PaymentIntent = 'Authorize' | 'AuthorizeWithCapture';

/** `CaptureNow: true`, `'capture_now' => true`, `setCaptureNow(true)`, in any language. */
const CAPTURE_NOW =
  /\bset_?capture_?now\s*\(\s*['"]?(true|1|false|0)\b|capture_?now['"]?\s*(?:=>|[:=,])\s*['"]?(true|1|false|0)\b/gi;
/** Parameters that only these requests have, whatever the client and the language. */
const AUTHORIZES = /authorization_?reference_?id/gi;
const CAPTURES = /capture_?reference_?id/gi;
/** Where the next function or route begins: what comes behind it is another request. */
const NEXT_FUNCTION =
  /^[ \t]*(?:(?:export|default|public|private|protected|static|async|final)\s+)*(?:function\s+\w+|def\s+\w+|func\s+\w+|(?!(?:if|for|while|switch|catch|function)\b)\w+\s*\([^()]*\)\s*(?::\s*\w+\s*)?\{[ \t]*$)|^[ \t]*\w+\.(?:get|post|put|all|use|route)\(\s*['"`]/m;
/** Characters in which the capture follows that belongs to an authorization. */
const NEAR = 4_000;

/** A capture that comes in the same function as an authorization: money was taken in the moment of the order. */
function capturesAtOnce(unit: SourceUnit): string | undefined {
  for (const { index } of unit.text.matchAll(AUTHORIZES)) {
    const after = unit.text.slice(index, index + NEAR);
    const capture = after.search(new RegExp(CAPTURES.source, 'i'));
    if (capture !== -1 && !NEXT_FUNCTION.test(after.slice(0, capture))) return placeOf(unit, index + capture);
  }
  return undefined;
}

/** When the legacy checkout took the money, as far as its requests say it. */
export function findIntent(files: readonly SourceUnit[]): Guess<PaymentIntent> {
  const now: string[] = [];
  const later: string[] = [];
  const authorizations: string[] = [];
  for (const unit of files) {
    for (const match of unit.text.matchAll(CAPTURE_NOW)) {
      const isNow = /true|1/i.test(match[1] ?? match[2] ?? '');
      (isNow ? now : later).push(`${placeOf(unit, match.index)} says CaptureNow ${isNow}`);
    }
    const captured = capturesAtOnce(unit);
    if (captured !== undefined) now.push(`${captured} captures right after the authorization`);
    const first = unit.text.search(new RegExp(AUTHORIZES.source, 'i'));
    if (first !== -1) authorizations.push(placeOf(unit, first));
  }
  if (now[0] !== undefined && later[0] !== undefined)
    return { value: 'Authorize', because: `${now[0]}, but ${later[0]}: decide which holds here` };
  if (now[0] !== undefined) return { value: 'AuthorizeWithCapture', because: now[0] };
  const [authorization] = authorizations;
  if (later[0] !== undefined) return { value: 'Authorize', because: later[0] };
  return {
    value: 'Authorize',
    because: authorization === undefined ? undefined : `${authorization} authorizes, and nothing there captures`,
  };
}
