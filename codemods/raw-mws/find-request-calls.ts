import { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';
import { nodesOf } from '../typed-program/nodes';
import { answersWithPromise, type FunctionNode, isFunction, nameOf } from './find-executors';
import { gatherParameters } from './gather-parameters';
import { namedBy, namedByVariable, type NamedParameters } from './named-parameters';
import type { Project } from './project';
import { readExecutor } from './read-executor';
import type { RequestCall, Stays } from './request-call';

const READER = /(?:^|\.)(?:parse\w*|xml2js|xml2json|xmlTo\w+|toJson)$/;
const OTHER_READER = /^(?:JSON|Date|url|qs|querystring|path|Number)\.|^parse(?:Int|Float)$/;

/** `parser.parse(xml)`, `parseStringPromise(data)`: what makes an object of the XML that MWS answers with. */
const isXmlReader = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && READER.test(node.expression.getText()) && !OTHER_READER.test(node.expression.getText());

const isAsync = (node: ts.Node | undefined): boolean =>
  node !== undefined &&
  isFunction(node) &&
  (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false);

type WithVariable = NamedParameters & { readonly variable: ts.Identifier };

/** Finds requests whose parameters are in one object: handed to a function that sends them, or sent where they are made. */
export class RequestFinder {
  constructor(private readonly project: Project) {}

  find(context: FileContext): (RequestCall | Stays)[] {
    return nodesOf(context.file.source).flatMap((node) => {
      if (ts.isVariableDeclaration(node)) {
        const named = namedByVariable(this.project.references, node);
        return named === undefined ? [] : this.ofVariable(context, named);
      }
      const [argument] = ts.isCallExpression(node) ? node.arguments : [];
      const named = argument !== undefined && ts.isObjectLiteralExpression(argument) ? namedBy(argument) : undefined;
      return named === undefined || !ts.isCallExpression(node)
        ? []
        : this.ofSender(context, node, { ...named, variable: undefined });
    });
  }

  private ofVariable(context: FileContext, named: WithVariable): (RequestCall | Stays)[] {
    const around = ts.findAncestor(named.variable, ts.isFunctionLike);
    if (around === undefined) return [];
    const readers = this.readersIn(context, around, named.variable);
    const isOf = (reader: ts.CallExpression): boolean =>
      typeof gatherParameters(context, this.project.references, named.variable, reader) !== 'string';
    const own = readers.find(isOf);
    if (own !== undefined) return this.ofFunction(context, around, own, named);
    const sent = this.callsWith(named.variable).flatMap((call) => this.ofSender(context, call, named));
    const [first] = readers;
    return sent.length > 0 || first === undefined ? sent : this.ofFunction(context, around, first, named);
  }

  /** `post(params)` */
  private callsWith(variable: ts.Identifier): ts.CallExpression[] {
    const symbol = this.project.references.symbolOf(variable);
    const uses = symbol === undefined ? [] : this.project.references.of(symbol);
    return uses.flatMap((use) =>
      ts.isCallExpression(use.parent) && use.parent.arguments[0] === use ? [use.parent] : [],
    );
  }

  /** Readers of XML behind the parameters, in the same function. */
  private readersIn(context: FileContext, around: ts.Node, variable: ts.Identifier): ts.CallExpression[] {
    return nodesOf(context.file.source).filter(
      (node): node is ts.CallExpression =>
        isXmlReader(node) && node.pos > variable.end && ts.findAncestor(node, ts.isFunctionLike) === around,
    );
  }

  /** A function that signs and sends its request itself. */
  private ofFunction(
    context: FileContext,
    around: ts.Node,
    reader: ts.CallExpression,
    named: WithVariable,
  ): (RequestCall | Stays)[] {
    if (!isFunction(around) || !isAsync(around)) return [];
    const executor = this.read(around, true);
    if (typeof executor === 'string') return [this.stays(context, named, executor)];
    const isAwaited = !ts.isAwaitExpression(reader.parent);
    return [{ ...this.placeOf(context, reader, named), executor, argument: undefined, isAwaited }];
  }

  /** A call of a function that signs and sends what it is given. */
  private ofSender(context: FileContext, call: ts.CallExpression, named: NamedParameters): (RequestCall | Stays)[] {
    const sender = this.project.finder.behind(call.expression);
    if (typeof sender !== 'object' || !this.project.has(sender)) return [];
    const executor = this.read(sender, false);
    if (typeof executor === 'string') return [this.stays(context, named, executor)];
    if (!/Signature/.test(executor.code)) return [];
    if (call.arguments.length !== 1 || !answersWithPromise(sender, 1))
      return [this.stays(context, named, `${executor.name} does not answer with a promise to its parameters alone`)];
    return [{ ...this.placeOf(context, call, named), executor, argument: 0 }];
  }

  private read(node: FunctionNode, callsOnly: boolean): ReturnType<typeof readExecutor> {
    return readExecutor({ node, name: nameOf(node) ?? 'the function' }, this.project.finder, callsOnly);
  }

  private stays({ file, rewriter }: FileContext, { at }: NamedParameters, reason: string): Stays {
    return { path: file.unit.path, start: rewriter.start(at), end: rewriter.end(at), reason };
  }

  private placeOf(
    context: FileContext,
    call: ts.CallExpression,
    { operation, at, variable }: NamedParameters,
  ): Omit<RequestCall, 'executor' | 'argument'> {
    const { rewriter, file } = context;
    return {
      path: file.unit.path,
      start: rewriter.start(call),
      end: rewriter.end(call),
      operation,
      named: [rewriter.start(at), rewriter.end(at)],
      ...(variable === undefined ? {} : { variable: rewriter.start(variable) }),
    };
  }
}
