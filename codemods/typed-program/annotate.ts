import { ts } from 'ts-morph';
import type { AnnotatedFile } from './annotated-file';
import { AnnotationWriter, isJavaScript, type AnnotationsByFile } from './annotation-writer';
import { isLegacySymbol, legacyTypeOf } from './brands';
import { legacyErrorIn } from './legacy-errors';
import { nodesOf } from './nodes';
import { OwnTypes } from './own-types';
import { carriedPastDefault } from './pattern-defaults';
import { isAssignment } from './typed-places';
import { carriedByIdiom } from './promise-idioms';

/** Longest type text that is worth carrying; beyond it something was inferred that nobody wrote. */
const MAX_TYPE_LENGTH = 400;

/** `null`, `undefined`: a value that only says that there is none yet. */
const isNothing = (node: ts.Expression): boolean =>
  node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');

/** `await x.offAmazonPayments.capture(params)`, and the same with `.then`: such a client answers with promises. */
function isAwaited(operations: ts.Expression): boolean {
  const call = operations.parent.parent;
  if (!ts.isCallExpression(call) || call.expression !== operations.parent || call.arguments.length > 1) return false;
  const { parent } = call;
  return (
    ts.isAwaitExpression(parent) ||
    (ts.isPropertyAccessExpression(parent) && /^(?:then|catch|finally)$/.test(parent.name.text))
  );
}

/**
 * Carries legacy types to places that the checker leaves untyped: parameters of plain functions and constructors that are
 * called with a legacy value, callbacks that are handed to an operation, `new Promise` around a callback, and untyped
 * receivers that are told by their shape alone (`x.offAmazonPayments`).
 */
