import { ts } from 'ts-morph';
import { type Access, isAccess } from '../../rewriting/access';
import { type FileContext, unwrap, walk } from '../context';
import { isAlone, isBoundBesides, keyOf, meaningOf, partAt } from './error-parts';
import { isGuard, isKept, meaningAt, standsBeforeThrow } from './error-guards';
import { isSearchedLater } from './report-asked-bodies';
import { isLogged } from '../answers/value-flow';

const RULE = 'node-client/error-code';
const NO_BODY =
  'held the XML of the error; errors of v2 calls have none, their text is the message and their code the reasonCode';

/** Errors of both kinds have a type; only those of v2 have a reasonCode. */
const codeField = (context: FileContext): string => (context.keepsLegacy ? 'type' : 'reasonCode');

/** The error that a chain starts at, without the levels of the XML. */
function errorText(context: FileContext, node: ts.Expression, emit: (node: ts.Node) => string): string {
  const expression = unwrap(node);
  return meaningAt(context, expression) === 'level'
    ? errorText(context, (expression as Access).expression, emit)
    : emit(node);
}

/** What a chain of levels starts at: `body` of `body.ErrorResponse.Error`. */
function rootOf(context: FileContext, node: Access): ts.Expression {
  const object = unwrap(node.expression);
  return meaningAt(context, object) === undefined ? object : rootOf(context, object as Access);
}

const isQuestioned = (context: FileContext, { expression, questionDotToken }: Access): boolean => {
  const inner = unwrap(expression);
  if (meaningAt(context, inner) === 'level') return isQuestioned(context, inner as Access);
  return questionDotToken !== undefined;
};

function leaveBody(context: FileContext, node: ts.Node): void {
  context.leaveOpen(node, {
    rule: RULE,
    legacy: { name: 'error.body' },
    replacement: { name: 'message' },
    message: `${context.text(node)} ${NO_BODY}.`,
  });
}

function rewrite(context: FileContext, node: Access, field: string | undefined, name: string): void {
  context.report(node, {
    rule: RULE,
    automation: 'automatic',
    legacy: { name },
    replacement: { name: field ?? 'the error itself' },
    message: `${context.text(node)} is ${field === undefined ? 'the error itself' : `${field} of the error`} in v2.`,
    rewritten: true,
  });
  const dot = isQuestioned(context, node) ? '?.' : '.';
  context.rewriter.replace(node, (emit) => {
    const error = errorText(context, node.expression, emit);
    return field === undefined ? error : `${error}${dot}${field}`;
  });
}

function rewriteAccess(context: FileContext, node: Access): void {
  const meaning = meaningAt(context, node);
  if (meaning === undefined) return;
  const { parent } = node;
  const isInner = isAccess(parent) && parent.expression === node && meaningAt(context, parent) !== undefined;
  if (isInner) return;
  if (isBoundBesides(context, rootOf(context, node))) leaveBody(context, node);
  else if (meaning === 'code') rewrite(context, node, codeField(context), 'error.body');
  else if (meaning === 'message') rewrite(context, node, 'message', 'error.body');
  else if (meaning === 'requestId' && !context.keepsLegacy) rewrite(context, node, 'requestId', 'error.body');
  else if (meaning === 'level' && isGuard(node)) {
    // Nothing has a body in v2, so that the branch is left out as a whole, and what is in it is listed.
    if (!standsBeforeThrow(context, node)) rewrite(context, node, codeField(context), 'error.body');
  } else if (meaning === 'level' && isKept(node) && !isSearchedLater(context, node.parent as ts.VariableDeclaration))
    rewrite(context, node, undefined, 'error.body');
  else leaveBody(context, node);
}

/** What a pattern binds of the error: `reasonCode: Code`. Undefined where a part of it has no v2 form. */
function boundTexts(
  context: FileContext,
  element: ts.BindingElement,
  emit: (node: ts.Node) => string,
): string[] | undefined {
  const key = element.propertyName ?? element.name;
  const name = ts.isIdentifier(key) || ts.isStringLiteral(key) ? key.text : undefined;
  const meaning = meaningOf(context, element.parent, name);
  if (meaning === 'level') {
    if (!ts.isObjectBindingPattern(element.name)) return undefined;
    const texts = element.name.elements.map((inner) => boundTexts(context, inner, emit));
    return texts.every((each) => each !== undefined) ? texts.flat() : undefined;
  }
  const field = meaning === 'code' ? codeField(context) : meaning === 'message' ? 'message' : undefined;
  if (field === undefined) return undefined;
  const local = emit(element.name);
  const initializer = element.initializer === undefined ? '' : ` = ${emit(element.initializer)}`;
  return [`${local === field ? field : `${field}: ${local}`}${initializer}`];
}

/** `const { body } = err`, `catch ({ body })`: the name stands for the error. */
function rewriteAlone(context: FileContext, element: ts.BindingElement): void {
  context.report(element, {
    rule: RULE,
    automation: 'automatic',
    legacy: { name: 'error.body' },
    replacement: { name: 'the error itself' },
    message: `${context.text(element)} is the error itself in v2.`,
    rewritten: true,
  });
  context.rewriter.replace(element.parent, (emit) => emit(element.name));
}

/** `const { Code, Message } = err.body.ErrorResponse.Error`, `const { body: { ErrorResponse: { Error: { Code } } } } = err` */
function rewritePattern(context: FileContext, pattern: ts.ObjectBindingPattern): void {
  const isInner = ts.isBindingElement(pattern.parent) && partAt(context, pattern.parent.parent) !== undefined;
  if (isInner || partAt(context, pattern) === undefined) return;
  for (const element of pattern.elements) {
    if (meaningOf(context, pattern, keyOf(element)) === undefined) continue;
    if (meaningOf(context, pattern, keyOf(element)) === 'level' && isAlone(element)) {
      rewriteAlone(context, element);
      continue;
    }
    const texts = boundTexts(context, element, (node) => context.rewriter.original(node));
    if (texts === undefined) {
      leaveBody(context, element);
      continue;
    }
    context.report(element, {
      rule: RULE,
      automation: 'automatic',
      legacy: { name: 'error.body' },
      replacement: { name: texts.join(', ') },
      message: `${context.text(element)} is ${texts.join(', ')} of the error in v2.`,
      rewritten: true,
    });
    context.rewriter.replace(element, (emit) => (boundTexts(context, element, emit) ?? []).join(', '));
  }
  const source = ts.isVariableDeclaration(pattern.parent) ? pattern.parent.initializer : undefined;
  if (source !== undefined && meaningAt(context, unwrap(source)) === 'level') {
    const access = unwrap(source) as Access;
    context.rewriter.replace(source, (emit) => errorText(context, access, emit));
  }
}

/** `cb(e)` where e was a part of the XML: whoever gets it now gets the error. */
function reportEscape(context: FileContext, node: ts.Identifier): void {
  const { parent } = node;
  // The type is asked last: it costs more than all else.
  if (!ts.isCallExpression(parent) || !parent.arguments.includes(node) || isLogged(parent)) return;
  if (context.typeOf(node)?.kind === 'errorPart') leaveBody(context, node);
}

/** Rewrites reads of the parsed XML of an error: in v2 the code and the message stand on the error itself. */
export function rewriteErrorBodies(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (isAccess(node)) {
      const isSource = ts.isVariableDeclaration(node.parent) && ts.isObjectBindingPattern(node.parent.name);
      if (!isSource) rewriteAccess(context, node);
    } else if (ts.isObjectBindingPattern(node)) rewritePattern(context, node);
    else if (ts.isIdentifier(node)) reportEscape(context, node);
  });
}
