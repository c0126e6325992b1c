import { ts } from 'ts-morph';
import { scaffoldEndpoints } from '../../src/catalog';
import { unwrap } from '../node-client/context';
import { indentAt } from '../rewriting/style';
import { readCall, valueOf, type Value } from './button-call';
import type { Use } from './find-uses';
import { reportHeldWidget } from './held-widgets';
import { functionText, literalOf, optionOf, type Options } from './object-options';
import type { Script } from './script';
import { KEPT, reportAuthorize, reportOptions } from './report-button';
import { decideRecurring, decideScript, guessPlacement, type Project } from './project';
import { amazonPay } from './receiver';
import { lostOf } from './lost-code';
import { bindCallback, valuesOfLoop } from './loop-values';
import { isElementLike, selectorOf } from './selector';
import { fitCode, indentCode } from './write-code';

const RULE = 'browser/button';
/** Words by which the button of a site login is told from one that pays. */
const SIGN_IN = /^(?:LwA|Login)$/;

/** Which product the button is for, and what says so. */
function productType(script: Script, options: Options, project: Project): { value: string; because: string } {
  const type = literalOf(options, 'type');
  if (type !== undefined && SIGN_IN.test(type))
    return {
      value: 'SignIn',
      because: `the type was ${type}; the server has to sign signInReturnUrl and storeId for signInConfig`,
    };
  const addressBook = literalOf(options, 'useAmazonAddressBook');
  const authorization = optionOf(options, 'authorization')?.node;
  const scopes = authorization === undefined ? '' : script.rewriter.original(authorization);
  if (addressBook === 'false') return { value: 'PayOnly', because: 'useAmazonAddressBook was false' };
  if (addressBook === 'true') return { value: 'PayAndShip', because: 'useAmazonAddressBook was true' };
  if (/payments:shipping_address/.test(scopes))
    return { value: 'PayAndShip', because: 'its scope asked for the shipping address' };
  if (project.asksForAddress) return { value: 'PayAndShip', because: 'this project asks for a shipping address' };
  if (project.namesScopes)
    return { value: 'PayOnly', because: 'no address book and no scope of this project asks for a shipping address' };
  return { value: 'PayAndShip', because: 'nothing in this project says whether you ship' };
}

/** `en-GB` as a literal, or an expression that makes `en_GB` of it. */
function languageText(script: Script, { value, from }: Value): string {
  if (from !== undefined) return `${from} && ${from}.replace('-', '_')`;
  const literal = unwrap(value);
  const text = script.tagBefore(value) + script.rewriter.original(value);
  if (ts.isStringLiteralLike(literal) && !script.parsed.hasTag(script.range(value)) && script.tagBefore(value) === '')
    return text.replace('-', '_');
  const isSimple =
    ts.isIdentifier(literal) ||
    ts.isPropertyAccessExpression(literal) ||
    ts.isCallExpression(literal) ||
    ts.isStringLiteralLike(literal);
  return `${isSimple ? text : `(${text})`}.replace('-', '_')`;
}

/** Rewrites a button; false when it cannot be. */
export function rewriteButton(script: Script, use: Use, project: Project): boolean {
  const call = readCall(use);
  if (call === undefined || call.options.spread.length > 0 || script.hasControlTag(call.node)) return false;
  const { options } = call;
  if (optionOf(options, 'hostedParametersProvider') !== undefined || literalOf(options, 'type') === 'hostedPayment')
    return false;
  const product = productType(script, options, project);
  const { placement, isTold } = guessPlacement(script.page.unit.path);
  const color = valueOf(options, 'color');
  const language = valueOf(options, 'language');
  const config = product.value === 'SignIn' ? 'signInConfig' : 'createCheckoutSessionConfig';
  const authorization = optionOf(options, 'authorization');
  const isElement = !ts.isStringLiteralLike(unwrap(call.container)) && isElementLike(call.container);
  const isAgreement = literalOf(options, 'agreementType') === 'BillingAgreement';
  const decisions = [
    `productType ${product.value} because ${product.because}`,
    `placement ${placement} ${isTold ? 'by the name of the file' : 'because nothing says where the button stands'}`,
    ...(isElement ? ['renderButton takes a selector, so the element needs an id'] : []),
    ...decideScript(project),
    ...lostOf(script, options),
    ...decideRecurring(project, script.page, isAgreement),
  ];
  for (const { name: option, node, from } of options.named)
    if (from === undefined && !KEPT.includes(option)) script.drop(node);
  script.reportSymbol(use.node, use.symbol, { rewritten: true });
  script.todo(call.node, RULE, `${decisions.join('; ')}.`);
  reportOptions(script, call);
  // Built elsewhere, it stays where it is, and its sign-in is listed there.
  if (authorization !== undefined && authorization.from === undefined)
    reportAuthorize(script, call.node, authorization.node);
  reportHeldWidget(script, call.node, use.symbol);
  const onError = optionOf(options, 'onError');
  script.needs.add('requestAmazonPay');
  const nameFor = (name: string, other: string): string =>
    new RegExp(`\\b${name}\\b`).test(script.text(call.node)) ? other : name;
  const name = nameFor('button', 'amazonPayButton');
  script.rewriter.replace(call.node, (emit) => {
    const selector = selectorOf(script, call.container, emit);
    const isPlain = /^(["'])[^"'{}<>]*\1$/.test(selector);
    const target = isPlain ? selector : nameFor('selector', 'amazonPaySelector');
    const q = script.style.quote;
    const textOf = ({ value, from }: Value): string => from ?? script.valueText(value, emit);
    const lines = [
      call.seller === undefined ? `merchantId: ${name}.merchantId` : `merchantId: ${textOf(call.seller)}`,
      ...['publicKeyId', 'ledgerCurrency', 'sandbox'].map((key) => `${key}: ${name}.${key}`),
      ...(language === undefined ? [] : [`checkoutLanguage: ${languageText(script, language)}`]),
      `productType: ${q}${product.value}${q}`,
      `placement: ${q}${placement}${q}`,
      ...(color === undefined ? [] : [`buttonColor: ${textOf(color)}`]),
      `${config}: ${name}.${config}`,
    ];
    const usesThis = !script.style.isModern && lines.some((line) => /\bthis\b/.test(line));
    const fixed = valuesOfLoop(script, call.node, lines);
    const parameters = [name, ...(isPlain ? [] : [target])].map((one) => `${one}⟨: any⟩`).join(', ');
    const body = [`(${parameters}) => {`, '  §.renderButton(§, {', ...lines.map(() => '    §,'), '  });', '}'].join(
      '\n',
    );
    const draw = bindCallback(fitCode(body, script.style), usesThis, fixed);
    const failed = onError === undefined ? undefined : functionText(onError, emit);
    const given = [draw, ...(failed === undefined ? [] : ['§'])].join(', ');
    const code = `requestAmazonPay(${q}${scaffoldEndpoints.button.path}${q}, §, ${given})`;
    // What the merchant wrote is filled in last, so that it stays as it is.
    const values = [selector, amazonPay(script, use.node), target, ...lines, failed];
    const indent = indentAt(script.page.unit.text, script.rewriter.start(call.node));
    return indentCode(code, indent, script.style).replace(/§/g, () => values.shift() ?? '');
  });
  return true;
}
