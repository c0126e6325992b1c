import type { FileContext } from '../node-client/context';
import { keyword } from '../node-client/wording';
import type { MwsEnvironment } from './read-environment';

/** A name for the v2 client that the file has not given to anything. */
export function clientName(text: string): string {
  return (
    ['amazonPay', 'amazonPayClient', 'checkoutV2Client'].find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ??
    'amazonPayCheckoutV2'
  );
}

/** The v2 client of a file, for the environment that its legacy requests went to. */
export function clientLines(context: FileContext, name: string, { region, sandbox }: MwsEnvironment): string[] {
  const { quote, unit, semicolons } = context.style;
  return [
    '',
    `${keyword(context)} ${name} = ${context.nameOf('withRetry')}(new WebStoreClient({`,
    `${unit}publicKeyId: process.env.AMAZON_PAY_PUBLIC_KEY_ID,`,
    `${unit}privateKey: process.env.AMAZON_PAY_PRIVATE_KEY,`,
    `${unit}region: ${quote}${region}${quote},`,
    `${unit}sandbox: ${sandbox},`,
    `}))${semicolons ? ';' : ''}`,
  ];
}
