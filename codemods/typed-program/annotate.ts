import { ts } from 'ts-morph';
import { errorCodes } from '../../src/catalog';
import type { Annotation, AnnotatedFile } from './annotated-file';
import { isLegacySymbol, legacyTypeOf } from './brands';
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

const ERROR_FIELDS = new Set(['type', 'name', 'code']);

/** `err.body.ErrorResponse`: no error but one of the old client carries the XML of MWS. */
const isErrorXml = ({ name, parent }: ts.PropertyAccessExpression): boolean =>
  name.text === 'body' && ts.isPropertyAccessExpression(parent) && parent.name.text === 'ErrorResponse';

/** `const code = err.code`: what it is compared with stands elsewhere. */
const isKept = (node: ts.PropertyAccessExpression): boolean =>
  ERROR_FIELDS.has(node.name.text) && ts.isVariableDeclaration(node.parent) && node.parent.initializer === node;

/** `err.message` is looked into, and the caller sees only that it is one. */
const isTestedText = ({ name, parent }: ts.PropertyAccessExpression): boolean =>
  name.text === 'message' &&
  (ts.isPropertyAccessExpression(parent) || ts.isBinaryExpression(parent) || ts.isCallExpression(parent));

/** Codes that only Amazon Pay answers with; the others are shared with other services. */
export const DISTINCTIVE_ERROR =
  /OrderReference|BillingAgreement|RequestThrottled|DuplicateReferenceId|ConstraintsExist|Authorization(?:Status|Id)|CaptureNot|TransactionAmountExceeded|PeriodicAmountExceeded|SandboxSimulation/;

/** The texts that an expression is compared with: by `===`, `switch`, or membership in a written-out list. */
function comparedWith(node: ts.Expression): string[] {
  const { parent } = node;
  const texts = (nodes: readonly ts.Expression[]): string[] =>
    nodes.flatMap((each) => (ts.isStringLiteralLike(each) ? [each.text] : []));
  if (ts.isBinaryExpression(parent)) return texts([parent.left, parent.right]);
  if (ts.isSwitchStatement(parent))
    return texts(parent.caseBlock.clauses.filter(ts.isCaseClause).map((clause) => clause.expression));
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression)) return [];
  const list = parent.expression.expression;
  return ts.isArrayLiteralExpression(list) ? texts([...list.elements]) : [];
}

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

const isJavaScript = (file: ts.SourceFile): boolean => /\.[cm]?jsx?$/.test(file.fileName);

/** Annotations by file name (with the leading slash of the program). */
export type AnnotationsByFile = Map<string, Annotation[]>;

/**
 * Carries legacy types to places that the checker leaves untyped: parameters of plain functions and constructors that are
 * called with a legacy value, callbacks that are handed to an operation, `new Promise` around a callback, and untyped
 * receivers that are told by their shape alone (`x.offAmazonPayments`).
 */
