import { ts } from 'ts-morph';
import type { ValueTable } from '../../src/catalog/types';
import { distinctTypes } from '../typed-program/brands';
import { type FileContext, literalText, unwrap, walk } from './context';
import { tableOf, testFor, testText, type ValueTest } from './value-tests';

const EQUALITY = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, { text: '===', negated: false }],
  [ts.SyntaxKind.EqualsEqualsToken, { text: '==', negated: false }],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, { text: '!==', negated: true }],
  [ts.SyntaxKind.ExclamationEqualsToken, { text: '!=', negated: true }],
]);

/** The table whose values an expression holds. */
export function valueTableAt(context: FileContext, node: ts.Node): ValueTable | undefined {
  const type = context.typeOf(node);
  return type?.kind === 'value' && !isMixed(context, node) ? tableOf(type.table) : undefined;
}

/** The states of two kinds of objects meet here: 'Completed' is Captured for one and Refunded for the other. */
const isMixed = (context: FileContext, node: ts.Node): boolean =>
  distinctTypes(context.checker, context.checker.getTypeAtLocation(node)).length > 1;

/** Tests of a state that may be that of either object: only the merchant knows which of them comes here. */
function reportMixed(context: FileContext, node: ts.Node): void {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return;
  const isTest =
    (ts.isBinaryExpression(node.parent) && EQUALITY.has(node.parent.operatorToken.kind)) ||
    (ts.isSwitchStatement(node.parent) && node.parent.expression === node) ||
    (ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node) ||
    (ts.isCallExpression(node.parent) && node.parent.arguments.includes(node));
  if (!isTest || context.typeOf(node)?.kind !== 'value' || !isMixed(context, node)) return;
  context.leaveOpen(node, {
    rule: 'node-client/state-comparison',
    legacy: { name: context.text(node) },
    replacement: null,
    message: `${context.text(node)} is the state of one of two kinds of objects, whose words differ in v2 (a capture is Captured, a refund Refunded): test each with its own words.`,
  });
}

/** `err.type`, `err.name` and `err.code` of the old client are one thing in v2. Undefined: it is no field of an error. */
function errorFieldText(
  context: FileContext,
  node: ts.Expression,
  emit: (node: ts.Node) => string,
): string | undefined {
  const expression = unwrap(node);
  if (!ts.isPropertyAccessExpression(expression) || context.typeOf(expression.expression)?.kind !== 'error')
    return undefined;
  const { text } = expression.name;
  // Errors of both kinds have a type and a name; neither has a code.
  const name = context.keepsLegacy ? (text === 'code' ? 'type' : text) : 'reasonCode';
  return `${emit(expression.expression)}${expression.questionDotToken === undefined ? '.' : '?.'}${name}`;
}

const valueText = (
  context: FileContext,
  node: ts.Expression,
  table: ValueTable,
  emit: (node: ts.Node) => string,
): string => (table.name === 'errorCode' ? errorFieldText(context, node, emit) : undefined) ?? emit(node);

/** What is looked up, where it is a field of an error. */
function replaceErrorField(context: FileContext, node: ts.Expression, table: ValueTable): void {
  const original = (part: ts.Node): string => context.rewriter.original(part);
  if (table.name !== 'errorCode' || errorFieldText(context, node, original) === undefined) return;
  context.rewriter.replace(node, (emit) => errorFieldText(context, node, emit) ?? original(node));
}

/** While some calls stay legacy, an error may carry the legacy code or that of v2; both kinds have it as type and name. */
function testIn(context: FileContext, table: ValueTable, legacy: string): ValueTest {
  const test = testFor(table, legacy);
  if (table.name !== 'errorCode' || !context.keepsLegacy || test.kind !== 'same-field') return test;
  return { ...test, values: [...new Set([legacy, ...test.values])] };
}

/** The statusDetails beside the field: for values that v2 keeps in the other field of it. */
function siblingText(node: ts.Expression, field: string, emit: (node: ts.Node) => string): string | undefined {
  const expression = unwrap(node);
  return ts.isPropertyAccessExpression(expression) ? `${emit(expression.expression)}.${field}` : undefined;
}

const ruleOf = (table: ValueTable): string =>
  table.name === 'errorCode' ? 'node-client/error-code' : 'node-client/state-comparison';

