import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import type { Script } from './script';

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

/** Fixes values, and `this`, for a function that gets the answer of the server: `callback` is its code. */
export function bindCallback(callback: string, usesThis: boolean, values: readonly string[]): string {
  if (!usesThis && values.length === 0) return callback;
  const typed = /^\(\w+: any/.test(callback) ? ': any' : '';
  const given = values.map((name) => `${name}${typed}, `).join('');
  const bound = callback.replace(
    /^(?:function )?\(([^)]*)\)(?: =>)? \{/,
    (_, own: string) => `function (${given}${own}) {`,
  );
  return `${bound}.bind(${['this', ...values].join(', ')})`;
}
