import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import { nodesOf } from '../typed-program/nodes';
import { calledName, type Executor, isFunction, nameOf } from './find-executors';
import type { ActionUse } from './find-requests';
import type { Project } from './project';
import { type GivenAt, namesOfParameters } from './take-action';

/** What a call gives at a place. */
function givenAt(call: ts.CallExpression, { argument, member }: GivenAt): ts.Expression | undefined {
  const isCalled = ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'call';
  const given = call.arguments[isCalled ? argument + 1 : argument];
  if (member === undefined || given === undefined || !ts.isObjectLiteralExpression(given)) return given;
  for (const property of given.properties) {
    if (property.name?.getText().replace(/['"]/g, '') !== member) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}

const placeIn = (path: string, node: ts.Node): string => `${path}:${node.getStart()}:${node.getEnd()}`;

/** `(name, params) => exec(name, params)`: a function that hands its parameter on to an executor. */
function forwarderAround(
  call: ts.CallExpression,
  action: ts.Expression | undefined,
): Omit<Executor, 'path'> | undefined {
  if (action === undefined || !ts.isIdentifier(action)) return undefined;
  const node = ts.findAncestor(call, isFunction);
  const name = node === undefined ? undefined : nameOf(node);
  const given = node === undefined ? undefined : namesOfParameters(node).get(action.text);
  return node === undefined || name === undefined || given === undefined
    ? undefined
    : { node, name, action: given, promises: false };
}

/** A call of an executor, as far as can be told. */
export interface ExecutorCall extends ActionUse {
  readonly node: ts.CallExpression;
  /** Undefined when only the name of what is called speaks for it. */
  readonly executor: Executor | undefined;
}

/**
 * Tells which calls are calls of executors: by what their name stands for, through imports and aliases. Where that is not
 * known, because it was handed in or made by a factory, by the name alone.
 */
export class ExecutorCalls {
  private readonly names: ReadonlySet<string>;
  /** Calls by file and place: the executor, or null where something else is called. */
  private readonly known = new Map<string, Executor | null>();

  constructor(
    private readonly project: Project,
    found: readonly Executor[],
  ) {
    this.names = new Set(found.length === 0 ? [] : this.resolve(found).map(({ name }) => name));
  }

  /** Returns the executors with those that only hand on what they are given. */
  private resolve(found: readonly Executor[]): Executor[] {
    const { contexts, finder } = this.project;
    const calls = contexts.flatMap(({ file }) =>
      nodesOf(file.source).flatMap((node) =>
        ts.isCallExpression(node) && node.arguments.length > 0
          ? [{ node, behind: finder.behind(node.expression) }]
          : [],
      ),
    );
    const placeOf = (node: ts.Node): string => {
      if (!this.project.has(node)) return '';
      const { file, rewriter } = this.project.contextOf(node);
      return `${file.unit.path}:${rewriter.start(node)}:${rewriter.end(node)}`;
    };
    const executors = new Map(found.map((each) => [placeIn(each.path, each.node), each]));
    for (const { node, behind } of calls) {
      const executor = typeof behind === 'object' ? executors.get(placeOf(behind)) : undefined;
      const forwarder = executor === undefined ? undefined : forwarderAround(node, givenAt(node, executor.action));
      const { path } = this.project.contextOf(node).file.unit;
      if (forwarder !== undefined && !executors.has(placeOf(forwarder.node)))
        executors.set(placeOf(forwarder.node), { ...forwarder, path });
    }
    for (const { node, behind } of calls)
      if (behind !== undefined)
        this.known.set(placeOf(node), behind === 'elsewhere' ? null : (executors.get(placeOf(behind)) ?? null));
    return [...executors.values()];
  }

  /** A call of the file may be one of an executor by its name. */
  mentioned(text: string): boolean {
    return [...this.names].some((name) => text.includes(name));
  }

  /** The calls of executors in a file: with the operation when it is written out, without when it is computed. */
  in(path: string, source: ts.SourceFile, speaks: boolean): ExecutorCall[] {
    return nodesOf(source).flatMap((node) => (ts.isCallExpression(node) ? this.read(path, node, speaks) : []));
  }

  private read(path: string, node: ts.CallExpression, speaks: boolean): ExecutorCall[] {
    const executor = this.known.get(placeIn(path, node));
    if (executor === null) return [];
    const name = calledName(node.expression);
    if (executor === undefined && (name === undefined || !this.names.has(name))) return [];
    const written = node.arguments.find((argument) => ts.isStringLiteralLike(argument));
    const action = executor === undefined ? (written ?? node.arguments[0]) : givenAt(node, executor.action);
    if (action === undefined) return [];
    if (ts.isStringLiteralLike(action))
      return operations[action.text] === undefined ? [] : [{ node, operation: action.text, executor }];
    // A name alone says little, so that it only counts where the file speaks to MWS, and for what can be an action.
    const listed =
      executor !== undefined || (speaks && !ts.isObjectLiteralExpression(action) && !ts.isFunctionLike(action));
    return listed ? [{ node, operation: undefined, executor }] : [];
  }
}
