import { ts } from 'ts-morph';
import { packageOf } from '../node-client/packages/place-helpers';
import { publishedEntries } from '../node-client/packages/published-entries';
import { isAccess } from '../rewriting/access';
import { type Doubt, doubt } from './doubt';
import { type FunctionNode, isFunction } from './find-executors';
import { outside } from '../typed-program/outside';
import type { Project } from './project';

type Follow = (node: ts.Expression) => Doubt | undefined;

/** `exports.capture = …`, `self.capture = …`: the name that is given to what stands on the right. */
function assignedName(node: ts.Node): ts.Node | undefined {
  const { parent } = node;
  const isAssigned =
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === node;
  if (!isAssigned) return undefined;
  return ts.isPropertyAccessExpression(parent.left) ? parent.left.name : parent.left;
}

/** The name of a function, or of what it is put into. */
function declaredName(node: ts.Node): ts.Node | undefined {
  if (isFunction(node) && node.name !== undefined && !ts.isFunctionExpression(node)) return node.name;
  const { parent } = node;
  const isNamed =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isNamed && parent.initializer === node ? parent.name : assignedName(node);
}

/** Finds everybody who gets what a function returns. */
export class FunctionUses {
  private readonly seen = new Set<ts.Node | ts.Symbol>();
  private calls = 0;
  private exported: ReadonlySet<ts.Symbol> | undefined;

  constructor(
    private readonly project: Project,
    /** Goes on with a call that answers with what is followed. */
    private readonly follow: Follow,
  ) {}

  /** A handler of `.then` that stands there or is a function of the project. */
  handler(node: ts.Expression): FunctionNode | undefined {
    const behind = this.project.finder.behind(node);
    return behind === undefined || behind === 'elsewhere' || !this.project.has(behind) ? undefined : behind;
  }

  /** The parameter that takes an argument, where every call gives it an answer. */
  parameterOf(call: ts.CallExpression, argument: ts.Node): ts.ParameterDeclaration | undefined {
    const target = this.handler(call.expression);
    const index = call.arguments.indexOf(argument as ts.Expression);
    const parameter = target?.parameters[index];
    if (target === undefined || parameter === undefined || parameter.dotDotDotToken !== undefined) return undefined;
    const isTyped = this.project.contextOf(parameter).typeOf(parameter.name) !== undefined;
    const name = declaredName(target);
    const symbol = name === undefined ? undefined : this.project.references.symbolOf(name);
    if (!isTyped || symbol === undefined || parameter.initializer !== undefined) return undefined;
    const isGiven = this.project.references.of(symbol).every((reference) => {
      const node = isAccess(reference.parent) ? reference.parent : reference;
      if (reference === name || !ts.isCallExpression(node.parent) || node.parent.expression !== node)
        return reference === name || ts.isImportSpecifier(reference.parent) || ts.isExportSpecifier(reference.parent);
      const given = node.parent.arguments[index];
      return given !== undefined && this.project.contextOf(given).typeAround(given) !== undefined;
    });
    return isGiven ? parameter : undefined;
  }

  /** What becomes of what is returned here. */
  followReturn(node: ts.Node): Doubt | undefined {
    const around = ts.findAncestor(node, (parent) => parent !== node && ts.isFunctionLike(parent));
    const context = this.project.contextOf(node);
    if (around === undefined || !isFunction(around) || around.asteriskToken !== undefined)
      return doubt(context, node, 'is returned');
    return this.followFunction(around);
  }

  private followFunction(target: FunctionNode): Doubt | undefined {
    if (this.seen.has(target)) return undefined;
    this.seen.add(target);
    const context = this.project.contextOf(target);
    const { parent } = target;
    if (ts.isCallExpression(parent) && parent.expression !== target) {
      const isThen = ts.isPropertyAccessExpression(parent.expression) && parent.expression.name.text === 'then';
      if (isThen) return this.followCall(parent);
      return doubt(context, parent.expression, 'is given a function that returns the answer');
    }
    const name = declaredName(target);
    if (name === undefined) {
      if (ts.isExportAssignment(parent) || ts.isFunctionDeclaration(target)) return this.followDefault(target);
      return doubt(context, target, 'returns the answer, and who calls it is not seen');
    }
    return this.followNamed(target, name);
  }

