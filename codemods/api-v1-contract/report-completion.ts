import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import { commentAbove } from '../rewriting/comment-above';
import type { FileReport } from './context';

/** Completing takes a method of an SDK or a path; either may be in any language. */
const COMPLETES = /\bcomplete_?checkout_?session\b|\/complete\b/i;

const RULE = 'api-v1-contract/missing-complete';

/** The property that says where Amazon sends the buyer back to. */
function returnUrl(source: ts.SourceFile): ts.Node | undefined {
  let found: ts.Node | undefined;
  walk(source, (node) => {
    const isNamed = ts.isPropertyAssignment(node) && /^['"]?checkoutResultReturnUrl['"]?$/.test(node.name.getText());
    found ??= isNamed ? node : undefined;
  });
  return found;
}

/**
 * Under API version 1 the redirect ended the checkout; under version 2 nothing is charged before Complete Checkout Session
 * (facts: v2-rest.md section 1). Where a project has no such call, a comment says so, since once the fields have their new
 * names nothing else would tell.
 */
export function reportCompletion(reports: readonly FileReport[], texts: readonly string[]): void {
  if (texts.some((text) => COMPLETES.test(text))) return;
  for (const report of reports) {
    for (const { region, source } of report.regions) {
      const node = returnUrl(source);
      if (node === undefined || region.kind === 'attribute') continue;
      const start = region.start + node.getStart();
      const { text } = report.unit;
      if (text.slice(0, start).trimEnd().split('\n').at(-1)?.includes(RULE) === true) return;
      const decision =
        'complete the Checkout Session with the same amount where this URL leads; nothing is charged before.';
      report.add(
        RULE,
        { start, end: start },
        {
          message: 'No code of this project completes a Checkout Session.',
          legacy: { name: 'checkoutResultReturnUrl' },
          replacement: {
            name: 'completeCheckoutSession',
            operation: 'POST /v2/checkoutSessions/{checkoutSessionId}/complete',
          },
          edit: commentAbove(text, start, RULE, decision),
        },
      );
      return;
    }
  }
}
