import { ts } from 'ts-morph';
import { browserSymbols } from '../../src/catalog';
import { walk } from '../node-client/context';
import { aroundOf, findUses, type Use } from './find-uses';
import { readOptions } from './object-options';
import { aboutSymbol, type Script } from './script';
import type { Project } from './project';
import { isLoadedTest } from './receiver';
import { rewriteButton } from './rewrite-button';
import { removeSetup, rewriteLogout } from './rewrite-login';
import { rewriteReady } from './rewrite-ready';
import { rewriteWidget } from './rewrite-widget';
import { aboutUnknownOptions } from './unknown-options';

/** How each rule of the catalog rewrites a use; false when it has to be listed. */
const rewriters: Readonly<Record<string, (script: Script, use: Use, project: Project) => boolean>> = {
  'browser/button': rewriteButton,
  'browser/address-book': rewriteWidget,
  'browser/wallet': rewriteWidget,
  'browser/consent': rewriteWidget,
  'browser/confirmation-flow': rewriteConfirmation,
  'browser/ready-callback': rewriteReady,
  'browser/login-setup': removeSetup,
};

/** `initConfirmationFlow(seller, id, callback)` becomes `confirmAmazonPaySession(callback)`: the callback stays as it is. */
function rewriteConfirmation(script: Script, use: Use): boolean {
  const call = aroundOf(use.node).parent;
  const callback = ts.isCallExpression(call) ? call.arguments[2] : undefined;
  if (callback === undefined || script.hasControlTag(call, [callback])) return false;
  script.needs.add('confirmAmazonPaySession');
  script.reportSymbol(use.node, use.symbol, { rewritten: true });
  script.todo(
    call,
    'browser/confirmation-flow',
    'what this function asks of the server no longer confirms the order; success sends the buyer to Amazon, and the order is paid only once the server has completed the Checkout Session on the way back.',
  );
  script.rewriter.replace(call, (emit) => `confirmAmazonPaySession(${emit(callback)})`);
  return true;
}

/** `if (window.OffAmazonPayments)` asks for amazon.Pay instead: the legacy global will never be there. */
function rewriteTest(script: Script, use: Use): boolean {
  if (!script.isEditable) return false;
  const { parent, child } = aroundOf(use.node);
  const isAlone = (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && child === use.node;
  script.rewriter.replace(use.node, () => isLoadedTest(script, use.node, isAlone));
  script.reportSymbol(use.node, use.symbol, { rule: 'browser/loaded-check', rewritten: true });
  return true;
}

/** `'OffAmazonPayments' in window` */
function rewriteInTests(script: Script): void {
  walk(script.source, (node) => {
    const isIn = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword;
    if (!isIn || !ts.isStringLiteralLike(node.left) || node.left.text !== 'OffAmazonPayments') return;
    if (script.isEditable) script.rewriter.replace(node, () => `!!${isLoadedTest(script, node.right, false)}`);
    script.reportSymbol(node, 'OffAmazonPayments', { rule: 'browser/loaded-check', rewritten: script.isEditable });
  });
}

function isExpress(use: Use): boolean {
  const call = aroundOf(use.node).parent;
  const options = ts.isCallOrNewExpression(call) ? readOptions(call.arguments?.[2]) : undefined;
  return options?.named.some(({ name }) => name === 'hostedParametersProvider') === true;
}

/** A rule for a use that is not a call of the symbol. */
function ruleOf(use: Use): string {
  if (use.kind === 'assign' && /^(?:OffAmazonPayments|amazon\.Login)/.test(use.symbol)) return 'browser/stand-in';
  if (use.kind === 'test') return 'browser/loaded-check';
  if (use.kind === 'read' || use.kind === 'alias')
    return use.symbol.startsWith('on') ? 'browser/ready-callback' : 'browser/global';
  if (use.symbol === 'OffAmazonPayments.Button' && isExpress(use)) return 'browser/express-button';
  return browserSymbols[use.symbol]?.rule ?? 'browser/global';
}

function rewriteUse(script: Script, use: Use, project: Project): boolean {
  if (use.symbol === 'amazon.Login.logout') return rewriteLogout(script, use);
  if (!script.isEditable || use.isGuessed) return false;
  if (use.kind === 'test') return rewriteTest(script, use);
  const isDeleted = ts.isDeleteExpression(aroundOf(use.node).parent);
  if (use.kind !== 'call' && use.kind !== 'new' && use.kind !== 'assign' && !isDeleted) return false;
  return rewriters[browserSymbols[use.symbol]?.rule ?? '']?.(script, use, project) ?? false;
}

/** Methods of the legacy objects that callbacks got, and what takes their place on a Checkout Session. */
function rewriteSessionReads(script: Script): void {
  if (!script.needs.has('showAmazonPaySession')) return;
  walk(script.source, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || script.isDropped(node)) return;
    const { expression, name } = node.expression;
    if (/^getAmazon(?:OrderReference|BillingAgreement)Id$/.test(name.text))
      script.rewriter.replace(node, (emit) => `${emit(expression)}.checkoutSessionId`);
    else if (name.text === 'getConsentStatus')
      script.rewriter.replace(node, () => `${script.style.quote}true${script.style.quote}`);
  });
}

/** Rewrites the uses of the legacy globals in a script, and lists the others. Aliases are judged once all others are. */
export function rewriteUses(script: Script, project: Project): void {
  rewriteInTests(script);
  for (const use of findUses(script.source, script.aliases)) {
    if (use.kind === 'alias' || script.isDropped(use.node) || script.rewriter.isReplaced(use.node)) continue;
    if (rewriteUse(script, use, project)) continue;
    const unknown = aboutUnknownOptions(script, use);
    script.reportSymbol(use.node, use.symbol, {
      rule: ruleOf(use),
      ...(unknown === '' ? {} : { message: `${aboutSymbol(use.symbol).message}${unknown}` }),
      ...(use.isGuessed ? { confidence: 'medium' as const } : {}),
    });
  }
  rewriteSessionReads(script);
}
