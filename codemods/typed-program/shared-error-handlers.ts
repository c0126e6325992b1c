import { ts } from 'ts-morph';
import { rejectedBy, triedFor, triesLegacy } from './caught-errors';
import { callbackElsewhere } from './made-callbacks';
import { nodesOf } from './nodes';

/** What the parameter of a function that stands elsewhere gets: errors of the old client alone, or those of others, too. */
export type ErrorsOf = 'legacy' | 'mixed' | 'others';

/**
 * Functions of the project that take a caught error under a name of their own: `.catch(ignore('InvalidCaptureId'))`,
 * `.catch(onError)`, `catch (e) { if (hasCode(e, code)) … }`.
 */
export class SharedErrorHandlers {
  /** Where the errors were tried that come into a parameter, for every use of its function. */
  private tried: Map<ts.ParameterDeclaration, (ts.Node | undefined)[]> | undefined;

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly sources: readonly ts.SourceFile[],
  ) {}

  /** Undefined: the name is no parameter that a caught error is handed to. */
  errorsIn(name: ts.Identifier): ErrorsOf | undefined {
    const declared = this.checker.getSymbolAtLocation(name)?.valueDeclaration;
    if (declared === undefined || !ts.isParameter(declared)) return undefined;
    this.tried ??= this.collect();
    const uses = this.tried.get(declared);
    if (uses === undefined) return undefined;
    const isLegacy = uses.map((each) => each !== undefined && triesLegacy(this.checker, each));
    return isLegacy.every(Boolean) ? 'legacy' : isLegacy.includes(true) ? 'mixed' : 'others';
  }

  private collect(): Map<ts.ParameterDeclaration, (ts.Node | undefined)[]> {
    const found = new Map<ts.ParameterDeclaration, (ts.Node | undefined)[]>();
    const add = (parameter: ts.ParameterDeclaration | ts.Node | undefined, tried: ts.Node | undefined): void => {
      if (parameter === undefined || !ts.isParameter(parameter)) return;
      found.set(parameter, [...(found.get(parameter) ?? []), tried]);
    };
    for (const source of this.sources)
      for (const node of nodesOf(source))
        if (ts.isCallExpression(node)) {
          for (const handler of node.arguments) {
            const tried = rejectedBy(handler);
            if (tried === undefined || ts.isFunctionLike(handler)) continue;
            for (const { parameters } of callbackElsewhere(this.checker, handler)?.functions ?? [])
              add(parameters[0], tried);
          }
          this.addArguments(node, add);
        }
    return found;
  }

  /** `hasCode(e, 'InvalidCaptureId')` */
  private addArguments(
    call: ts.CallExpression,
    add: (parameter: ts.Node | undefined, tried: ts.Node | undefined) => void,
  ): void {
    if (!call.arguments.some((each) => ts.isIdentifier(each))) return;
    const declaration = this.checker.getResolvedSignature(call)?.getDeclaration();
    if (declaration === undefined || !('body' in declaration) || declaration.body === undefined) return;
    call.arguments.forEach((argument, index) => {
      if (!ts.isIdentifier(argument)) return;
      const declared = this.checker.getSymbolAtLocation(argument)?.valueDeclaration;
      if (declared !== undefined) add(declaration.parameters[index], triedFor(declared));
    });
  }
}
