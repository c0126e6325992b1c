import { ts } from 'ts-morph';
import { carryForwarded } from './answered-callback';
import type { AnnotatedFile } from './annotated-file';
import { AnswerNames } from './answer-names';
import { AnnotationWriter, type AnnotationsByFile } from './annotation-writer';
import { isCaughtPattern, legacyErrorIn, usesOfCaught } from './legacy-errors';
import { carriedByAnyIdiom } from './carried-by-idiom';
import { CallbackCarrier } from './callback-carrier';
import { CallbackFactories } from './callback-factories';
import { InjectedTypes } from './injected-types';
import { hasBody, nodesOf } from './nodes';
import { OperationHelpers } from './operation-helpers';
import { OptionalConsent } from './optional-consent';
import { ownErrorFields } from './own-error-fields';
import { OwnTypes } from './own-types';
import { ParameterTypes } from './parameter-types';
import { SharedErrorHandlers } from './shared-error-handlers';
import { legacyTypeOf } from './brands';
import { legacyTypeText, objectTypeText } from './legacy-type-text';
import { promiseTypeText } from './promise-type-text';
import { recogniseShape } from './recognise-shape';
import { ToldWords } from './told-words';
import { VariableCarrier } from './variable-carrier';
import { toldByRace } from './word-races';
import { WordVariables } from './word-variables';
import type { Carried } from './promise-idioms';
import { carryThroughAsync } from './async-idioms';
import { passesAnswerOn } from './wrapper-idioms';

/**
 * What is carried: first what types tell; then, too, what its shape alone tells; then states that pass through a `string`,
 * where nothing else does; then those where something else does.
 */
