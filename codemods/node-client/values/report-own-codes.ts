import { ts } from 'ts-morph';
import { errorCodes } from '../../../src/catalog';
import type { SourceUnit } from '../../codemod';
import { constantText } from '../../typed-program/constant-text';
import { type FileContext, unwrap, walk } from '../context';
import { EQUALITY } from './value-places';

/** `class MwsError extends Error { constructor(…) { … this.code = code; } }` */
const OWN_CODE = /\bclass\s+\w+\s+extends\s+\w*Error\b[\s\S]{0,600}?\bthis\.code\s*=(?!=)/;

/** The project makes requests by hand, and errors with a code of what they are answered. */
export const keepsOwnCodes = (files: readonly SourceUnit[]): boolean =>
  files.some(({ text }) => OWN_CODE.test(text) && /mws[\w.-]*\.amazonservices|OffAmazonPayments/.test(text));

/** `e.code` of what may be such an error: errors of the old client have no code. */
export function isOwnCode(context: FileContext, node: ts.Node): boolean {
  if (!context.hasOwnCodes || !ts.isExpression(node)) return false;
  const read = unwrap(node);
  return (
    ts.isPropertyAccessExpression(read) &&
    read.name.text === 'code' &&
    context.typeOf(read.expression)?.kind === 'error'
  );
}

/**
 * Lists tests of a code that only errors of requests by hand have. They stay as they are, and what calls of v2 reject with
 * passes none of them, as little as errors of the old client did.
 */
export function reportOwnCodes(context: FileContext): void {
  if (!context.hasOwnCodes) return;
  walk(context.file.source, (node) => {
    if (!ts.isBinaryExpression(node) || !EQUALITY.has(node.operatorToken.kind)) return;
    const [field, word] = isOwnCode(context, node.left) ? [node.left, node.right] : [node.right, node.left];
    const code = isOwnCode(context, field) ? (constantText(context.checker, word) ?? '') : '';
    const v2 = errorCodes[code]?.v2.map((each) => `'${each}'`).join(' or ') ?? '';
    if (v2 === '') return;
    context.leaveOpen(node, {
      rule: 'node-client/error-code',
      confidence: 'medium',
      legacy: { name: code },
      replacement: { name: v2 },
      message: `${context.text(field)} is '${code}' for errors of your own, of requests that stay MWS; errors of v2 calls have ${v2} as reasonCode, type and name, and no code: test for both where errors of both come here.`,
    });
  });
}
