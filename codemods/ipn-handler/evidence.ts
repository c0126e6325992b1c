import { ts } from 'ts-morph';
import { type FileContext, walk } from '../node-client/context';
import { type Access, accessedName, isAccess } from '../rewriting/access';
import { type AnyFunction, callAt, exportedNameOf, isFunction, usesOf } from './functions';

/** What code reads of a parsed message: other topics of SNS arrive at the same routes, and parse in the same words. */
export interface Evidence {
  /** Something that only a legacy notification has is read. */
  readonly isNotification: boolean;
  /** The first thing that is read and that no notification has. */
  readonly isOther: string | undefined;
}

const ONLY_NOTIFICATIONS = /^Notification(?:Data|Type|ReferenceId)$/;
/** What notifications have as well as others, and what v2 calls the same. */
const ANY_MESSAGE =
  /^(?:SellerId|MarketplaceID|ReleaseEnvironment|Version|Timestamp|IsSample|EventType|MerchantID|ObjectType|ObjectId|ChargePermissionId|NotificationId|length)$/;
const MAX_STEPS = 200;

/** Follows a parsed message to everything that is read of it, through variables, functions, files and properties. */
class Reader {
  isNotification = false;
  isOther: string | undefined;
  private readonly seen = new Set<ts.Node>();

  constructor(private readonly all: readonly FileContext[]) {}

  consume(context: FileContext, start: ts.Node): void {
    if (this.seen.has(start) || this.seen.size > MAX_STEPS) return;
    this.seen.add(start);
    const current = outermost(start);
    if (ts.isExpression(current)) this.lookAtType(context, current);
    const { parent } = current;
    if (isAccess(parent) && parent.expression === current) this.read(context, parent);
    else if (ts.isVariableDeclaration(parent) && parent.initializer === current) this.bind(context, parent.name);
    else if (ts.isBinaryExpression(parent)) this.combine(context, parent, current);
    else if (ts.isConditionalExpression(parent) && parent.condition !== current) this.consume(context, parent);
    else if (ts.isReturnStatement(parent)) this.giveBack(context, ts.findAncestor(parent, isFunction));
    else if (ts.isArrowFunction(parent) && parent.body === current) this.giveBack(context, parent);
    else if (ts.isCallExpression(parent) && parent.expression !== current) this.handOver(context, parent, current);
  }

  private read(context: FileContext, access: Access): void {
    const { parent } = access;
    const name = accessedName(access);
    if (ts.isCallExpression(parent) && parent.expression === access) {
      const [callback] = parent.arguments;
      if (name === 'then' && callback !== undefined && isFunction(callback)) this.bindFirst(context, callback);
      return;
    }
    const isWritten =
      ts.isBinaryExpression(parent) &&
      parent.left === access &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (!isWritten && name !== undefined) this.see(name);
  }

  private see(name: string): void {
    if (ONLY_NOTIFICATIONS.test(name)) this.isNotification = true;
    else if (!ANY_MESSAGE.test(name)) this.isOther ??= name;
  }

  private bind(context: FileContext, name: ts.BindingName): void {
    if (ts.isObjectBindingPattern(name)) {
      for (const element of name.elements)
        if (element.dotDotDotToken === undefined) this.see((element.propertyName ?? element.name).getText());
    } else if (ts.isIdentifier(name)) {
      this.lookAtType(context, name);
      this.uses(context, name);
    }
  }

  private bindFirst(context: FileContext, { parameters: [first] }: AnyFunction): void {
    if (first !== undefined) this.bind(context, first.name);
  }

  private uses(context: FileContext, name: ts.Identifier): void {
    const symbol = context.checker.getSymbolAtLocation(name);
    if (symbol === undefined) return;
    walk(context.file.source, (node) => {
      const isUse = ts.isIdentifier(node) && node !== name && node.text === name.text;
      if (isUse && context.checker.getSymbolAtLocation(node) === symbol) this.consume(context, node);
    });
  }

  private combine(context: FileContext, node: ts.BinaryExpression, value: ts.Node): void {
    if (/^(?:\|\||\?\?|&&)$/.test(node.operatorToken.getText())) this.consume(context, node);
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || node.right !== value) return;
    if (ts.isIdentifier(node.left)) this.uses(context, node.left);
    // `req.notification = …`: middleware that hands it on.
    else if (isAccess(node.left)) this.carry(accessedName(node.left));
  }

  private carry(name: string | undefined): void {
    if (name === undefined || name === 'body' || name === 'exports') return;
    for (const each of this.all)
      walk(each.file.source, (node) => {
        if (isAccess(node) && accessedName(node) === name) this.consume(each, node);
      });
  }

  /** To whoever calls the function. */
  private giveBack(context: FileContext, owner: AnyFunction | undefined): void {
    const name = owner === undefined ? undefined : exportedNameOf(owner);
    if (name === undefined) return;
    for (const use of usesOf(context, name, this.all).uses) {
      const call = callAt(use);
      if (call !== undefined) this.consume(use.context, call);
    }
  }

  /** To a function of the project, or to the listeners of an event. */
  private handOver(context: FileContext, call: ts.CallExpression, value: ts.Node): void {
    const index = call.arguments.indexOf(value as ts.Expression);
    const [event] = call.arguments;
    if (/\.emit$/.test(call.expression.getText()) && event !== undefined && ts.isStringLiteralLike(event))
      this.hear(event.text, index);
    const declaration = context.checker.getResolvedSignature(call)?.declaration;
    const parameter = declaration?.parameters[index];
    const home = this.all.find(({ file }) => file.source === declaration?.getSourceFile());
    if (home !== undefined && parameter !== undefined && ts.isParameter(parameter)) this.bind(home, parameter.name);
  }

  private hear(event: string, index: number): void {
    for (const each of this.all)
      walk(each.file.source, (node) => {
        if (!ts.isCallExpression(node) || !/\.(?:on|once|addListener)$/.test(node.expression.getText())) return;
        const [name, listener] = node.arguments;
        const isIt = name !== undefined && ts.isStringLiteralLike(name) && name.text === event;
        if (!isIt || listener === undefined || !isFunction(listener)) return;
        const parameter = listener.parameters[index - 1];
        if (parameter !== undefined) this.bind(each, parameter.name);
      });
  }

  /** The type that the merchant gave it. */
  private lookAtType(context: FileContext, node: ts.Node): void {
    const type = context.checker.getTypeAtLocation(node);
    if ((type.flags & ts.TypeFlags.Object) === 0) return;
    const names = type.getProperties().map(({ name }) => name);
    if (names.some((name) => ONLY_NOTIFICATIONS.test(name))) this.isNotification = true;
  }
}

/** The expression with what stands around it and changes nothing. */
function outermost(node: ts.Node): ts.Node {
  let current = node;
  while (
    ts.isAsExpression(current.parent) ||
    ts.isParenthesizedExpression(current.parent) ||
    ts.isNonNullExpression(current.parent) ||
    ts.isTypeAssertionExpression(current.parent) ||
    ts.isAwaitExpression(current.parent)
  )
    current = current.parent;
  return current;
}

/** Says whether code takes a parsed message for a legacy notification, for something else, or for both. */
export function evidenceOf(context: FileContext, node: ts.Node, all: readonly FileContext[]): Evidence {
  const reader = new Reader(all);
  reader.consume(context, node);
  return { isNotification: reader.isNotification, isOther: reader.isOther };
}
