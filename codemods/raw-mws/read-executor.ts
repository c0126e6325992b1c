import { ts } from 'ts-morph';
import { blankComments } from './evidence';
import { calledName, functionsByName, type FunctionNode } from './find-executors';
import type { FunctionFinder } from './function-behind';
import { decidesEnvironment, type MwsEnvironment } from './read-environment';

/** What has to be known of a function before its calls can become calls of one v2 client. */
export interface KnownExecutor {
  readonly name: string;
  readonly environment: MwsEnvironment;
  /** Its code and that of the functions that it calls: what it names there it may add or change. */
  readonly code: string;
  /** It adds what is in an object that nobody sees. */
  readonly spreads: boolean;
}

/**
 * Reads a function; the reason when it does not fix environment and merchant, so that no call of it is certain.
 *
 * @param callsOnly its own code is the request itself; only what it calls may add something
 */
export function readExecutor(
  { node, name }: { readonly node: FunctionNode; readonly name: string },
  finder: FunctionFinder,
  callsOnly = false,
): KnownExecutor | string {
  const environment = decidesEnvironment(node.getSourceFile());
  if (environment === undefined) return `host and path of the requests of ${name} are not fixed in its file`;
  if (isOneOfSeveral(node)) return `${name} is made with credentials that something else gives`;
  const reach = new Reach(finder, node);
  const code = reach.nodes.filter((each) => !callsOnly || each !== node).map((each) => each.getText());
  return { name, environment, code: blankComments(code.join('\n')), spreads: reach.spreadsUnseen };
}

/**
 * True when it is made again and again with other credentials: in a function with parameters, or in a class that is given
 * something. A v2 client from environment variables would take every merchant for the same.
 */
function isOneOfSeveral(node: ts.Node): boolean {
  for (let { parent } = node; !ts.isSourceFile(parent); parent = parent.parent) {
    if (ts.isFunctionLike(parent) && parent.parameters.length > 0) return true;
    if (ts.isClassLike(parent) && /\bthis\s*\.\s*#?\w+\s*=[^=]|\bconstructor\s*\(\s*[^)\s]/.test(parent.getText()))
      return true;
  }
  return false;
}

/** A function with everything of the project that it calls, also in other files, and the objects that it adds. */
class Reach {
  private readonly seen: Set<ts.Node>;
  /** `{ ...params, ...config.defaults }`: what is in there is not seen. */
  spreadsUnseen = false;

  constructor(
    private readonly finder: FunctionFinder,
    node: FunctionNode,
  ) {
    this.seen = new Set([node]);
    for (const one of this.seen) this.visit(one);
  }

  get nodes(): readonly ts.Node[] {
    return [...this.seen];
  }

  private visit(node: ts.Node): void {
    if (ts.isCallExpression(node)) {
      this.addCalled(node);
      if (/^(?:Object\.assign|_\.(?:assign|extend|merge|defaults)|extend)$/.test(node.expression.getText()))
        node.arguments.forEach((argument) => this.addObject(argument));
    }
    if (ts.isSpreadAssignment(node)) this.addObject(node.expression);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  private addCalled(call: ts.CallExpression): void {
    const behind = this.finder.behind(call.expression);
    if (typeof behind === 'object') this.seen.add(behind);
    if (behind !== undefined) return;
    const named = functionsByName(call.getSourceFile()).get(calledName(call.expression) ?? '') ?? [];
    for (const called of named) this.seen.add(called);
  }

  private addObject(node: ts.Expression): void {
    if (ts.isObjectLiteralExpression(node) || ts.isCallExpression(node)) return;
    const value = this.finder.valueOf(node);
    if (value === 'local') return;
    if (value === undefined) this.spreadsUnseen = true;
    else this.seen.add(value);
  }
}
