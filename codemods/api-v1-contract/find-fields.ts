import { ts } from 'ts-morph';
import { movedFields, renamedFields, type RenamedField } from '../../src/catalog';
import { walk } from '../node-client/context';

/** A place where a field of API version 1 is named. Offsets are those of the region. */
export interface FieldUse {
  /** What a new text takes the place of. */
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** The path of API version 2. */
  readonly to: string;
  /** The new text; undefined where it is not certain that this is the field of Amazon Pay. */
  readonly text: string | undefined;
  readonly rule: 'field' | 'charge-amount-limit' | 'billing-address';
  /** The statement above which what is open is written down. */
  readonly statement: ts.Node;
}

const byName = new Map(renamedFields.map((field) => [field.name, field]));

const memberName = (node: ts.Node | undefined): string | undefined => {
  if (node === undefined) return undefined;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return node.argumentExpression.text;
  return undefined;
};

const propertyName = (node: ts.Node): string | undefined => {
  const isNamed = ts.isObjectLiteralElementLike(node) || ts.isTypeElement(node) || ts.isBindingElement(node);
  const name = isNamed ? (ts.isBindingElement(node) ? (node.propertyName ?? node.name) : node.name) : undefined;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined;
};

const namesIn = (node: ts.Node | undefined): string[] => {
  if (node === undefined) return [];
  const children = ts.isObjectLiteralExpression(node)
    ? node.properties
    : ts.isTypeLiteralNode(node) || ts.isInterfaceDeclaration(node)
      ? node.members
      : ts.isObjectBindingPattern(node)
        ? node.elements
        : [];
  return children.flatMap((child) => propertyName(child) ?? []);
};

/** What is read of the field here, and what stands next to it. */
function neighbours(node: ts.Node): string[] {
  const { parent } = node;
  const read = memberName(parent) ?? '';
  if (ts.isPropertyAssignment(node) || ts.isPropertySignature(node)) {
    const value = ts.isPropertyAssignment(node) ? node.initializer : node.type;
    return [...namesIn(value), ...namesIn(parent)];
  }
  if (ts.isShorthandPropertyAssignment(node)) return namesIn(parent);
  if (ts.isBindingElement(node)) {
    const inner = ts.isObjectBindingPattern(node.name) ? namesIn(node.name) : readsOf(node.name);
    return [...inner, ...namesIn(parent)];
  }
  if (ts.isVariableDeclaration(parent) && parent.initializer === node)
    return ts.isObjectBindingPattern(parent.name) ? namesIn(parent.name) : readsOf(parent.name);
  if (ts.isBinaryExpression(parent) && parent.left === node) return namesIn(parent.right);
  return [read];
}

/** Members that are read of a variable anywhere in the file. */
function readsOf(name: ts.BindingName): string[] {
  if (!ts.isIdentifier(name)) return [];
  const found: string[] = [];
  walk(name.getSourceFile(), (node) => {
    const member = memberName(node);
    const isRead =
      member !== undefined &&
      (node as ts.PropertyAccessExpression | ts.ElementAccessExpression).expression.getText() === name.text;
    if (isRead) found.push(member);
  });
  return found;
}

const isCertain = (field: RenamedField, node: ts.Node): boolean =>
  field.with === undefined || neighbours(node).some((name) => field.with?.includes(name));

const quoteLike = (node: ts.StringLiteralLike, text: string): string => {
  const quote = node.getText()[0] ?? "'";
  return `${quote}${text}${quote}`;
};

/** The node that holds the name, and the node that stands for the field. */
function namedBy(
  node: ts.Node,
): { readonly label: ts.Node; readonly name: string; readonly text: (to: string) => string } | undefined {
  if (ts.isPropertyAccessExpression(node)) return { label: node.name, name: node.name.text, text: (to) => to };
  if (ts.isElementAccessExpression(node)) {
    const { argumentExpression: key } = node;
    return ts.isStringLiteralLike(key) ? { label: key, name: key.text, text: (to) => quoteLike(key, to) } : undefined;
  }
  if (ts.isShorthandPropertyAssignment(node))
    return { label: node.name, name: node.name.text, text: (to) => `${to}: ${node.name.text}` };
  if (ts.isBindingElement(node)) {
    const { propertyName: key, name } = node;
    if (key !== undefined && (ts.isIdentifier(key) || ts.isStringLiteralLike(key)))
      return { label: key, name: key.text, text: (to) => (ts.isIdentifier(key) ? to : quoteLike(key, to)) };
    const isTaken =
      key === undefined && ts.isIdentifier(name) && ts.isObjectBindingPattern(node.parent) && !node.dotDotDotToken;
    return isTaken ? { label: name, name: name.text, text: (to) => `${to}: ${name.text}` } : undefined;
  }
  const key = ts.isPropertyAssignment(node) || ts.isPropertySignature(node) ? node.name : undefined;
  if (key === undefined || !(ts.isIdentifier(key) || ts.isStringLiteralLike(key))) return undefined;
  return { label: key, name: key.text, text: (to) => (ts.isIdentifier(key) ? to : quoteLike(key, to)) };
}

/** `x.paymentPreferences[0].billingAddress`: the part between x and billingAddress. */
function billingAddress(node: ts.Node): FieldUse | undefined {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'billingAddress') return undefined;
  const preference = node.expression;
  if (!ts.isElementAccessExpression(preference)) return undefined;
  const list = preference.expression;
  const name = 'paymentPreferences[].billingAddress';
  const base = { end: node.getEnd(), name, to: 'billingAddress', rule: 'billing-address' as const };
  if (ts.isIdentifier(list) && list.text === 'paymentPreferences')
    return { ...base, start: node.getStart(), text: undefined, statement: statementOf(node) };
  if (!ts.isPropertyAccessExpression(list) || list.name.text !== 'paymentPreferences') return undefined;
  const dot = list.questionDotToken === undefined ? '.' : '?.';
  return { ...base, start: list.expression.getEnd(), text: `${dot}billingAddress`, statement: statementOf(node) };
}

export function statementOf(node: ts.Node): ts.Node {
  let current = node;
  while (!ts.isStatement(current) && !ts.isSourceFile(current.parent)) current = current.parent;
  return current;
}

/** Every field of API version 1 that a script names. */
export function findFields(source: ts.SourceFile): FieldUse[] {
  const uses: FieldUse[] = [];
  walk(source, (node) => {
    const moved = billingAddress(node);
    if (moved !== undefined) uses.push(moved);
    const named = namedBy(node);
    if (named === undefined) return;
    const place = {
      start: named.label.getStart(),
      end: named.label.getEnd(),
      name: named.name,
      statement: statementOf(node),
    };
    const field = byName.get(named.name);
    if (field !== undefined) {
      const text = isCertain(field, node) ? named.text(field.to) : undefined;
      uses.push({ ...place, to: field.to, text, rule: 'field' });
    } else if (named.name === 'chargeAmountLimit') {
      const to = movedFields.chargeAmountLimit;
      const text = ts.isPropertyAccessExpression(node) ? to : undefined;
      uses.push({ ...place, to, text, rule: 'charge-amount-limit' });
    }
  });
  return uses;
}
