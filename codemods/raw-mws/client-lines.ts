import type { FileContext } from '../node-client/context';
import { keyword } from '../node-client/wording';
import type { Decided, MwsEnvironment } from './read-environment';

/** A name for the v2 client that the file has not given to anything. */
export function clientName(text: string): string {
  return (
    ['amazonPay', 'amazonPayClient', 'checkoutV2Client'].find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ??
    'amazonPayCheckoutV2'
  );
}

const isBoolean = (condition: string): boolean => /^!|[!=]==?/.test(condition) && !/&&|\|\|/.test(condition);

function sandboxText(sandbox: Decided<boolean>): string {
  if (typeof sandbox === 'boolean') return String(sandbox);
  const { condition, yes } = sandbox;
  if (!yes) return /[^\w.]/.test(condition) ? `!(${condition})` : `!${condition}`;
  return isBoolean(condition) ? condition : `Boolean(${condition})`;
}

const regionText = (region: MwsEnvironment['region'], quote: string): string =>
  typeof region === 'string'
    ? `${quote}${region}${quote}`
    : `${region.condition} ? ${quote}${region.yes}${quote} : ${quote}${region.no}${quote}`;

/** The v2 client of a file, for the environment that its legacy requests went to. */
export function clientLines(context: FileContext, name: string, { region, sandbox }: MwsEnvironment): string[] {
  const { quote, unit, semicolons } = context.style;
  return [
    '',
    `${keyword(context)} ${name} = ${context.nameOf('withRetry')}(new WebStoreClient({`,
    `${unit}publicKeyId: process.env.AMAZON_PAY_PUBLIC_KEY_ID,`,
    `${unit}privateKey: process.env.AMAZON_PAY_PRIVATE_KEY,`,
    `${unit}region: ${regionText(region, quote)},`,
    `${unit}sandbox: ${sandboxText(sandbox)},`,
    `}))${semicolons ? ';' : ''}`,
  ];
}
