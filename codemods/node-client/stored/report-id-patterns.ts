import { idPattern } from '../../../src/catalog';
import type { CodemodInput, FindingDraft, PackageInfo, SourceUnit } from '../../codemod';
import { isEmittedFile } from '../../emitted-helper/emitted-files';
import { listedInText } from '../listed-in-text';
import { describeIdPattern, type IdKind } from './id-patterns';
import { packagesAround } from '../packages/packages-around';
import { packageOf } from '../packages/place-helpers';

/** The server of a package calls legacy, or did before an earlier run. */
const CALLS =
  /offAmazonPayments|amazon-pay-async|['"](?:@madisonreed\/)?amazon-payments['"]|['"]amazonpay['"]|amazon-pay-v2['"]|\bAmazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id\b/i;

const IN_V2: Readonly<Record<IdKind, string>> = {
  authorization: 'chargeId',
  several: 'chargeId',
  order: 'chargePermissionId or checkoutSessionId',
};

const everyPattern = new RegExp(idPattern, 'g');
const lineAt = (text: string, at: number): string => {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at) + 1, end === -1 ? text.length : end);
};
const COMMENT = /^\s*(?:\/\/|\/?\*|#)/;

function findIn({ path, text }: SourceUnit): FindingDraft[] {
  return [...text.matchAll(everyPattern)].flatMap((match): FindingDraft[] => {
    const line = lineAt(text, match.index);
    const found = COMMENT.test(line) ? undefined : describeIdPattern(match[0], line);
    if (found === undefined) return [];
    return [
      listedInText(
        path,
        { start: match.index, end: match.index + match[0].length },
        {
          rule: 'node-client/id-pattern',
          confidence: found.kind === 'authorization' ? 'high' : 'medium',
          legacy: { name: found.kind },
          replacement: { name: IN_V2[found.kind] },
          message: `${match[0]} ${found.says}`,
        },
      ),
    ];
  });
}

function concerned(input: CodemodInput): ReadonlySet<PackageInfo> {
  const calling = input.files.filter(({ text }) => CALLS.test(text)).map(({ path }) => packageOf(input, path));
  return packagesAround(calling, input.packages);
}

/**
 * Lists validators and schemas that know what ids of legacy look like: what v2 answers with is refused by them, mostly where
 * it is to be stored, when the money has moved already.
 */
export function reportIdPatterns(input: CodemodInput): FindingDraft[] {
  const holding = input.files.filter(({ path, text }) => idPattern.test(text) && !isEmittedFile(path));
  if (holding.length === 0) return [];
  const packages = concerned(input);
  return holding.filter(({ path }) => packages.has(packageOf(input, path))).flatMap(findIn);
}
