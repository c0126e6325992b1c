import { ts } from 'ts-morph';
import { type AnnotationWriter, isJavaScript } from './annotation-writer';
import { legacyTypeOf } from './brands';

const hasLegacyMembers = (checker: ts.TypeChecker, type: ts.Type): boolean =>
  type.getProperties().some((property) => legacyTypeOf(checker, checker.getTypeOfSymbol(property)) !== undefined);

/** Writes types at parameters, at each of them once. */
export class ParameterTypes {
  private readonly typed = new Set<ts.ParameterDeclaration>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly writer: AnnotationWriter,
  ) {}

  /** Writes a type before or behind a parameter, unless it already has one that says something. */
  annotate(parameter: ts.ParameterDeclaration, text: string): void {
    if (parameter.dotDotDotToken !== undefined || this.typed.has(parameter)) return;
    const current = this.checker.getTypeAtLocation(parameter);
    const isUntypedPattern = ts.isObjectBindingPattern(parameter.name) && parameter.type === undefined;
    if (!isUntypedPattern && (current.flags & ts.TypeFlags.Any) === 0) return;
    if (isUntypedPattern && hasLegacyMembers(this.checker, current)) return;
    // Two callers may pass different things; the first one decides, and what does not fit is listed where it is used.
    this.typed.add(parameter);
    const isTold = isJavaScript(parameter.getSourceFile()) && ts.getJSDocType(parameter) !== undefined;
    if (!isTold || isUntypedPattern) this.writer.typeParameter(parameter, text);
  }
}
