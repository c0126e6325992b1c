import { ts } from 'ts-morph';
import type { AnnotationsByFile, AnnotationWriter } from './annotation-writer';
import { isLegacySymbol, legacyTypeOf } from './brands';

const CONSENT = /^(?:AddressConsentToken|AccessToken)$/;

/** The parameters of an operation without a token: what it answers with is confirmed. */
const CONFIRMED = 'AmazonPayLegacy.Confirmed';

/** A call that is given a token only where the function around it is. */
export const isConfirmedByDefault = (checker: ts.TypeChecker, parameters: ts.Node): boolean =>
  [parameters, parameters.parent].some((node) => {
    const symbol = checker.getTypeAtLocation(node).getSymbol();
    return symbol?.name === 'Confirmed' && isLegacySymbol(symbol);
  });

/**
 * Tells reads of confirmed orders from those of drafts where one function makes both: `details(id, token)` whose token may be
 * left out. What most of its callers read is an order that the buyer has confirmed, which v2 has as a Charge Permission.
 */
export class OptionalConsent {
  private readonly omitted = new Set<ts.Node>();
  private readonly found: { readonly given: ts.Expression; readonly token: ts.ParameterDeclaration }[] = [];

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly writer: AnnotationWriter,
  ) {}

  collect(call: ts.CallExpression | ts.NewExpression): void {
    const declaration = this.checker.getResolvedSignature(call)?.getDeclaration();
    for (const left of declaration?.parameters.slice(call.arguments?.length ?? 0) ?? []) this.omitted.add(left);
    const [given] = call.arguments ?? [];
    if (given === undefined || !ts.isObjectLiteralExpression(given)) return;
    if (legacyTypeOf(this.checker, this.checker.getTypeAtLocation(call.expression))?.kind !== 'operation') return;
    const token = given.properties.map((property) => this.tokenOf(property)).find((each) => each !== undefined);
    if (token !== undefined) this.found.push({ given, token });
  }

  /** To be asked when every call has been looked at. */
  finish(): AnnotationsByFile {
    for (const { given, token } of this.found) {
      const isOptional = token.questionToken !== undefined || token.initializer !== undefined;
      if (isOptional || this.omitted.has(token)) this.writer.cast(given, CONFIRMED);
    }
    return this.writer.found;
  }

  private tokenOf(property: ts.ObjectLiteralElementLike): ts.ParameterDeclaration | undefined {
    if (property.name === undefined || !CONSENT.test(property.name.getText())) return undefined;
    const symbol = ts.isShorthandPropertyAssignment(property)
      ? this.checker.getShorthandAssignmentValueSymbol(property)
      : ts.isPropertyAssignment(property)
        ? this.checker.getSymbolAtLocation(property.initializer)
        : undefined;
    const declaration = symbol?.valueDeclaration;
    return declaration !== undefined && ts.isParameter(declaration) ? declaration : undefined;
  }
}
