import { ts } from 'ts-morph';
import { browserOptions } from '../../src/catalog';
import type { ButtonCall } from './button-call';
import { aroundOf, findUses } from './find-uses';
import { NOT_CALLED, readOptions } from './object-options';
import { aboutSymbol, ruleOfSymbol, type Script } from './script';

/** Lists what does not go over, each option at its own place. */
export function reportOptions(script: Script, { node: call, options }: ButtonCall): void {
  for (const { name, node, place = node } of options.named) {
    const row = browserOptions.find((option) => option.of === 'OffAmazonPayments.Button' && option.name === name);
    if (row?.kind === 'moves') continue;
    const isCode = row?.kind === 'code';
    const message = `${name}: ${row?.because ?? 'renderButton has no such option.'}`;
    script.leaveOpen(
      call,
      place,
      isCode ? 'browser/button-callback' : 'browser/button-option',
      {
        message,
        legacy: { name, operation: `OffAmazonPayments.Button.${name}` },
        replacement: row?.to == null ? null : { name: row.to },
      },
      isCode && !KEPT.includes(name) ? `${message} ${NOT_CALLED}` : message,
    );
  }
}

/** Options whose values stand in the new code. */
export const KEPT = ['color', 'sellerId', 'onError'];

/** The sign-in inside of the button's authorization goes with it: renderButton does it by itself. */
export function reportAuthorize(script: Script, call: ts.Node, authorization: ts.Node): void {
  for (const { symbol, node } of findUses(authorization, script.aliases)) {
    const said = aboutSymbol(symbol);
    // By its last name: a search of the migrated page for the legacy global finds what is left of it, and no comment.
    script.leaveOpen(call, node, ruleOfSymbol(symbol), said, said.message.replace(symbol, said.legacy.name));
    const around = aroundOf(node).parent;
    if (symbol === 'amazon.Login.authorize' && ts.isCallExpression(around)) reportLogin(script, call, around);
  }
}

/** Options of the sign-in that belong into the payload. */
function reportLogin(script: Script, call: ts.Node, login: ts.CallExpression): void {
  for (const { name, node, place = node } of readOptions(login.arguments[0])?.named ?? []) {
    const row = browserOptions.find((option) => option.of === 'authorize' && option.name === name);
    if (row?.kind !== 'decide') continue;
    script.leaveOpen(call, place, 'browser/button-option', {
      message: `${name}: ${row.because}`,
      legacy: { name, operation: `amazon.Login.authorize.${name}` },
      replacement: row.to === null ? null : { name: row.to },
    });
  }
}
