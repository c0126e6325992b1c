import { ts } from 'ts-morph';
import { isScript } from '../../typed-program/program';
import { hasBody, nodesOf } from '../../typed-program/nodes';
import type { FileContext } from '../context';

/** What may be loaded: a function at the top of a module that hands something out. */
function isHandedOut(node: ts.Node): boolean {
  const around = ts.findAncestor(node.parent, (each) => ts.isFunctionLike(each) || ts.isSourceFile(each));
  return around !== undefined && ts.isSourceFile(around) && /\bexports?\b/.test(around.text);
}

/** The name under which others call a function, where it has one. */
function nameOf(node: ts.Node): string | undefined {
  if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.name !== undefined)
    return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  const isAssigned = ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(parent.left);
  return isAssigned ? (parent.left as ts.PropertyAccessExpression).name.text.replace(/^exports$/, '') : undefined;
}

/** The last part of what loads a file: `money` for `lib/money.js` and `lib/money/index.js`. */
const moduleNameOf = (path: string): string =>
  path
    .replace(/\.\w+$/, '')
    .replace(/\/index$/, '')
    .replace(/^.*\//, '');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Loads the module, and names the function or hands on whatever the module has. */
function loads(path: string, name: string): RegExp {
  const quoted = `['"\`][^'"\`\\n]*\\b${escaped(moduleNameOf(path))}(?:\\.[cm]?[jt]sx?)?['"\`]`;
  const named = name === '' ? '' : `(?=[\\s\\S]*(?:\\b${escaped(name)}\\b|export \\*|\\.\\.\\.require))`;
  return new RegExp(`^${named}[\\s\\S]*${quoted}`);
}

/**
 * Parameters that are handed an amount here, of functions that files call which no codemod is given, as nothing in them is of
 * legacy: what those hand in is of their own.
 */
export function loadedElsewhere(
  contexts: readonly FileContext[],
  isWanted: (parameter: ts.ParameterDeclaration) => boolean,
): { readonly parameter: ts.ParameterDeclaration; readonly path: string }[] {
  const search = contexts[0]?.input.searchElsewhere;
  if (search === undefined) return [];
  const asked = contexts.flatMap((context) =>
    nodesOf(context.file.source).flatMap((node) => {
      if (!ts.isFunctionLike(node) || !hasBody(node)) return [];
      const parameters = node.parameters.filter((each): each is ts.ParameterDeclaration => {
        const type = ts.isParameter(each) && isWanted(each) ? context.typeOf(each) : undefined;
        return type?.kind === 'element' && type.element === 'Price';
      });
      const name = parameters.length > 0 && isHandedOut(node) ? nameOf(node) : undefined;
      return name === undefined ? [] : [{ parameters, pattern: loads(context.file.unit.path, name) }];
    }),
  );
  if (asked.length === 0) return [];
  const isOne = (path: string): boolean => isScript({ path });
  const answers = search(asked.map(({ pattern }) => ({ pattern, isWanted: isOne })));
  return asked.flatMap(({ parameters }, index) => {
    const path = answers[index];
    return path === undefined ? [] : parameters.map((parameter) => ({ parameter, path }));
  });
}