/** The same word in the same place: nothing to change, nothing to say. */
const isUnchanged = (table: ValueTable, legacy: string, test: ValueTest): boolean =>
  test.kind === 'same-field' && table.name !== 'errorCode' && test.values.length === 1 && test.values[0] === legacy;

/** While some calls stay legacy, the legacy code stands among the new ones. */
function describeValues(legacy: string, values: readonly string[]): string {
  const others = values.filter((value) => value !== legacy).map((value) => `'${value}'`);
  return others.length === 0 ? `'${legacy}' keeps its name in v2.` : `'${legacy}' is ${others.join(' or ')} in v2.`;
}

function reportTest(
  context: FileContext,
  node: ts.Node,
  table: ValueTable,
  legacy: string,
  test: ValueTest,
  { extra, isCovered = false }: { readonly extra?: string | undefined; readonly isCovered?: boolean } = {},
): void {
  if (test.kind === 'unknown' || (isUnchanged(table, legacy, test) && extra === undefined)) return;
  const rule = ruleOf(table);
  if (test.kind === 'none') {
    const message = `'${legacy}' has no counterpart in v2: ${test.because}`;
    context.leaveOpen(node, {
      rule,
      legacy: { name: legacy },
      replacement: null,
      message,
    });
    return;
  }
  const ambiguous = test.mapping.precision === 'wider' && legacy !== 'Completed' && !isCovered;
  const decision =
    extra ??
    (ambiguous
      ? `'${legacy}' is not one state in v2. ${test.mapping.because ?? 'Check what this branch is for.'}`
      : undefined);
  const note =
    test.mapping.precision === 'wider' && test.mapping.because !== undefined ? ` ${test.mapping.because}` : '';
  context.report(node, {
    rule,
    automation: decision === undefined ? 'automatic' : 'assisted',
    legacy: { name: legacy },
    replacement: { name: test.values.join(' or ') },
    message: `${describeValues(legacy, test.values)}${note}`,
    rewritten: true,
  });
  if (decision !== undefined) context.todo(node, rule, decision);
}

/** No error of `amazon-payments` has a code (facts: legacy-node-clients.md, errors): the branch has never run. */
function codeDecision(context: FileContext, node: ts.Expression): string | undefined {
  const subject = unwrap(node);
  const isCode =
    ts.isPropertyAccessExpression(subject) &&
    subject.name.text === 'code' &&
    context.typeOf(subject.expression)?.kind === 'error';
  return isCode
    ? 'errors of amazon-payments have type and name and no code, so this test never passed; now it does: decide whether this branch shall run.'
    : undefined;
}

/** A test for "not declined" passes for every other state, and the set of the others is not the same in v2. */
const negativeDecision = (negated: boolean, legacy: string, table: ValueTable): string | undefined =>
  negated && legacy === 'Declined' && table.name !== 'errorCode'
    ? 'everything that is not Declined passes this test, pending and canceled charges too; name the states that mean paid (Captured) or authorized (Authorized).'
    : undefined;

function rewriteComparison(context: FileContext, node: ts.BinaryExpression): void {
  const operator = EQUALITY.get(node.operatorToken.kind);
  if (operator === undefined) return;
  for (const [value, other] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    const table = valueTableAt(context, value);
    const legacy = table === undefined ? undefined : (literalText(context.checker, other) ?? booleanText(other));
    if (table === undefined || legacy === undefined) continue;
    if (table.name === 'softDecline' && booleanText(other) !== undefined) {
      reportSoftDecline(context, node);
      return;
    }
    const test = testIn(context, table, legacy);
    if (test.kind === 'other-field' && siblingText(value, test.field, (child) => child.getText()) === undefined) {
      const because = `it is a ${test.field} in v2, and only the ${table.field} is at hand here.`;
      reportTest(context, node, table, legacy, { kind: 'none', because });
      return;
    }
    reportTest(context, node, table, legacy, test, {
      extra: codeDecision(context, value) ?? negativeDecision(operator.negated, legacy, table),
      isCovered: isAlternative(node, test) || isNarrowed(node),
    });
    if (test.kind !== 'same-field' && test.kind !== 'other-field') return;
    context.rewriter.replace(node, (emit) => {
      const subject =
        test.kind === 'same-field' ? valueText(context, value, table, emit) : siblingText(value, test.field, emit);
      const field = test.kind === 'other-field' ? test.field : table.field;
      const isOptional = field === 'reasonCode' && /\.[cm]?tsx?$/.test(context.file.unit.path);
      return testText(subject ?? emit(value), test.values, { ...operator, quote: context.style.quote, isOptional });
    });
    return;
  }
}

