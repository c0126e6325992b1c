import type { ScriptStyle } from './script-style';
import { functions } from './emitted-texts';
import { fitCode } from './write-code';

export type EmittedFunction = keyof typeof functions;

/** What the functions call themselves. */
const calls: Partial<Record<EmittedFunction, readonly EmittedFunction[]>> = {
  showAmazonPaySession: ['requestAmazonPay', 'tellAmazonPayFailed'],
  confirmAmazonPaySession: ['tellAmazonPayFailed'],
  requestAmazonPay: ['tellAmazonPayFailed'],
};

/** Functions with those that they call. */
export function withCalled(names: Iterable<EmittedFunction>): EmittedFunction[] {
  const wanted = new Set([...names].flatMap((name) => [name, ...(calls[name] ?? [])]));
  return (Object.keys(functions) as EmittedFunction[]).filter((name) => wanted.has(name));
}

const DEFINITION = new RegExp(`\\bfunction (?:${Object.keys(functions).join('|')})\\(`);

/** Whether a text defines one of the functions. */
export const definesEmitted = (text: string): boolean => DEFINITION.test(text);

export const writeFunction = (name: EmittedFunction, style: ScriptStyle): string =>
  fitCode(functions[name](style), style);

/** What checkout.js defines, as far as rewritten code uses it. */
export const writeDeclaration = (style: ScriptStyle): string =>
  fitCode(
    `declare const amazon: {
  Pay: {
    renderButton(selector: string, options: object): unknown;
    bindChangeAction(selector: string, options: object): void;
    signout(): void;
  };
};`,
    style,
  );
