import { ts } from 'ts-morph';
import { browserOptions } from '../../src/catalog';
import { unwrap } from '../node-client/context';
import { indentAt } from '../rewriting/style';
import { aroundOf, type Use } from './find-uses';
import { reportHeldWidget, reportMethod } from './held-widgets';
import {
  commentsAbove,
  functionText,
  literalOf,
  NOT_CALLED,
  optionOf,
  readOptions,
  type OptionNode,
  type Options,
} from './object-options';
import type { Page } from './page';
import type { Script } from './script';
import { decideRecurring, decideScript, type Project } from './project';
import { unknownOptions } from './unknown-options';

/** Functions of a widget in the order in which legacy called them. */
const CALLBACKS = ['onOrderReferenceCreate', 'onReady', 'onConsent', 'onAddressSelect', 'onPaymentSelect'];
/** Called by the new code too, where a request fails. */
const ON_ERROR = 'onError';
const PARTS: Readonly<Record<string, 'address' | 'payment' | ''>> = {
  'OffAmazonPayments.Widgets.AddressBook': 'address',
  'OffAmazonPayments.Widgets.Wallet': 'payment',
  'OffAmazonPayments.Widgets.Consent': '',
};

interface WidgetCall {
  /** What the new code takes the place of: up to `.bind(…)`, or only `new …(…)` when it is bound elsewhere. */
  readonly node: ts.Node;
  readonly container: ts.Expression | undefined;
  readonly options: Options;
  /** Methods that are called on it before it is bound. */
  readonly methods: readonly ts.PropertyAccessExpression[];
}

function readCall(use: Use): WidgetCall | undefined {
  const { parent } = aroundOf(use.node);
  if (!ts.isNewExpression(parent)) return undefined;
  const options = readOptions(parent.arguments?.[0]) ?? { named: [], spread: [] };
  let node: ts.Node = parent;
  const methods: ts.PropertyAccessExpression[] = [];
  for (;;) {
    const member = aroundOf(node).parent;
    if (!ts.isPropertyAccessExpression(member) || !ts.isCallExpression(member.parent)) break;
    if (member.name.text === 'bind')
      return { node: member.parent, container: member.parent.arguments[0], options, methods };
    if (member.name.text !== 'setPresentmentCurrency') return undefined;
    methods.push(member);
    node = member.parent;
  }
  // Kept in a variable: bound later. Anything else is not known to be bound at all.
  return node === parent ? { node, container: undefined, options, methods } : undefined;
}

/** Options that were read step by step: `options.onReady`. */
function fromSpread(script: Script, { spread, named }: Options): string[] {
  const known = new Set(named.map(({ name }) => name));
  return spread
    .filter((object) => ts.isIdentifier(unwrap(object)) || ts.isPropertyAccessExpression(unwrap(object)))
    .flatMap((object) => {
      const text = script.rewriter.original(object);
      return CALLBACKS.filter((name) => !known.has(name)).map((name) => `${text}.${name}`);
    });
}

function reportOptions(script: Script, symbol: string, { node: call, options }: WidgetCall): void {
  for (const object of options.spread)
    script.leaveOpen(call, object, 'browser/widget-option', {
      message: `${script.text(object)}: ${unknownOptions('widget')}`,
      legacy: { name: script.text(object), operation: symbol },
    });
  for (const { name, node, from, place = node } of options.named) {
    const row = browserOptions.find((option) => option.of === 'widget' && option.name === name);
    if (row?.kind === 'gone') continue;
    const isKept = name === ON_ERROR || CALLBACKS.includes(name);
    const isCode = row?.kind === 'code';
    const message = `${name}: ${row?.because ?? 'there is no widget that takes it.'}`;
    script.leaveOpen(
      call,
      place,
      isCode ? 'browser/widget-callback' : 'browser/widget-option',
      {
        message,
        legacy: { name, operation: `${symbol}.${name}` },
        replacement: row?.to == null ? null : { name: row.to },
      },
      isCode && !isKept ? `${message} ${NOT_CALLED}` : message,
    );
    if (!isKept && from === undefined) script.drop(node);
  }
}

