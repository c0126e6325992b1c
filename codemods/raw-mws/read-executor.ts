import { ts } from 'ts-morph';
import { blankComments } from './evidence';
import { functionsByName, type Executor } from './find-executors';
import { decidesEnvironment, type MwsEnvironment } from './read-environment';

/** What has to be known of a function before its calls can become calls of one v2 client. */
export interface KnownExecutor {
  readonly name: string;
  readonly environment: MwsEnvironment;
  /** Its code and that of the functions of its file that it calls: what it names there it may add or change. */
  readonly code: string;
}

/** Reads a function; undefined when it does not fix environment and merchant, so that no call of it is certain. */
export function readExecutor({ node, name }: Executor): KnownExecutor | undefined {
  const environment = decidesEnvironment(blankComments(node.getSourceFile().text));
  if (environment === undefined || isOneOfSeveral(node)) return undefined;
  return { name, environment, code: blankComments(textWithCalled(node)) };
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

function textWithCalled(node: ts.Node): string {
  const functions = functionsByName(node.getSourceFile());
  const seen = new Set<ts.Node>([node]);
  for (const one of seen) {
    const visit = (child: ts.Node): void => {
      if (ts.isCallExpression(child)) {
        const { expression: callee } = child;
        const name = ts.isIdentifier(callee)
          ? callee.text
          : ts.isPropertyAccessExpression(callee)
            ? callee.name.text
            : '';
        for (const called of functions.get(name) ?? []) seen.add(called);
      }
      ts.forEachChild(child, visit);
    };
    ts.forEachChild(one, visit);
  }
  return [...seen].map((one) => one.getText()).join('\n');
}
