import { ts } from 'ts-morph';
import { type FileContext, unwrap, walk } from '../node-client/context';
import { type Access, accessedName, isAccess } from '../rewriting/access';
import type { Seam } from './find-seams';
import { calleeAround, isFunction, resolved } from './functions';

/**
 * Where a message that is read comes from. fetched: from a seam, so from a GET. handed: from a parameter, so from wherever
 * the seam is. own: from the request or another parser, so it is still believed. unknown: it cannot be told.
 */
export type Origin = 'fetched' | 'handed' | 'own' | 'unknown';

const ROUTED = /^_?(?:req|request|ctx|context|event|body|rawBody|payload|record|envelope|sns|job)$/i;
/** What a route gets does not come off a queue. */
const REQUEST = /\b_?(?:req|request|ctx)\b/i;

/** Follows messages back to where they come from, in files whose seams are known. */
export class Origins {
  private readonly seams: ReadonlySet<ts.Node>;

  constructor(
    seams: readonly Seam[],
    private readonly files: readonly FileContext[],
    /** Files that read off a queue what was fetched before it was put there. */
    private readonly readers: ReadonlySet<FileContext> = new Set(),
  ) {
    this.seams = new Set(seams.map(({ node }) => node));
  }

  of(context: FileContext, node: ts.Node, depth = 0): Origin {
    if (this.seams.has(node)) return 'fetched';
    if (depth > 12) return 'unknown';
    const next = (child: ts.Node): Origin => this.of(context, child, depth + 1);
    if (ts.isExpression(node) && unwrap(node) !== node) return next(unwrap(node));
    if (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node))
      return this.ofDeclaration(context, node, depth);
    if (ts.isAwaitExpression(node)) return next(node.expression);
    if (isAccess(node)) return this.isCarried(node, depth) ? 'fetched' : next(node.expression);
    // `new Promise` around a callback.
    if (ts.isNewExpression(node)) return this.hasSeam(node) ? 'fetched' : 'unknown';
    if (ts.isCallExpression(node)) return this.ofCall(context, node, depth);
    if (ts.isIdentifier(node)) return this.ofIdentifier(context, node, depth);
    if (ts.isBinaryExpression(node) && /^(?:\|\||\?\?)$/.test(node.operatorToken.getText())) return next(node.left);
    return 'unknown';
  }

  /** `req.notification`, where middleware put what was fetched, and nothing else is ever put there. */
  private isCarried(access: Access, depth: number): boolean {
    const name = accessedName(access);
    if (name === undefined || name === 'body' || !ts.isIdentifier(access.expression)) return false;
    const origins = this.files.flatMap((each) => {
      const found: Origin[] = [];
      walk(each.file.source, (node) => {
        const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
        if (isAssignment && isAccess(node.left) && accessedName(node.left) === name)
          found.push(this.of(each, node.right, depth + 1));
      });
      return found;
    });
    return origins.length > 0 && origins.every((origin) => origin === 'fetched');
  }

  /** A function of the project that has a seam in it gives what was fetched. */
  private ofCall(context: FileContext, node: ts.CallExpression, depth: number): Origin {
    const callee = node.expression.getText();
    if (/^JSON\.parse$/.test(callee))
      return this.isQueued(context, node.arguments[0]?.getText() ?? '') ? 'fetched' : 'own';
    const declaration = context.checker.getResolvedSignature(node)?.declaration;
    if (declaration !== undefined && this.hasSeam(declaration)) return 'fetched';
    if (ts.isPropertyAccessExpression(node.expression) && /^(?:then|catch|finally)$/.test(node.expression.name.text))
      return this.of(context, node.expression.expression, depth + 1);
    if (this.holdsSeam(context, node.expression)) return 'fetched';
    // `parse(body)` of a promisified seam that a constant holds.
    return ts.isIdentifier(node.expression) ? this.of(context, node.expression, depth + 1) : 'unknown';
  }

  /** `amazon.parse`, where another file says `exports.parse = promisify(client.parseSNSResponse.bind(client))`. */
  private holdsSeam(context: FileContext, callee: ts.Expression): boolean {
    const declaration = resolved(context, context.checker.getSymbolAtLocation(callee))?.valueDeclaration;
    if (declaration === undefined) return false;
    const { parent } = declaration;
    const isExport =
      ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(declaration) && parent.left === declaration;
    const isHolder = ts.isPropertyAssignment(declaration) || ts.isVariableDeclaration(declaration);
    const value = isExport ? parent.right : isHolder ? declaration.initializer : undefined;
    return value !== undefined && this.seams.has(unwrap(value));
  }

  /** `amazon.parse(body, callback)`, a function of the project that hands its callback on to a seam. */
  private isFetchedBy(context: FileContext, call: ts.CallExpression): boolean {
    const declaration = context.checker.getResolvedSignature(call)?.declaration;
    return declaration !== undefined && this.hasSeam(declaration);
  }

  private hasSeam(node: ts.Node): boolean {
    let found = false;
    walk(node, (child) => {
      found ||= this.seams.has(child);
    });
    return found;
  }

  private ofIdentifier(context: FileContext, node: ts.Identifier, depth: number): Origin {
    const declaration = context.checker.getSymbolAtLocation(node)?.valueDeclaration;
    if (declaration === undefined) return 'unknown';
    return this.ofDeclaration(context, declaration, depth);
  }

  private ofDeclaration(context: FileContext, declaration: ts.Node, depth: number): Origin {
    if (ts.isBindingElement(declaration)) return this.ofDeclaration(context, declaration.parent.parent, depth + 1);
    if (ts.isParameter(declaration)) return this.ofParameter(context, declaration, depth);
    if (!ts.isVariableDeclaration(declaration)) return 'unknown';
    const { initializer, name } = declaration;
    if (ts.isForOfStatement(declaration.parent.parent))
      return this.of(context, declaration.parent.parent.expression, depth + 1);
    const assigned = ts.isIdentifier(name) ? this.assignmentsOf(context, name) : [];
    const values = [...(initializer === undefined ? [] : [initializer]), ...assigned];
    const origins = values.map((value) => this.of(context, value, depth + 1));
    return origins.find((origin) => origin === 'fetched') ?? origins[0] ?? 'unknown';
  }

  private assignmentsOf(context: FileContext, name: ts.Identifier): ts.Expression[] {
    const symbol = context.checker.getSymbolAtLocation(name);
    const found: ts.Expression[] = [];
    walk(context.file.source, (node) => {
      const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      if (isAssignment && context.checker.getSymbolAtLocation(node.left) === symbol) found.push(node.right);
    });
    return found;
  }

  /** What a callback of the seam or of its promise gets is fetched; what a route gets is not. */
  private ofParameter(context: FileContext, parameter: ts.ParameterDeclaration, depth: number): Origin {
    const owner = parameter.parent;
    if (isFunction(owner) && ts.isCallExpression(owner.parent)) {
      const call = owner.parent;
      if (this.seams.has(call) || this.isFetchedBy(context, call)) return 'fetched';
      if (/\.then$/.test(calleeAround(owner) ?? '') && ts.isPropertyAccessExpression(call.expression))
        return this.of(context, call.expression.expression, depth + 1) === 'fetched' || this.hasSeam(call.expression)
          ? 'fetched'
          : 'unknown';
      if (call.arguments.some((argument) => argument !== owner && this.isFetched(context, argument, depth)))
        return 'fetched';
    }
    const name = parameter.name.getText();
    if (this.isQueued(context, name)) return 'fetched';
    return ROUTED.test(name) ? 'own' : 'handed';
  }

  private isQueued(context: FileContext, from: string): boolean {
    return this.readers.has(context) && !REQUEST.test(from);
  }

  private isFetched(context: FileContext, node: ts.Node, depth: number): boolean {
    return !isFunction(node) && this.of(context, node, depth + 1) === 'fetched';
  }
}

const READ = /^Notification(?:Data|Type)$/;

/** A read of NotificationData or NotificationType: the node, and what it is read of. */
export function messageRead(node: ts.Node): { readonly name: string; readonly of: ts.Node } | undefined {
  if (isAccess(node)) {
    const name = accessedName(node);
    const { parent } = node;
    const isWritten =
      ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return name !== undefined && READ.test(name) && !isWritten ? { name, of: node.expression } : undefined;
  }
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return undefined;
  const name = (node.propertyName ?? node.name).getText();
  return READ.test(name) ? { name, of: node.parent.parent } : undefined;
}
