import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import type { Script } from './page';

const isLoop = (node: ts.Node): boolean => ts.isIterationStatement(node, false);

/** Names that `var` declares below a node, without those of functions in it. */
function varsIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  walk(node, (one) => {
    const isVar = ts.isVariableDeclarationList(one) && (one.flags & ts.NodeFlags.BlockScoped) === 0;
    if (isVar) for (const { name } of one.declarations) if (ts.isIdentifier(name)) names.add(name.text);
  });
  return names;
}

/**
 * Variables of a loop that new code reads after an answer of the server: with `var` they would have their last value then, for
 * every round.
 */
export function valuesOfLoop(script: Script, node: ts.Node, codes: readonly string[]): string[] {
  const loop = ts.findAncestor(node, (one) => isLoop(one) || ts.isFunctionLike(one));
  if (loop === undefined || !isLoop(loop)) return [];
  const scope = ts.findAncestor(loop, ts.isFunctionLike) ?? script.source;
  const named = new Set(codes.flatMap((code) => code.match(/(?<![.\w$'"])[A-Za-z_$][\w$]*/g) ?? []));
  return [...varsIn(scope)].filter((name) => named.has(name));
}

/** Fixes values, and `this`, for the function that gets the answer: the last one of the code. */
export function bindCallback(code: string, answer: string, usesThis: boolean, values: readonly string[]): string {
  if (!usesThis && values.length === 0) return code;
  const at = Math.max(code.lastIndexOf(`(${answer}: any) => {`), code.lastIndexOf(`(${answer}) => {`));
  const typed = code.slice(at).startsWith(`(${answer}: any)`) ? ': any' : '';
  const parameters = [...values.map((name) => `${name}${typed}`), `${answer}${typed}`].join(', ');
  const text =
    at === -1
      ? code.replace(
          new RegExp(`function \\(${answer}\\) \\{(?![\\s\\S]*function \\(${answer}\\) \\{)`),
          () => `function (${parameters}) {`,
        )
      : `${code.slice(0, at)}function (${parameters}) {${code.slice(code.indexOf('=> {', at) + 4)}`;
  return text.replace(/\)$/, () => `.bind(${['this', ...values].join(', ')}))`);
}
