import { ts } from 'ts-morph';
import { callbackElsewhere, givenToCallback, type CallbackElsewhere, type GivenToCallback } from './made-callbacks';
import { nodesOf } from './nodes';

/**
 * `pay.refund(params, failing(cb))` where `failing` returns `(err, res) => …`, and `pay.refund(params, onRefund)`: these
 * functions are called with what the operation gives. What serves others as well stays untyped, and is listed at each call.
 */
export class CallbackFactories {
  private readonly uses = new Map<ts.Expression, { callback: CallbackElsewhere; given: GivenToCallback }>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly annotate: (parameter: ts.ParameterDeclaration, text: string) => void,
  ) {}

  collect(call: ts.CallExpression): void {
    for (const argument of call.arguments) {
      const callback = callbackElsewhere(this.checker, argument);
      if (callback?.functions === undefined) continue;
      const given = givenToCallback(this.checker, argument);
      if (given !== undefined) this.uses.set(argument, { callback, given });
    }
  }

  /** To be asked when every file has been looked through. */
  finish(sources: readonly ts.SourceFile[]): void {
    if (this.uses.size === 0) return;
    const uses = [...this.uses.values()];
    const origins = new Set(uses.map(({ callback }) => callback.origin));
    const foreign = this.usedByOthers(sources, origins);
    for (const origin of origins) {
      if (foreign.has(origin)) continue;
      const own = uses.filter(({ callback }) => callback.origin === origin);
      const answers = new Set(own.map(({ given }) => given.answer));
      const [answer] = answers;
      for (const { parameters } of own[0]?.callback.functions ?? []) {
        const [error, result] = parameters.filter((each) => ts.isParameter(each));
        if (error !== undefined) this.annotate(error, 'AmazonPayLegacy.LegacyError');
        if (result !== undefined && answer !== undefined && answers.size === 1) this.annotate(result, answer);
      }
    }
  }

  /** What goes where no operation calls it, too: `gateway.charge(card, failing(cb))`, `onRefund(new Error('no card'))`. */
  private usedByOthers(
    sources: readonly ts.SourceFile[],
    origins: ReadonlySet<ts.SignatureDeclaration | undefined>,
  ): Set<ts.SignatureDeclaration | undefined> {
    const found = new Set<ts.SignatureDeclaration | undefined>();
    const look = (node: ts.Expression): void => {
      if (this.uses.has(node)) return;
      const origin = callbackElsewhere(this.checker, node)?.origin;
      if (origin !== undefined && origins.has(origin)) found.add(origin);
    };
    for (const source of sources)
      for (const node of nodesOf(source)) {
        if (!ts.isCallExpression(node)) continue;
        node.arguments.forEach(look);
        const called = this.uses.has(node) ? undefined : this.checker.getResolvedSignature(node)?.getDeclaration();
        if (called !== undefined && origins.has(called as ts.SignatureDeclaration))
          found.add(called as ts.SignatureDeclaration);
      }
    return found;
  }
}
