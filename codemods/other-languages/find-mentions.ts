import { isEmitted } from '../php/emitted-files';
import { codeOf } from './code-of';
import type { FileNames } from './names';
import type { Place } from './place';

/** Names that only legacy Amazon Pay has. Names of ids in camelCase are those of v2's delivery trackers as well. */
export const TELLING =
  /(?<![A-Za-z_\\])(?:OffAmazonPayments\w*|amazon_(?:order_reference|billing_agreement|authorization|capture|refund)_id|Amazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id|MWSAuthToken|mws_auth_token|[SsGg]etOrderReferenceDetails|[sg]et_order_reference_details|[Cc]onfirmOrderReference|confirm_order_reference|amazon-pay\.phar)\b/;

/** What speaks of legacy Amazon Pay in a file of which no other rule says anything, by its first word. */
export function findMention(file: FileNames): Place[] {
  // What migrate wrote knows messages of legacy, too.
  if (isEmitted(file.unit.path)) return [];
  const match = TELLING.exec(codeOf(file));
  if (match === null) return [];
  const [name] = match;
  return [
    {
      file,
      node: { start: match.index, end: match.index + name.length },
      rule: 'other-language/mention',
      confidence: 'low',
      legacy: { name },
      replacement: null,
      message: `${name} is a name of legacy Amazon Pay; look whether this file has to change.`,
    },
  ];
}
