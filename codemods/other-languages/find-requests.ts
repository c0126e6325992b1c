import { operations } from '../../src/catalog';
import { speaksMws } from '../raw-mws/evidence';
import { describeOperation, replacementOf } from './describe-v2';
import { codeOf } from './code-of';
import type { FileNames, TextSite } from './names';
import type { Place } from './place';

/** `Capture` is a word of other things too; `GetCaptureDetails` is not. */
const isUnmistakable = (text: string): boolean => operations[text] !== undefined && /[a-z][A-Z]/.test(text);
const ID = /\bAmazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id\b|\bMWSAuthToken\b/;
const ADDRESS = /OffAmazonPayments(?:_Sandbox)?\/|^(?:https:\/\/)?mws(?:-eu)?\.amazonservices\.(?:com|jp)/;

/** The operation that a text makes a request for. */
function operationOf({ text, key }: TextSite, speaks: boolean): string | undefined {
  // `call(action='Capture')`
  if (key === 'Action' || (speaks && key?.toLowerCase() === 'action')) return operations[text]?.name;
  const named = /(?:^|[?&\s])Action=([A-Za-z]+)/.exec(text)?.[1];
  if (named !== undefined) return operations[named]?.name;
  return speaks && isUnmistakable(text) ? text : undefined;
}

/** Requests to MWS OffAmazonPayments that are made by hand. */
export function findRequests(file: FileNames): Place[] {
  const code = codeOf(file);
  const speaks = speaksMws(code);
  if (!speaks && !ID.test(code)) return [];
  return file.texts.flatMap((site): Place[] => {
    const operation = operationOf(site, speaks);
    const base = { file, node: site.node, rule: 'other-language/request' } as const;
    if (operation !== undefined) {
      const replacement = replacementOf(file.language, operation);
      const message = `MWS ${operation} is requested by hand.`;
      return [
        {
          ...base,
          confidence: speaks ? 'high' : 'medium',
          legacy: { name: `MWS ${operation}`, operation },
          replacement,
          message:
            replacement === null ? `${message} v2 has no counterpart.` : `${message} In v2: ${replacement.name}.`,
          guidance: describeOperation(file.language, operation),
          docs: operations[operation]?.docs ?? '',
        },
      ];
    }
    const isAddress = ADDRESS.test(site.text);
    if (!speaks || !(isAddress || site.text === 'HmacSHA256')) return [];
    const name = isAddress ? site.text : 'signature version 2';
    return [
      {
        ...base,
        confidence: 'high',
        legacy: { name },
        replacement: file.language.v2 === null ? null : { name: file.language.v2.client },
        message: isAddress
          ? `${name} is an address of legacy MWS.`
          : 'A request to MWS is signed by hand; v2 signs with a key pair, in another way.',
        guidance: file.language.v2?.install ?? file.language.withoutSdk ?? '',
        effortMinutes: 15,
      },
    ];
  });
}
