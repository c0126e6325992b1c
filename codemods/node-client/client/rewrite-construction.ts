import { ts } from 'ts-morph';
import { indentAt } from '../../rewriting/style';
import { printObject } from '../../v2-request/print-object';
import { settingsOf } from './client-settings';
import { type FileContext, unwrap } from '../context';
import { credentialsOf } from './credentials';
import { isMadeByClass } from './extended-client';
import { type Construction, optionOf, valueOf } from './find-construction';
import { keepComments } from '../calls/keep-comments';
import type { ClientMode } from '../plan-clients';

/** Configuration modules that gain the new keys; the same property is only extended once. */
export type ConfigurationKeys = Map<ts.PropertyAssignment, string>;

/** Replaces the construction of a legacy client; returns the configuration properties that need the new keys beside them. */
export function rewriteConstruction(
  context: FileContext,
  construction: Construction,
  mode: ClientMode,
): ts.PropertyAssignment | undefined {
  const { node } = construction;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(node));
  context.need('withRetry');
  if (mode === 'beside') context.need('besideLegacy');
  context.needsSdk = true;
  const { open } = settingsOf(context, construction, mode, context.rewriter.original.bind(context.rewriter));
  const render = (emit: (node: ts.Node) => string): string => {
    const { properties } = settingsOf(context, construction, mode, emit);
    const { quote, unit, eol } = context.style;
    const settings = printObject({ properties }, { indent, unit, quote, eol });
    const retried = context.nameOf('withRetry');
    // A class of the merchant that hands on what it is made of is one of v2 itself, where nothing of legacy stays.
    const made = mode === 'instead' && isMadeByClass(context, node) ? emit(node.expression) : 'WebStoreClient';
    const client = `${retried}(new ${made}(${settings}))`;
    if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
      const next = `${context.style.semicolons ? ';' : ''}${eol}${indent}`;
      return mode === 'beside'
        ? `${context.rewriter.original(node)}${next}${context.nameOf('besideLegacy')}(this, ${client})`
        : `super(${settings})${next}${retried}(this)`;
    }
    return mode === 'beside'
      ? `${context.nameOf('besideLegacy')}(${context.rewriter.original(node)}, ${client})`
      : client;
  };
  keepComments(context, node, render(context.rewriter.emit));
  context.rewriter.replace(node, render);
  if (open.length > 0) context.todo(node, 'node-client/construction', open.join(' '));
  context.report(node, {
    rule: 'node-client/construction',
    automation: open.length > 0 ? 'assisted' : 'automatic',
    legacy: { name: context.text(node.expression) },
    replacement: { name: 'new WebStoreClient' },
    message:
      mode === 'beside'
        ? 'The legacy client stays for the calls that cannot move yet, and carries the v2 client as checkoutV2.'
        : 'The legacy client becomes a WebStoreClient with a key pair of its own.',
    rewritten: true,
  });
  const options = construction.options === undefined ? undefined : unwrap(construction.options);
  const literal = options !== undefined && ts.isObjectLiteralExpression(options) ? options : undefined;
  if (literal === undefined || optionOf(literal, 'publicKeyId') !== undefined) return undefined;
  const credentials = credentialsOf(
    context,
    valueOf(optionOf(literal, 'mwsAccessKey')) ?? valueOf(optionOf(literal, 'accessKey')),
  );
  return credentials.kind === 'beside-legacy' ? credentials.declaration : undefined;
}