export const STAGES = ['types', 'shapes', 'certain words', 'told words'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * Carries legacy types to places that the checker leaves untyped: parameters of plain functions and constructors that are
 * called with a legacy value, callbacks that are handed to an operation, `new Promise` around a callback, and untyped
 * receivers that are told by their shape alone (`x.offAmazonPayments`).
 */
export class TypeCarrier {
  private readonly writer: AnnotationWriter;
  private readonly parameters: ParameterTypes;
  private readonly variables: VariableCarrier;
  private readonly ownTypes: OwnTypes;
  private readonly answerNames: AnswerNames;
  private readonly toldWords: ToldWords;
  private readonly wordVariables: WordVariables;
  private readonly optionalConsent: OptionalConsent;
  private readonly injected: InjectedTypes;
  private readonly callbacks: CallbackCarrier;
  private readonly factories: CallbackFactories;
  private readonly helpers: OperationHelpers;
  private readonly sources: ts.SourceFile[] = [];
  private readonly errorReads: ts.Node[] = [];

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly fileOf: (fileName: string) => AnnotatedFile | undefined,
    private readonly stage: Stage,
    /** With this program the stages before have nothing more to carry. */
    private readonly isSettled: boolean,
  ) {
    this.writer = new AnnotationWriter(fileOf);
    this.parameters = new ParameterTypes(checker, this.writer);
    this.ownTypes = new OwnTypes(
      checker,
      (source) => fileOf(source.fileName) !== undefined,
      (type) => legacyTypeText(this.checker, type),
      (source, position, text) => this.writer.write(source, position, text),
    );
    this.answerNames = new AnswerNames(
      checker,
      (type) => legacyTypeText(this.checker, type),
      (source, position, text) => this.writer.write(source, position, text),
    );
    this.toldWords = new ToldWords(checker, (source) => fileOf(source.fileName) !== undefined, this.writer);
    this.wordVariables = new WordVariables(checker, this.writer);
    this.optionalConsent = new OptionalConsent(checker, new AnnotationWriter(fileOf));
    this.injected = new InjectedTypes(checker);
    this.callbacks = new CallbackCarrier(checker, this.annotate);
    this.factories = new CallbackFactories(checker, this.annotate);
    this.helpers = new OperationHelpers(checker, this.annotate);
    this.variables = new VariableCarrier(checker, this.writer, this.ownTypes);
  }

  private readonly annotate = (parameter: ts.ParameterDeclaration, text: string): void => {
    this.parameters.annotate(parameter, text);
  };

  /** Looks through one file; the annotations may belong to other files. */
  collect(source: ts.SourceFile): void {
    this.sources.push(source);
    const saysWords = this.stage.endsWith('words');
    for (const node of nodesOf(source)) {
      if (!this.isSettled) this.carryByTypes(node);
      if (this.stage === 'shapes' || (saysWords && !this.isSettled)) this.recognise(node);
      if (saysWords) this.carryWords(node);
    }
  }

  private carryWords(node: ts.Node): void {
    this.toldWords.collect(node);
    this.wordVariables.collect(node);
    const race = this.stage === 'told words' ? toldByRace(this.checker, node) : undefined;
    if (race !== undefined) this.cast(race);
  }

  private carryByTypes(node: ts.Node): void {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      this.carryArguments(node);
      this.optionalConsent.collect(node);
    }
    if (ts.isCallExpression(node)) {
      this.callbacks.collect(node);
      this.factories.collect(node);
    }
    if (ts.isBinaryExpression(node)) this.variables.carry(node);
    if (ts.isNewExpression(node)) this.carryThroughPromise(node);
    this.ownTypes.collect(node);
    this.answerNames.collect(node);
    this.injected.collect(node);
    this.carryByIdiom(node);
    for (const carry of [carryThroughAsync, carryForwarded]) carry(this.checker, node, this.annotate);
  }

  /** To be asked when every file has been looked through. */
  get annotations(): AnnotationsByFile {
    const consent = this.optionalConsent.finish();
    // What these calls answer with is another thing from now on.
    if (consent.size > 0) return consent;
    this.castErrors();
    this.helpers.finish();
    this.callbacks.finish(this.sources);
    this.factories.finish(this.sources);
    this.ownTypes.finish();
    this.answerNames.finish(this.sources);
    this.toldWords.finish(this.stage === 'certain words');
    if (this.stage.endsWith('words')) this.wordVariables.finish(this.stage === 'certain words');
    for (const { target, type } of this.injected.found()) this.carryInjected(target, type);
    return this.writer.found;
  }

  private carryArguments(call: ts.CallExpression | ts.NewExpression): void {
    if (call.arguments === undefined || call.arguments.length === 0) return;
    const declaration = this.checker.getResolvedSignature(call)?.getDeclaration();
    // A type that was carried here stands in a comment of the copy and takes no other.
    if (
      declaration === undefined ||
      !hasBody(declaration) ||
      this.fileOf(declaration.getSourceFile().fileName) === undefined
    )
      return;
    call.arguments.forEach((argument, index) => {
      const parameter = declaration.parameters[index];
      if (parameter === undefined || !ts.isParameter(parameter)) return;
      const isFunction =
        ts.isFunctionLike(argument) || this.checker.getTypeAtLocation(argument).getCallSignatures().length > 0;
      // One function for all tasks: each call of it is typed by its own.
      if (isFunction && passesAnswerOn(this.checker, declaration, parameter) !== undefined) return;
      const text =
        legacyTypeText(this.checker, this.checker.getTypeAtLocation(argument)) ??
        objectTypeText(this.checker, argument);
      if (text === undefined) return;
      if (this.isOperation(argument)) this.helpers.collect(parameter, text);
      else this.parameters.annotate(parameter, text);
    });
  }

  private isOperation(node: ts.Node): boolean {
    return legacyTypeOf(this.checker, this.checker.getTypeAtLocation(node))?.kind === 'operation';
  }

  private carryInjected(target: ts.ParameterDeclaration | ts.PropertyDeclaration, type: ts.Type): void {
    const text = legacyTypeText(this.checker, type);
    if (text === undefined) return;
    if (ts.isParameter(target)) this.parameters.annotate(target, text);
    else this.ownTypes.overrideProperty(target, text);
  }

  private carryThroughPromise(expression: ts.NewExpression): void {
    const text = promiseTypeText(this.checker, expression);
    if (text !== undefined) this.writer.typePromise(expression, text);
  }

  private carryByIdiom(node: ts.Node): void {
    const carried = carriedByAnyIdiom(this.checker, node);
    if (carried !== undefined) this.cast(carried);
  }

  private cast(carried: Carried): void {
    if (!ts.isVariableDeclaration(carried.node)) this.writer.cast(carried.node, carried.text);
    else this.variables.typeOnce(carried.node, carried.text);
  }

  /** What errors of the project are made of may stand in any file. */
  private castErrors(): void {
    if (this.errorReads.length === 0) return;
    const ownFields = ownErrorFields(this.checker, this.sources);
    const handlers = new SharedErrorHandlers(this.checker, this.sources);
    for (const read of this.errorReads) {
      const error = legacyErrorIn(this.checker, read, ownFields, handlers);
      if (error !== undefined) this.writer.cast(error.node, error.text);
    }
  }

  /** What nothing but its shape tells of. */
  private recognise(node: ts.Node): void {
    if (ts.isPropertyAccessExpression(node)) recogniseShape(this.checker, this.writer, node);
    if (ts.isPropertyAccessExpression(node) || ts.isVariableDeclaration(node)) this.errorReads.push(node);
    if (isCaughtPattern(this.checker, node)) this.parameters.annotate(node, 'AmazonPayLegacy.LegacyError');
    if (ts.isCatchClause(node))
      for (const use of usesOfCaught(this.checker, node)) this.writer.cast(use.node, use.text);
  }
}
