import { ts } from 'ts-morph';
import type { CodemodInput } from '../codemod';
import { nodesOf } from '../typed-program/nodes';
import { isTypeScript } from '../rewriting/is-type-script';
import { analyse } from '../typed-program/analyse';
import type { Annotation } from '../typed-program/annotated-file';
import { Project } from './project';
import type { Located, RequestCall } from './request-call';

/** Tells the checker what the function answers, at each call. */
function seedFor(calls: readonly RequestCall[]): Map<string, Annotation[]> {
  const seed = new Map<string, Annotation[]>();
  for (const { path, start, end, operation, isAwaited } of calls) {
    const answer = `AmazonPayLegacy.${operation}Envelope`;
    const type = isAwaited === true ? answer : `Promise<${answer}>`;
    const list = seed.get(path) ?? [];
    if (isTypeScript(path)) list.push({ at: start, text: '(' }, { at: end, text: ` as unknown as ${type})` });
    else list.push({ at: start, text: `(/** @type {${type}} */ (` }, { at: end, text: '))' });
    seed.set(path, list);
  }
  return seed;
}

export interface LocatedRequests {
  readonly project: Project;
  readonly located: readonly Located[];
}

/** Types a project with the answers of these requests, and finds them in it. */
export function locate(input: CodemodInput, calls: readonly RequestCall[]): LocatedRequests {
  const project = new Project(analyse(input.files, input, seedFor(calls)), input);
  const located = project.contexts.flatMap((context): Located[] => {
    const own = calls.filter(({ path }) => path === context.file.unit.path);
    if (own.length === 0) return [];
    return nodesOf(context.file.source).flatMap((node): Located[] => {
      if (!ts.isCallExpression(node)) return [];
      const call = own.find(
        ({ start, end }) => start === context.rewriter.start(node) && end === context.rewriter.end(node),
      );
      return call === undefined ? [] : [{ call, node, context, references: project.references }];
    });
  });
  return { project, located };
}