const isReadOnly = (script: Script, options: Options): string | undefined => {
  const literal = literalOf(options, 'displayMode');
  if (literal !== undefined) return /^read$/i.test(literal) ? 'true' : undefined;
  const option = optionOf(options, 'displayMode');
  const text = option?.from ?? (option?.value === undefined ? undefined : script.rewriter.original(option.value));
  return text === undefined ? undefined : `${text} === ${script.style.quote}Read${script.style.quote}`;
};

function decisionOf(part: string, options: Options, project: Project, page: Page): string {
  const kept = options.named.filter(({ name }) => CALLBACKS.includes(name)).map(({ name }) => name);
  const isAgreement = literalOf(options, 'agreementType') === 'BillingAgreement';
  return [
    ...decideScript(project),
    part === ''
      ? 'the buyer consents on the page of Amazon'
      : `this shows the ${part === 'payment' ? 'payment method' : 'shipping address'} of the Checkout Session once the buyer is back; make it look as you like, in your language`,
    ...(kept.length === 0
      ? []
      : [`${kept.join(', ')}: runs once, with the Checkout Session, whose id is another than before`]),
    ...(part === 'payment' ? [] : decideRecurring(project, page, isAgreement)),
  ].join('; ');
}

/** Rewrites a widget to a view of the Checkout Session; false when it cannot be. */
export function rewriteWidget(script: Script, use: Use, project: Project): boolean {
  const part = PARTS[use.symbol];
  const call = readCall(use);
  if (part === undefined || call === undefined) return false;
  const { options } = call;
  const callbacks = CALLBACKS.flatMap((name) => optionOf(options, name) ?? []);
  const onError = optionOf(options, ON_ERROR);
  const kept = [...callbacks, ...(onError === undefined ? [] : [onError])].map(({ node, value }) => value ?? node);
  if (script.hasControlTag(call.node, kept)) return false;
  const isComputed = options.spread.some(
    (object) => !ts.isIdentifier(unwrap(object)) && !ts.isPropertyAccessExpression(unwrap(object)),
  );
  if (isComputed) return false;
  script.reportSymbol(use.node, use.symbol, { rewritten: true });
  script.todo(
    call.node,
    `browser/${part === 'address' ? 'address-book' : part === 'payment' ? 'wallet' : 'consent'}`,
    `${decisionOf(part, options, project, script.page)}.`,
  );
  reportOptions(script, use.symbol, call);
  for (const method of call.methods) reportMethod(script, method, use.symbol);
  reportHeldWidget(script, call.node, use.symbol);
  script.needs.add('showAmazonPaySession');
  const readOnly = isReadOnly(script, options);
  script.rewriter.replace(call.node, (emit) => {
    const q = script.style.quote;
    const list = listOf(script, call.node, callbacks, options, emit);
    const failed = onError === undefined ? undefined : functionText(onError, emit);
    const last = failed === undefined ? [] : [readOnly ?? 'false', failed];
    const more = readOnly === undefined ? last : [readOnly, ...last.slice(1)];
    const show = (container: string): string =>
      `showAmazonPaySession(${[`${q}${part}${q}`, container, list, ...more].join(', ')})`;
    if (call.container !== undefined) return show(emit(call.container));
    const end = script.style.semicolons ? ';' : '';
    return script.style.isModern
      ? `{ bind: (container${script.style.isTyped ? ': any' : ''}) => ${show('container')} }`
      : `{ bind: function (container) { ${show('container')}${end} } }`;
  });
  return true;
}

function listOf(
  script: Script,
  node: ts.Node,
  callbacks: readonly OptionNode[],
  options: Options,
  emit: (node: ts.Node) => string,
): string {
  const { eol, unit } = script.style;
  const texts = callbacks.flatMap((option) => {
    const text = functionText(option, emit);
    return text === undefined ? [] : [`${commentsAbove(option)}${text}`];
  });
  const all = [...texts, ...fromSpread(script, options)];
  if (all.length === 0) return '[]';
  const indent = indentAt(script.page.unit.text, script.rewriter.start(node));
  const lines = all.map((text) => `${indent}${unit}${text}`);
  return `[${eol}${lines.join(`,${eol}`)}${eol}${indent}]`;
}