  private followNamed(target: FunctionNode, name: ts.Node): Doubt | undefined {
    const symbol = this.project.references.symbolOf(name);
    const context = this.project.contextOf(name);
    if (symbol === undefined || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name)))
      return doubt(context, name, 'returns the answer, and who calls it is not seen');
    const calls = this.calls;
    const found = this.followSymbol(symbol) ?? this.unseenCall(target, name);
    if (found === undefined && this.calls === calls)
      return doubt(context, name, 'returns the answer, and nobody is seen who calls it');
    return found;
  }

  private followDefault(target: FunctionNode): Doubt | undefined {
    const module = this.project.checker.getSymbolAtLocation(target.getSourceFile());
    const symbol = module?.exports?.get(ts.InternalSymbolName.Default);
    return symbol === undefined
      ? doubt(this.project.contextOf(target), target, 'returns the answer, and who calls it is not seen')
      : this.followSymbol(symbol);
  }

  private followSymbol(symbol: ts.Symbol): Doubt | undefined {
    if (this.seen.has(symbol)) return undefined;
    this.seen.add(symbol);
    const [first] = this.project.references.of(symbol);
    if (first !== undefined && this.isPublished(symbol))
      return doubt(this.project.contextOf(first), first, 'is exported by a package that others install');
    for (const reference of this.project.references.of(symbol)) {
      const found = this.followReference(reference);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private followReference(reference: ts.Identifier): Doubt | undefined {
    const context = this.project.contextOf(reference);
    const isMember = ts.isPropertyAccessExpression(reference.parent) && reference.parent.name === reference;
    const node = outside(isMember ? reference.parent : reference);
    const { parent } = node;
    if (ts.isCallExpression(parent) && parent.expression === node) return this.followCall(parent);
    if (this.isPlumbing(node)) return undefined;
    const given = ts.isShorthandPropertyAssignment(parent)
      ? node
      : (declaredName(node) ?? (ts.isBindingElement(parent) ? parent.name : undefined));
    const symbol = given === undefined ? undefined : this.project.references.symbolOf(given);
    if (symbol !== undefined) return this.followSymbol(symbol);
    return doubt(context, node, 'is handed on as a function');
  }

  /** Names a function and does nothing with it. */
  private isPlumbing(node: ts.Node): boolean {
    const { parent } = node;
    if (ts.isFunctionDeclaration(parent) || ts.isMethodDeclaration(parent)) return true;
    if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isImportClause(parent)) return true;
    if (ts.isNamespaceImport(parent) || ts.isExportAssignment(parent)) return true;
    if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent))
      return parent.name === node;
    return ts.isBinaryExpression(parent) && parent.left === node;
  }

  private followCall(call: ts.CallExpression): Doubt | undefined {
    const context = this.project.contextOf(call);
    this.calls += 1;
    return context.typeAround(call) === undefined
      ? doubt(context, call, 'may answer with something else, too')
      : this.follow(call);
  }

  /** Exported by what others install: they are not in this tree. */
  private isPublished(symbol: ts.Symbol): boolean {
    this.exported ??= new Set(
      this.project.contexts.flatMap(({ file }) => {
        const { input, checker, references } = this.project;
        const isEntry = publishedEntries(packageOf(input, file.unit.path), input.files);
        const module = isEntry?.(file.unit.path) === true ? checker.getSymbolAtLocation(file.source) : undefined;
        return module === undefined ? [] : checker.getExportsOfModule(module).map((each) => references.origin(each));
      }),
    );
    return this.exported.has(symbol);
  }

  /** A call by this name of which the checker knows nothing: the object was handed in, or made where no type reaches. */
  private unseenCall(target: FunctionNode, name: ts.Identifier | ts.PrivateIdentifier): Doubt | undefined {
    for (const reference of this.project.references.named(name.text)) {
      const { parent } = reference;
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === reference;
      const isUnseen = isMember
        ? this.project.finder.behind(parent) === undefined
        : ts.isBindingElement(parent) && this.project.references.symbolOf(reference) !== undefined
          ? this.project.finder.behind(reference) === undefined
          : false;
      if (!isUnseen || this.seen.has(reference)) continue;
      return doubt(this.project.contextOf(reference), parent, `may be ${name.text}, and no type follows it`);
    }
    return this.elsewhere(target, name.text);
  }

  /** The rest of the project is not parsed; a file that names the function there may get its answer. */
  private elsewhere(target: FunctionNode, name: string): Doubt | undefined {
    if (!/[A-Z_]/.test(name) || !this.isReachable(target)) return undefined;
    const [path] =
      this.project.input.searchElsewhere?.([
        { pattern: new RegExp(`\\.${name}\\s*\\(`), isWanted: (each) => /\.[cm]?[jt]sx?$/.test(each) },
      ]) ?? [];
    return path === undefined ? undefined : { reason: `${path} calls something of the name ${name}` };
  }

  /** A method or a member of an object can be called where nothing imports its file. */
  private isReachable(target: FunctionNode): boolean {
    return !ts.isVariableDeclaration(target.parent);
  }
}