export class TypeCarrier {
  private readonly found: AnnotationsByFile = new Map();
  private readonly typed = new Set<ts.ParameterDeclaration>();
  private readonly variables = new Set<ts.VariableDeclaration>();
  private readonly ownTypes: OwnTypes;

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly fileOf: (fileName: string) => AnnotatedFile | undefined,
    /** Also type what is told by its shape alone. */
    private readonly byShape: boolean,
  ) {
    this.ownTypes = new OwnTypes(
      checker,
      (source) => fileOf(source.fileName) !== undefined,
      (type) => this.typeText(type),
      (source, position, text) => this.annotate(source, position, text),
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
      if (this.byShape && ts.isPropertyAccessExpression(node)) {
        this.recogniseShape(node);
        this.recogniseError(node);
      }
      if (this.byShape && ts.isVariableDeclaration(node)) this.recogniseErrorTakenApart(node);
    }
  }

  /** To be asked when every file has been looked through. */
  get annotations(): AnnotationsByFile {
    this.ownTypes.finish();
    return this.found;
  }

  private annotate(source: ts.SourceFile, position: number, text: string): void {
    const file = this.fileOf(source.fileName);
    if (file === undefined) return;
    const list = this.found.get(source.fileName) ?? [];
    list.push({ at: file.toOriginal(position), text });
    this.found.set(source.fileName, list);
  }

  /** The type as text that means the same in any file, or undefined when it is not a legacy type. */
  private typeText(type: ts.Type): string | undefined {
    const isModule = isLegacySymbol(type.getSymbol()) && ((type.getSymbol()?.flags ?? 0) & ts.SymbolFlags.Module) !== 0;
    if (!isModule && legacyTypeOf(this.checker, type) === undefined) return undefined;
    const text = this.checker.typeToString(
      type,
      undefined,
      // `PromisifiedAll<…>` is too long without its name.
      ts.TypeFormatFlags.NoTruncation |
        ts.TypeFormatFlags.UseFullyQualifiedType |
        (type.aliasSymbol?.name === 'PromisifiedAll' ? 0 : ts.TypeFormatFlags.InTypeAlias),
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
    if (isJavaScript(source)) {
      if (ts.getJSDocType(parameter) !== undefined && !untypedPattern) return;
      this.annotate(source, parameter.name.getStart(), `/** @type {${text}} */ `);
    } else if (parameter.type === undefined) {
      const end = (parameter.questionToken ?? parameter.name).getEnd();
      const arrow = parameter.parent;
      const bare =
        ts.isArrowFunction(arrow) && source.text[parameter.getStart() - 1] !== '(' && arrow.parameters.length === 1;
      if (bare) this.annotate(source, parameter.getStart(), '(');
      this.annotate(source, end, bare ? `: ${text})` : `: ${text}`);
    } else if (parameter.type.kind === ts.SyntaxKind.AnyKeyword) {
      this.annotate(source, parameter.type.getEnd(), ` & ${text} extends infer T ? ${text} : never`);
    }
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
    this.annotateVariable(declaration, text);
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
    const source = expression.getSourceFile();
    if (isJavaScript(source)) {
      this.annotate(source, expression.getStart(), `/** @type {Promise<${text}>} */ (`);
      this.annotate(source, expression.getEnd(), ')');
    } else {
      this.annotate(source, expression.expression.getEnd(), `<${text}>`);
    }
  }

  private carryByIdiom(node: ts.Node): void {
    const carried =
      carriedByIdiom(this.checker, (type) => this.typeText(type), node) ?? carriedPastDefault(this.checker, node);
    if (carried === undefined) return;
    if (!ts.isVariableDeclaration(carried.node)) this.cast(carried.node, carried.text);
    else if (!this.variables.has(carried.node)) {
      this.variables.add(carried.node);
      this.annotateVariable(carried.node, carried.text);
    }
  }

  private annotateVariable(declaration: ts.VariableDeclaration, text: string): void {
    const source = declaration.getSourceFile();
    if (isJavaScript(source)) this.annotate(source, declaration.name.getStart(), `/** @type {${text}} */ `);
    else this.annotate(source, declaration.name.getEnd(), `: ${text}`);
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

  /** `anything.offAmazonPayments` where no type reaches: the name is unmistakable, so it counts by its shape. */
  private recogniseShape(node: ts.PropertyAccessExpression): void {
    if (node.name.text !== 'offAmazonPayments') return;
    if ((this.checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) === 0) return;
    if (ts.isBinaryExpression(node.parent) && node.parent.left === node) return;
    this.cast(node, `AmazonPayLegacy.OffAmazonPayments${isAwaited(node) ? 'Async' : ''}`);
  }

  private cast(node: ts.Expression, type: string): void {
    const source = node.getSourceFile();
    if (isJavaScript(source)) {
      this.annotate(source, node.getStart(), `(/** @type {${type}} */ (`);
      this.annotate(source, node.getEnd(), '))');
    } else {
      this.annotate(source, node.getStart(), '(');
      this.annotate(source, node.getEnd(), ` as ${type})`);
    }
  }

  /** `catch (e)` and `.catch((e) => …)` are untyped; what the error is compared with tells whose error it is. */
  private recogniseError(node: ts.PropertyAccessExpression): void {
    if (!ts.isIdentifier(node.expression)) return;
    if ((this.checker.getTypeAtLocation(node.expression).flags & ts.TypeFlags.Any) === 0) return;
    if ((isErrorXml(node) || isTestedText(node) || isKept(node)) && this.isCaughtFromLegacy(node.expression))
      this.cast(node.expression, 'AmazonPayLegacy.LegacyError');
    if (!ERROR_FIELDS.has(node.name.text)) return;
    const codes = comparedWith(node).filter((code) => errorCodes[code] !== undefined);
    if (codes.length === 0) return;
    if (codes.some((code) => DISTINCTIVE_ERROR.test(code)) || this.isCaughtFromLegacy(node.expression)) {
      this.cast(node.expression, 'AmazonPayLegacy.LegacyError');
    }
  }

  /** `const { type, message } = error` */
  private recogniseErrorTakenApart({ name, initializer }: ts.VariableDeclaration): void {
    if (!ts.isObjectBindingPattern(name) || initializer === undefined || !ts.isIdentifier(initializer)) return;
    if ((this.checker.getTypeAtLocation(initializer).flags & ts.TypeFlags.Any) === 0) return;
    if (this.isCaughtFromLegacy(initializer)) this.cast(initializer, 'AmazonPayLegacy.LegacyError');
  }

  private isCaughtFromLegacy(name: ts.Identifier): boolean {
    const declaration = this.checker.getSymbolAtLocation(name)?.valueDeclaration;
    const clause = declaration?.parent;
    if (clause !== undefined && ts.isCatchClause(clause)) return this.callsLegacy(clause.parent.tryBlock);
    const handler = clause?.parent;
    const call = handler !== undefined && ts.isCallExpression(handler) ? handler.expression : undefined;
    return call !== undefined && ts.isPropertyAccessExpression(call) && this.callsLegacy(call.expression);
  }

  private callsLegacy(scope: ts.Node): boolean {
    let found = false;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        const callee = legacyTypeOf(this.checker, this.checker.getTypeAtLocation(node.expression));
        const result = legacyTypeOf(this.checker, this.checker.getTypeAtLocation(node));
        found ||= callee?.kind === 'operation' || result?.kind === 'promise';
      }
      if (!found) ts.forEachChild(node, visit);
    };
    visit(scope);
    return found;
  }
}

const legacyMembers = (checker: ts.TypeChecker, type: ts.Type): boolean =>
  type.getProperties().some((property) => legacyTypeOf(checker, checker.getTypeOfSymbol(property)) !== undefined);
