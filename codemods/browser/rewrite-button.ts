import { ts } from 'ts-morph';
import { browserOptions, scaffoldEndpoints } from '../../src/catalog';
import { unwrap } from '../node-client/context';
import { indentAt } from '../rewriting/style';
import { aroundOf, findUses, type Use } from './find-uses';
import { literalOf, NOT_CALLED, optionOf, readOptions, type Options } from './object-options';
import { aboutSymbol, ruleOfSymbol, type Script } from './page';
import { guessPlacement, type Project } from './project';
import { amazonPay } from './receiver';
import { lostOf } from './lost-code';
import { bindCallback, valuesOfLoop } from './loop-values';
import { isElementLike, selectorOf } from './selector';
import { fitCode, getJson, indentCode } from './write-code';

const RULE = 'browser/button';
/** Words by which the button of a site login is told from one that pays. */
const SIGN_IN = /^(?:LwA|Login)$/;

interface ButtonCall {
  /** What the new code takes the place of. */
  readonly node: ts.Node;
  readonly container: ts.Expression;
  readonly seller: ts.Expression | undefined;
  readonly options: Options;
}

/** `OffAmazonPayments.Button(id, seller, options)`, with or without `new`, and the older `new …Widgets.Button(options).bind(id)`. */
function readCall({ node, symbol }: Use): ButtonCall | undefined {
  const { parent } = aroundOf(node);
  if (!ts.isCallOrNewExpression(parent)) return undefined;
  const [first, second, third] = parent.arguments ?? [];
  if (symbol === 'OffAmazonPayments.Button') {
    const options = readOptions(third);
    return first === undefined || options === undefined
      ? undefined
      : { node: parent, container: first, seller: second, options };
  }
  const bind = aroundOf(parent).parent;
  const call = ts.isPropertyAccessExpression(bind) && bind.name.text === 'bind' ? bind.parent : undefined;
  const options = readOptions(first);
  const container = call !== undefined && ts.isCallExpression(call) ? call.arguments[0] : undefined;
  if (call === undefined || container === undefined || options === undefined) return undefined;
  return { node: call, container, seller: optionOf(options, 'sellerId')?.value, options };
}

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
function languageText(script: Script, value: ts.Expression): string {
  const literal = unwrap(value);
  const text = script.tagBefore(value) + script.rewriter.original(value);
  if (ts.isStringLiteralLike(literal) && !script.parsed.hasTag(script.range(value)) && script.tagBefore(value) === '')
    return text.replace('-', '_');
  const isSimple =
    ts.isIdentifier(literal) || ts.isPropertyAccessExpression(literal) || ts.isStringLiteralLike(literal);
  return `${isSimple ? text : `(${text})`}.replace('-', '_')`;
}

/** Lists what does not go over, each option at its own place. */
function reportOptions(script: Script, { node: call, options }: ButtonCall): void {
  for (const { name, node } of options.named) {
    const row = browserOptions.find((option) => option.of === 'OffAmazonPayments.Button' && option.name === name);
    if (row?.kind === 'moves') continue;
    const isCode = row?.kind === 'code';
    const message = `${name}: ${row?.because ?? 'renderButton has no such option.'}`;
    script.leaveOpen(
      call,
      node,
      isCode ? 'browser/button-callback' : 'browser/button-option',
      {
        message,
        legacy: { name, operation: `OffAmazonPayments.Button.${name}` },
        replacement: row?.to == null ? null : { name: row.to },
      },
      isCode ? `${message} ${NOT_CALLED}` : message,
    );
  }
}

/** Options whose values stand in the new code. */
const KEPT = ['color', 'sellerId'];

/** The sign-in inside of the button's authorization goes with it: renderButton does it by itself. */
function reportAuthorize(script: Script, call: ts.Node, authorization: ts.Node): void {
  for (const { symbol, node } of findUses(authorization, script.aliases)) {
    const said = aboutSymbol(symbol);
    // By its last name: a search of the migrated page for the legacy global finds what is left of it, and no comment.
    script.leaveOpen(call, node, ruleOfSymbol(symbol), said, said.message.replace(symbol, said.legacy.name));
  }
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
  const color = optionOf(options, 'color')?.value;
  const language = optionOf(options, 'language')?.value;
  const config = product.value === 'SignIn' ? 'signInConfig' : 'createCheckoutSessionConfig';
  const authorization = optionOf(options, 'authorization')?.node;
  const isElement = !ts.isStringLiteralLike(unwrap(call.container)) && isElementLike(call.container);
  const isRecurring = project.isRecurring || literalOf(options, 'agreementType') === 'BillingAgreement';
  const decisions = [
    `productType ${product.value} because ${product.because}`,
    `placement ${placement} ${isTold ? 'by the name of the file' : 'because nothing says where the button stands'}`,
    ...(isElement ? ['renderButton takes a selector, so the element needs an id'] : []),
    ...lostOf(script, options),
    ...(isRecurring
      ? ['the signed payload needs chargePermissionType Recurring and a frequency in recurringMetadata']
      : []),
  ];
  for (const { name: option, node } of options.named) if (!KEPT.includes(option)) script.drop(node);
  script.reportSymbol(use.node, use.symbol, { rewritten: true });
  script.todo(call.node, RULE, `${decisions.join('; ')}.`);
  reportOptions(script, call);
  if (authorization !== undefined) reportAuthorize(script, call.node, authorization);
  const name = /\bbutton\b/.test(script.text(call.node)) ? 'amazonPayButton' : 'button';
  script.rewriter.replace(call.node, (emit) => {
    const selector = selectorOf(script, call.container, emit);
    const q = script.style.quote;
    const lines = [
      call.seller === undefined
        ? `merchantId: ${name}.merchantId`
        : `merchantId: ${script.valueText(call.seller, emit)}`,
      ...['publicKeyId', 'ledgerCurrency', 'sandbox'].map((key) => `${key}: ${name}.${key}`),
      ...(language === undefined ? [] : [`checkoutLanguage: ${languageText(script, language)}`]),
      `productType: ${q}${product.value}${q}`,
      `placement: ${q}${placement}${q}`,
      ...(color === undefined ? [] : [`buttonColor: ${script.valueText(color, emit)}`]),
      `${config}: ${name}.${config}`,
    ];
    const usesThis = !script.style.isModern && lines.concat(selector).some((line) => /\bthis\b/.test(line));
    const fixed = valuesOfLoop(script, call.node, lines.concat(selector));
    const body = ['§.renderButton(§, {', ...lines.map(() => '  §,'), '});'].join('\n');
    const code = fitCode(getJson(script.style, `'${scaffoldEndpoints.button.path}'`, name, body), script.style);
    // What the merchant wrote is filled in last, so that it stays as it is.
    const values = [amazonPay(script, use.node), selector, ...lines];
    const filled = code.replace(/§/g, () => values.shift() ?? '');
    const bound = bindCallback(filled, name, usesThis, fixed);
    return indentCode(bound, indentAt(script.page.unit.text, script.rewriter.start(call.node)), script.style);
  });
  return true;
}
