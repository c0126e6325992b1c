import { ts } from 'ts-morph';
import { DISTINCTIVE_ERROR, errorCodes, legacyStateWords, onlyLegacyReasons } from '../../../src/catalog';
import { writtenName } from '../../rewriting/access';
import { type FileContext, walk } from '../context';

const textAt = (node: ts.ObjectLiteralExpression, key: RegExp): string | undefined => {
  const found = node.properties.find((each) => ts.isPropertyAssignment(each) && key.test(writtenName(each.name) ?? ''));
  const value = found !== undefined && ts.isPropertyAssignment(found) ? found.initializer : undefined;
  return value !== undefined && ts.isStringLiteralLike(value) ? value.text : undefined;
};

/** `{ type: 'DuplicateReferenceId' }`: an error of the legacy client that somebody wrote down. */
function errorIn(node: ts.ObjectLiteralExpression): string | undefined {
  const code = textAt(node, /^(?:type|name|code|Code)$/);
  const row = code === undefined ? undefined : errorCodes[code];
  return code !== undefined && row !== undefined && DISTINCTIVE_ERROR.test(code) && !row.v2.includes(code)
    ? code
    : undefined;
}

/** `{ state: 'Declined', reason: 'InvalidPaymentMethod' }`: what a service of the shop makes of a legacy answer. */
function resultIn(node: ts.ObjectLiteralExpression): string | undefined {
  const state = textAt(node, /^\w*(?:state|status)$/i);
  const reason = textAt(node, /reason(?:_?code)?$/i);
  return state !== undefined &&
    reason !== undefined &&
    legacyStateWords.has(state) &&
    onlyLegacyReasons.includes(reason)
    ? reason
    : undefined;
}

/** Listed, or rewritten, by what stands around it; the callback of a rewritten call is code of its own. */
function isWithin({ rewriter, findings }: FileContext, node: ts.Node): boolean {
  const around = ts.findAncestor(node, ts.isFunctionLike) ?? node.getSourceFile();
  if (rewriter.isWithinReplaced(node) && !rewriter.isWithinReplaced(around)) return true;
  const [first, start, end] = [rewriter.start(around), rewriter.start(node), rewriter.end(node)];
  return findings.some((each) => each.start >= first && each.start <= start && each.end >= end);
}

/** `.catch({ type: 'DuplicateReferenceId' }, handler)` of bluebird */
const isFilter = (node: ts.Node): boolean => {
  const { parent } = node;
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.expression.name.text === 'catch' &&
    parent.arguments.length > 1 &&
    parent.arguments.at(-1) !== node
  );
};

/** Lists errors and results in the words of legacy that stand in the code, most often for a stub. */
export function reportErrorStandIns(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isObjectLiteralExpression(node)) return;
    const [code, reason] = [errorIn(node), resultIn(node)];
    if ((code === undefined && reason === undefined) || isWithin(context, node)) return;
    const v2 = code === undefined ? [] : (errorCodes[code]?.v2 ?? []);
    const now = `errors of v2 calls have ${v2.length === 0 ? 'no such code' : v2.join(' or ')}, as reasonCode.`;
    if (code !== undefined && isFilter(node)) {
      context.report(node, {
        rule: 'node-client/error-code',
        automation: 'manual',
        confidence: 'medium',
        legacy: { name: code },
        replacement: { name: v2[0] ?? 'reasonCode' },
        message: `${context.text(node)} catches errors of the legacy client; ${now}`,
        rewritten: false,
      });
      return;
    }
    context.report(node, {
      rule: 'node-client/stand-in',
      automation: 'manual',
      confidence: 'low',
      legacy: { name: code ?? reason ?? '' },
      replacement: { name: code === undefined ? 'statusDetails.reasonCode' : 'reasonCode' },
      message:
        code === undefined
          ? `This gives the reason ${reason ?? ''} as legacy does; where the answer of a rewritten call stands behind it, the words are those of v2 from now on.`
          : `This has the form of an error of the legacy client; ${now}`,
      rewritten: false,
    });
  });
}