/** `state === 'Completed' || state === 'Closed'`: together they are what the v2 value means. */
function isAlternative(node: ts.BinaryExpression, test: ValueTest): boolean {
  let chain: ts.Node = node;
  while (ts.isBinaryExpression(chain.parent) && chain.parent.operatorToken.kind === ts.SyntaxKind.BarBarToken)
    chain = chain.parent;
  return (
    chain !== node &&
    test.kind === 'same-field' &&
    test.values.includes('Captured') &&
    /['"]Completed['"]/.test(chain.getText())
  );
}

/** `state === 'Closed' && reason === 'MaxCapturesProcessed'`: the reason says which Closed is meant. */
function isNarrowed(node: ts.BinaryExpression): boolean {
  let chain: ts.Node = node;
  while (
    ts.isBinaryExpression(chain.parent) &&
    chain.parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  )
    chain = chain.parent;
  return chain !== node && /['"]MaxCapturesProcessed['"]/.test(chain.getText());
}

const booleanText = (node: ts.Expression): string | undefined =>
  node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword ? node.getText() : undefined;

function reportSoftDecline(context: FileContext, node: ts.Node): void {
  context.leaveOpen(node, {
    rule: 'node-client/state-comparison',
    legacy: { name: 'SoftDecline' },
    replacement: { name: "statusDetails.reasonCode === 'SoftDeclined'" },
    message:
      'SoftDecline is the text "true" or "false" in legacy, so this test never did what it says; compare the reason code with SoftDeclined.',
  });
}

function rewriteSwitch(context: FileContext, node: ts.SwitchStatement): void {
  const table = valueTableAt(context, node.expression);
  if (table === undefined) return;
  const clauses = node.caseBlock.clauses.filter(ts.isCaseClause);
  const taken = new Map<string, ts.CaseClause>();
  const present = new Set(clauses.map((clause) => literalText(context.checker, clause.expression) ?? ''));
  let any = false;
  for (const clause of clauses) {
    const legacy = literalText(context.checker, clause.expression);
    const test = legacy === undefined ? undefined : testIn(context, table, legacy);
    if (legacy === undefined || test === undefined) continue;
    if (
      test.kind === 'other-field' ||
      (test.kind === 'same-field' && test.values.some((value) => conflicts(taken, value, clause)))
    ) {
      const because =
        test.kind === 'other-field'
          ? `it is a ${test.field} in v2, not a ${table.field}.`
          : 'v2 has one value for two branches of this switch.';
      reportTest(context, clause.expression, table, legacy, { kind: 'none', because });
      continue;
    }
    reportTest(context, clause.expression, table, legacy, test, { extra: codeDecision(context, node.expression) });
    if (test.kind !== 'same-field') continue;
    any = true;
    const fresh = test.values.filter(
      (value) => !taken.has(value) && (value === legacy || !isBoth(table, present, value)),
    );
    test.values.forEach((value) => taken.set(value, clause));
    renameCase(context, clause, fresh);
  }
  if (any) replaceErrorField(context, node.expression, table);
}

/** Another branch already answers to this v2 value, and it does something else. */
function conflicts(taken: ReadonlyMap<string, ts.CaseClause>, value: string, clause: ts.CaseClause): boolean {
  const other = taken.get(value);
  if (other === undefined) return false;
  const { clauses } = clause.parent;
  const between = clauses.slice(clauses.indexOf(other), clauses.indexOf(clause));
  return between.some(({ statements }) => statements.length > 0);
}

function renameCase(context: FileContext, clause: ts.CaseClause, values: readonly string[]): void {
  const { quote } = context.style;
  const literals = values.map((value) => `${quote}${value}${quote}`);
  const [first, ...rest] = literals;
  // A label whose value another label of the same branch already has stays, harmlessly, as it was.
  if (first === undefined) return;
  context.rewriter.replace(clause.expression, () => [first, ...rest.map((literal) => `case ${literal}`)].join(': '));
}

interface Membership {
  readonly subject: ts.Expression;
  readonly list: ts.ArrayLiteralExpression;
  readonly table: ValueTable;
}

/** `['Open', 'Closed'].includes(state)`, `indexOf`, and `has` of a written-out Set. */
function asMembership(context: FileContext, node: ts.CallExpression | ts.NewExpression): Membership | undefined {
  const [subject] = node.arguments ?? [];
  const callee = node.expression;
  if (
    subject === undefined ||
    !ts.isPropertyAccessExpression(callee) ||
    !/^(?:includes|indexOf|has)$/.test(callee.name.text)
  )
    return undefined;
  const table = valueTableAt(context, subject);
  const list = table === undefined ? undefined : listOf(context, callee.expression, table);
  return table === undefined || list === undefined ? undefined : { subject, list, table };
}

/** The call looks a value up in a list that is rewritten with it. */
export const isKnownMembership = (context: FileContext, node: ts.CallExpression | ts.NewExpression): boolean =>
  asMembership(context, node) !== undefined;

function rewriteMembership(context: FileContext, node: ts.CallExpression): void {
  const found = asMembership(context, node);
  if (found === undefined) return;
  const { subject, list, table } = found;
  rewriteList(context, list, table);
  replaceErrorField(context, subject, table);
}

/** The code of v2 stands beside that of legacy already. */
const isBoth = (table: ValueTable, present: ReadonlySet<string>, value: string): boolean =>
  table.name === 'errorCode' && present.has(value);

/** The elements of a list of legacy values; what another element already covers goes. */
function rewriteList(context: FileContext, list: ts.ArrayLiteralExpression, table: ValueTable): void {
  const written = new Set<string>();
  const texts = new Map<ts.Expression, string[]>();
  const present = new Set(list.elements.flatMap((item) => (ts.isStringLiteralLike(item) ? [item.text] : [])));
  for (const item of list.elements) {
    const legacy = ts.isStringLiteralLike(item) ? item.text : undefined;
    const test = legacy === undefined ? undefined : testIn(context, table, legacy);
    if (legacy === undefined || test === undefined || test.kind === 'unknown') continue;
    const usable: ValueTest =
      test.kind === 'other-field' ? { kind: 'none', because: `it is a ${test.field} in v2.` } : test;
    const isFresh = (value: string): boolean =>
      !written.has(value) && (value === legacy || !isBoth(table, present, value));
    const fresh = usable.kind === 'same-field' ? usable.values.filter(isFresh) : [];
    // An earlier run put the code of v2 beside it.
    if (
      usable.kind === 'same-field' &&
      table.name === 'errorCode' &&
      usable.values.every((value) => present.has(value))
    )
      continue;
    reportTest(context, item, table, legacy, usable, { isCovered: usable.kind === 'same-field' && fresh.length === 0 });
    if (usable.kind !== 'same-field') continue;
    fresh.forEach((value) => written.add(value));
    texts.set(
      item,
      fresh.map((value) => `${context.style.quote}${value}${context.style.quote}`),
    );
  }
  if (texts.size === 0) return;
  if ([...texts.values()].every(({ length }) => length > 0)) {
    texts.forEach((values, item) => context.rewriter.replace(item, () => values.join(', ')));
    return;
  }
  context.rewriter.replace(
    list,
    (emit) => `[${list.elements.flatMap((item) => texts.get(item) ?? [emit(item)]).join(', ')}]`,
  );
}

/** The array itself, in a Set or not, or the constant of this file that holds it. */
function listOf(context: FileContext, node: ts.Expression, table: ValueTable): ts.ArrayLiteralExpression | undefined {
  const value = literalOf(context, unwrap(node), table);
  const isSet = value !== undefined && ts.isNewExpression(value) && value.expression.getText() === 'Set';
  const list = isSet ? value.arguments?.[0] : value;
  return list !== undefined && ts.isArrayLiteralExpression(list) ? list : undefined;
}

/** `MESSAGES[state]`: the keys of the table are legacy values. */
function rewriteTable(context: FileContext, node: ts.ElementAccessExpression): void {
  const table = valueTableAt(context, node.argumentExpression);
  const object = table === undefined ? undefined : objectOf(context, node.expression, table);
  if (table === undefined || object === undefined) return;
  const written = new Set<string>();
  for (const property of object.properties) {
    if (!ts.isPropertyAssignment(property) || !(ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)))
      continue;
    const legacy = property.name.text;
    const test = testIn(context, table, legacy);
    const clash = test.kind === 'same-field' && test.values.some((value) => written.has(value));
    const usable: ValueTest =
      test.kind === 'other-field'
        ? { kind: 'none', because: `it is a ${test.field} in v2.` }
        : clash
          ? { kind: 'none', because: 'v2 has one value for two entries of this table.' }
          : test;
    reportTest(context, property.name, table, legacy, usable);
    if (usable.kind !== 'same-field') continue;
    usable.values.forEach((value) => written.add(value));
    context.rewriter.replace(property, (emit) =>
      usable.values.map((value) => `${value}: ${emit(property.initializer)}`).join(', '),
    );
  }
  replaceErrorField(context, node.argumentExpression, table);
}

/** An object literal that is a constant of this file. */
function objectOf(
  context: FileContext,
  node: ts.Expression,
  table: ValueTable,
): ts.ObjectLiteralExpression | undefined {
  const value = literalOf(context, unwrap(node), table);
  return value !== undefined && ts.isObjectLiteralExpression(value) ? value : undefined;
}

/** The words stand where the table is looked up, or in a constant of this file that serves nothing else. */
export const isKnownTable = (context: FileContext, node: ts.ElementAccessExpression): boolean => {
  const table = valueTableAt(context, node.argumentExpression);
  return table !== undefined && objectOf(context, node.expression, table) !== undefined;
};

const withoutFreeze = (node: ts.Expression | undefined): ts.Expression | undefined => {
  const value = node === undefined ? undefined : unwrap(node);
  const isFrozen = value !== undefined && ts.isCallExpression(value) && value.expression.getText() === 'Object.freeze';
  return isFrozen ? value.arguments[0] : value;
};

/** The expression that a name stands for, when it may be rewritten: every use of the name is for values of one table. */
function literalOf(context: FileContext, node: ts.Expression, table: ValueTable): ts.Expression | undefined {
  if (!ts.isIdentifier(node)) return withoutFreeze(node);
  const symbol = context.checker.getSymbolAtLocation(node);
  const declaration = symbol?.valueDeclaration;
  if (
    declaration === undefined ||
    !ts.isVariableDeclaration(declaration) ||
    declaration.getSourceFile() !== node.getSourceFile() ||
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0
  )
    return undefined;
  let shared = false;
  walk(context.file.source, (use) => {
    if (!ts.isIdentifier(use) || use.text !== node.text || use === declaration.name) return;
    const same = context.checker.getSymbolAtLocation(use) === symbol || ts.isShorthandPropertyAssignment(use.parent);
    if (same && !servesOnly(context, use, table)) shared = true;
  });
  return shared ? undefined : withoutFreeze(declaration.initializer);
}

/** `TABLE[state]`, `LIST.includes(state)`: words of other objects, or words that were stored, need the list as it is. */
function servesOnly(context: FileContext, use: ts.Identifier, table: ValueTable): boolean {
  let node: ts.Node = use;
  while (ts.isParenthesizedExpression(node.parent) || ts.isNonNullExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (ts.isElementAccessExpression(parent) && parent.expression === node)
    return valueTableAt(context, parent.argumentExpression)?.name === table.name;
  if (!ts.isPropertyAccessExpression(parent) || parent.name === use) return isName(use);
  const call = parent.parent;
  const [subject] = ts.isCallExpression(call) && call.expression === parent ? call.arguments : [];
  return subject !== undefined && valueTableAt(context, subject)?.name === table.name;
}

/** The same word as the name of a property. */
const isName = (use: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(use.parent) && use.parent.name === use) ||
  (ts.isPropertyAssignment(use.parent) && use.parent.name === use);

/** Rewrites every test of a legacy state, reason or error code: comparisons, switches, tables and lists. */
export function rewriteValues(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (ts.isBinaryExpression(node)) rewriteComparison(context, node);
    else if (ts.isSwitchStatement(node)) rewriteSwitch(context, node);
    else if (ts.isCallExpression(node)) rewriteMembership(context, node);
    else if (ts.isElementAccessExpression(node)) rewriteTable(context, node);
    reportMixed(context, node);
  });
}