export class TypeCarrier {
  private readonly writer: AnnotationWriter;
  private readonly typed = new Set<ts.ParameterDeclaration>();
  private readonly variables = new Set<ts.VariableDeclaration>();
  private readonly ownTypes: OwnTypes;

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly fileOf: (fileName: string) => AnnotatedFile | undefined,
    /** Also type what is told by its shape alone. */
    private readonly byShape: boolean,
  ) {
    this.writer = new AnnotationWriter(fileOf);
    this.ownTypes = new OwnTypes(
      checker,
      (source) => fileOf(source.fileName) !== undefined,
      (type) => this.typeText(type),
      (source, position, text) => this.writer.write(source, position, text),
    );
  }

  /** Looks through one file; the annotations may belong to other files. */
  collect(source: ts.SourceFile): void {
    for (const node of nodesOf(source)) {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) this.carryArguments(node);
      if (ts.isCallExpression(node)) {
        this.carryToCallbackParameter(node);
        this.carryToAnyParameter(node);
      }
      if (ts.isBinaryExpression(node)) this.carryToVariable(node);
      if (ts.isNewExpression(node)) this.carryThroughPromise(node);
      this.ownTypes.collect(node);
      this.carryByIdiom(node);
      if (this.byShape) this.recognise(node);
    }
  }

  /** To be asked when every file has been looked through. */
  get annotations(): AnnotationsByFile {
    this.ownTypes.finish();
    return this.writer.found;
  }

  /** The type as text that means the same in any file, or undefined when it is not a legacy type. */
  private typeText(type: ts.Type): string | undefined {
    const isModule = isLegacySymbol(type.getSymbol()) && ((type.getSymbol()?.flags ?? 0) & ts.SymbolFlags.Module) !== 0;
    if (!isModule && legacyTypeOf(this.checker, type) === undefined) return undefined;
    const text = this.checker.typeToString(
      type,
      undefined,
      // `PromisifiedAll<…>` is too long without its name, and an id is nothing but a string without it.
      ts.TypeFormatFlags.NoTruncation |
        ts.TypeFormatFlags.UseFullyQualifiedType |
        (/^(?:PromisifiedAll|Id)$/.test(type.aliasSymbol?.name ?? '') ? 0 : ts.TypeFormatFlags.InTypeAlias),
    );
    const named = text.includes('AmazonPayLegacy.') || text.startsWith('import("amazon') || isModule;
    return named && text.length <= MAX_TYPE_LENGTH ? text : undefined;
  }

  /** An object literal that carries a legacy value in a property: `{ client, logger }`. */
  private objectTypeText(argument: ts.Expression): string | undefined {
    if (!ts.isObjectLiteralExpression(argument)) return undefined;
    const members = this.checker
      .getTypeAtLocation(argument)
      .getProperties()
      .flatMap((property) => {
        const text = this.typeText(this.checker.getTypeOfSymbol(property));
        return text === undefined ? [] : [`${JSON.stringify(property.name)}: ${text}`];
      });
    return members.length === 0 ? undefined : `{ ${members.join('; ')}; [name: string]: any }`;
  }

  private carryArguments(call: ts.CallExpression | ts.NewExpression): void {
    const declaration = this.checker.getResolvedSignature(call)?.getDeclaration();
    // A type that was carried here stands in a comment of the copy and takes no other.
    if (
      declaration === undefined ||
      ts.isFunctionTypeNode(declaration) ||
      this.fileOf(declaration.getSourceFile().fileName) === undefined
    )
      return;
    (call.arguments ?? []).forEach((argument, index) => {
      const parameter = declaration.parameters[index];
      if (parameter === undefined || !ts.isParameter(parameter)) return;
      const text = this.typeText(this.checker.getTypeAtLocation(argument)) ?? this.objectTypeText(argument);
      if (text !== undefined) this.annotateParameter(parameter, text);
    });
  }

  /** Writes a type before or behind a parameter, unless it already has one that says something. */
  private annotateParameter(parameter: ts.ParameterDeclaration, text: string): void {
    const source = parameter.getSourceFile();
    if (parameter.dotDotDotToken !== undefined || this.typed.has(parameter)) return;
    const current = this.checker.getTypeAtLocation(parameter);
    const untypedPattern = ts.isObjectBindingPattern(parameter.name) && parameter.type === undefined;
    if (!untypedPattern && (current.flags & ts.TypeFlags.Any) === 0) return;
    if (untypedPattern && legacyMembers(this.checker, current)) return;
    // Two callers may pass different things; the first one decides, and what does not fit is listed where it is used.
    this.typed.add(parameter);
    if (isJavaScript(source) && ts.getJSDocType(parameter) !== undefined && !untypedPattern) return;
    this.writer.typeParameter(parameter, text);
  }

  /** `capture(params, done)` and `done(null, result)`: the function that receives `done` learns what it is called with. */
  private carryToCallbackParameter(call: ts.CallExpression): void {
    const operation = legacyTypeOf(this.checker, this.checker.getTypeAtLocation(call.expression));
    if (operation?.kind === 'operation' && operation.style === 'callback') {
      const callback = call.arguments[1];
      const signature = this.checker.getResolvedSignature(call);
      const parameter = signature?.getParameters()[1];
      if (callback === undefined || parameter === undefined || !ts.isIdentifier(callback)) return;
      const target = this.untypedParameter(callback);
      const text = this.checker.typeToString(
        this.checker.getTypeOfSymbol(parameter),
        undefined,
        ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseFullyQualifiedType,
      );
      if (target !== undefined) this.annotateParameter(target, `(${text})`);
      return;
    }
    const value = call.arguments[1];
    if (!ts.isIdentifier(call.expression) || value === undefined) return;
    const target = this.untypedParameter(call.expression);
    const text = target === undefined ? undefined : this.typeText(this.checker.getTypeAtLocation(value));
    if (target !== undefined && text !== undefined) {
      this.annotateParameter(target, `((error: any, result: ${text}, ...more: any[]) => any)`);
    }
  }

  /** `let client;` that is given its value later, in a function. */
  private carryToVariable(node: ts.BinaryExpression): void {
    if (!isAssignment(node)) return;
    if (ts.isObjectLiteralExpression(node.left)) this.carryToTargets(node.left, node.right);
    if (!ts.isIdentifier(node.left)) return;
    this.carryTo(this.checker.getSymbolAtLocation(node.left), this.ownTypes.sourceOf(node.right));
  }

  /** `({ State, ReasonCode: reason } = status)` */
  private carryToTargets(pattern: ts.ObjectLiteralExpression, value: ts.Expression): void {
    const type = this.checker.getTypeAtLocation(value);
    if (legacyTypeOf(this.checker, type)?.kind !== 'element') return;
    for (const property of pattern.properties) {
      const field = property.name === undefined ? undefined : type.getProperty(property.name.getText());
      const target = ts.isShorthandPropertyAssignment(property)
        ? this.checker.getShorthandAssignmentValueSymbol(property)
        : ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer)
          ? this.checker.getSymbolAtLocation(property.initializer)
          : undefined;
      if (field !== undefined) this.carryTo(target, this.checker.getTypeOfSymbol(field));
    }
  }

  private carryTo(target: ts.Symbol | undefined, value: ts.Type | undefined): void {
    const declaration = target?.valueDeclaration;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.type !== undefined) return;
    if (
      this.variables.has(declaration) ||
      (declaration.initializer !== undefined && !isNothing(declaration.initializer))
    )
      return;
    const source = declaration.getSourceFile();
    const text = value === undefined ? undefined : this.typeText(value);
    if (text === undefined || (isJavaScript(source) && ts.getJSDocType(declaration) !== undefined)) return;
    this.variables.add(declaration);
    this.writer.typeVariable(declaration, text);
  }

  /** `(err: Error, data: any) => …` and `.then((data: any) => …)`: the annotation says nothing, the call does. */
  private carryToAnyParameter(call: ts.CallExpression): void {
    const callee = legacyTypeOf(this.checker, this.checker.getTypeAtLocation(call.expression));
    if (callee?.kind === 'operation' && callee.style === 'callback') {
      const result = this.checker.getResolvedSignature(call)?.getParameters()[1];
      const signature = result === undefined ? undefined : this.checker.getTypeOfSymbol(result).getCallSignatures()[0];
      const type = signature?.getParameters()[1];
      this.annotateAny(call.arguments[1], 1, type === undefined ? undefined : this.checker.getTypeOfSymbol(type));
    }
    if (!ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== 'then') return;
    const promise = this.checker.getTypeAtLocation(call.expression.expression);
    if (legacyTypeOf(this.checker, promise)?.kind !== 'promise') return;
    this.annotateAny(call.arguments[0], 0, this.checker.getTypeArguments(promise as ts.TypeReference)[0]);
  }

  private annotateAny(handler: ts.Expression | undefined, index: number, type: ts.Type | undefined): void {
    if (
      handler === undefined ||
      type === undefined ||
      !(ts.isArrowFunction(handler) || ts.isFunctionExpression(handler))
    )
      return;
    const parameter = handler.parameters[index];
    const text = this.typeText(type);
    if (parameter?.type?.kind === ts.SyntaxKind.AnyKeyword && text !== undefined)
      this.annotateParameter(parameter, text);
  }

  private untypedParameter(name: ts.Identifier): ts.ParameterDeclaration | undefined {
    const declaration = this.checker.getSymbolAtLocation(name)?.valueDeclaration;
    if (declaration === undefined || !ts.isParameter(declaration)) return undefined;
    const any = (this.checker.getTypeAtLocation(declaration).flags & ts.TypeFlags.Any) !== 0;
    return any ? declaration : undefined;
  }

  /** `new Promise((resolve, reject) => operation(params, (error, result) => resolve(result)))` */
  private carryThroughPromise(expression: ts.NewExpression): void {
    const executor = expression.arguments?.[0];
    if (executor === undefined || expression.typeArguments !== undefined) return;
    if (!ts.isArrowFunction(executor) && !ts.isFunctionExpression(executor)) return;
    const [resolve] = executor.parameters;
    if (resolve === undefined || !ts.isIdentifier(resolve.name)) return;
    if (legacyTypeOf(this.checker, this.checker.getTypeAtLocation(expression)) !== undefined) return;
    const text = this.resolvedTypeText(executor.body, this.checker.getSymbolAtLocation(resolve.name));
    if (text === undefined) return;
    this.writer.typePromise(expression, text);
  }

  private carryByIdiom(node: ts.Node): void {
    const carried =
      carriedByIdiom(this.checker, (type) => this.typeText(type), node) ?? carriedPastDefault(this.checker, node);
    if (carried === undefined) return;
    if (!ts.isVariableDeclaration(carried.node)) this.writer.cast(carried.node, carried.text);
    else if (!this.variables.has(carried.node)) {
      this.variables.add(carried.node);
      this.writer.typeVariable(carried.node, carried.text);
    }
  }

  private resolvedTypeText(body: ts.Node, resolve: ts.Symbol | undefined): string | undefined {
    let text: string | undefined;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && this.checker.getSymbolAtLocation(node.expression) === resolve) {
        const [value] = node.arguments;
        if (value !== undefined) text ??= this.typeText(this.checker.getTypeAtLocation(value));
      }
      ts.forEachChild(node, visit);
    };
    if (resolve !== undefined) visit(body);
    return text;
  }

  /** What nothing but its shape tells of. */
  private recognise(node: ts.Node): void {
    if (ts.isPropertyAccessExpression(node)) this.recogniseShape(node);
    const error = legacyErrorIn(this.checker, node);
    if (error !== undefined) this.writer.cast(error, 'AmazonPayLegacy.LegacyError');
  }

  /** `anything.offAmazonPayments` where no type reaches: the name is unmistakable, so it counts by its shape. */
  private recogniseShape(node: ts.PropertyAccessExpression): void {
    if (node.name.text !== 'offAmazonPayments') return;
    if ((this.checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) === 0) return;
    if (ts.isBinaryExpression(node.parent) && node.parent.left === node) return;
    this.writer.cast(node, `AmazonPayLegacy.OffAmazonPayments${isAwaited(node) ? 'Async' : ''}`);
  }
}

const legacyMembers = (checker: ts.TypeChecker, type: ts.Type): boolean =>
  type.getProperties().some((property) => legacyTypeOf(checker, checker.getTypeOfSymbol(property)) !== undefined);
