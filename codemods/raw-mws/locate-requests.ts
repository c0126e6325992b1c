import { ts } from 'ts-morph';
import type { CodemodInput } from '../codemod';
import { FileContext, walk } from '../node-client/context';
import { isTypeScript } from '../rewriting/is-type-script';
import { analyse } from '../typed-program/analyse';
import type { Annotation } from '../typed-program/annotated-file';
import type { Located, RequestCall } from './request-call';

/** Tells the checker what the function answers, at each call. */
function seedFor(calls: readonly RequestCall[]): Map<string, Annotation[]> {
  const seed = new Map<string, Annotation[]>();
  for (const { path, start, end, operation } of calls) {
    const type = `Promise<AmazonPayLegacy.${operation}Envelope>`;
    const list = seed.get(path) ?? [];
    if (isTypeScript(path)) list.push({ at: start, text: '(' }, { at: end, text: ` as unknown as ${type})` });
    else list.push({ at: start, text: `(/** @type {${type}} */ (` }, { at: end, text: '))' });
    seed.set(path, list);
  }
  return seed;
}

/** Types a project with the answers of these requests, and finds them in it. */
export function locate(input: CodemodInput, calls: readonly RequestCall[]): Located[] {
  const analysis = analyse(input.files, input, seedFor(calls));
  const located: Located[] = [];
  for (const file of analysis.files) {
    const own = calls.filter(({ path }) => path === file.unit.path);
    if (own.length === 0) continue;
    const context = new FileContext(file, analysis.checker, input);
    walk(file.source, (node) => {
      if (!ts.isCallExpression(node)) return;
      const call = own.find(
        ({ start, end }) => start === context.rewriter.start(node) && end === context.rewriter.end(node),
      );
      if (call !== undefined) located.push({ call, node, context });
    });
  }
  return located;
}
