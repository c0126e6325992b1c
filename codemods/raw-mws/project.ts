import type { ts } from 'ts-morph';
import type { CodemodInput } from '../codemod';
import { FileContext } from '../node-client/context';
import type { Analysis } from '../typed-program/analyse';
import { nodesOf } from '../typed-program/nodes';
import { type FunctionNode, isFunction } from './find-executors';
import { FunctionFinder } from './function-behind';
import { References } from './references';

/** A project that the checker has typed, and where its names are used. */
export class Project {
  readonly contexts: readonly FileContext[];
  readonly finder: FunctionFinder;
  private readonly byFile: ReadonlyMap<ts.SourceFile, FileContext>;
  private known: References | undefined;

  constructor(
    analysis: Analysis,
    readonly input: CodemodInput,
  ) {
    this.contexts = analysis.files.map((file) => new FileContext(file, analysis.checker, input));
    this.byFile = new Map(this.contexts.map((context) => [context.file.source, context]));
    this.finder = new FunctionFinder(
      analysis.checker,
      new Set(input.packages.flatMap(({ dependencies }) => [...dependencies.keys()])),
    );
    this.checker = analysis.checker;
  }

  readonly checker: ts.TypeChecker;

  get references(): References {
    this.known ??= new References(
      this.checker,
      this.contexts.map(({ file }) => file.source),
    );
    return this.known;
  }

  /** @throws Error for a node that is of no file of the project */
  contextOf(node: ts.Node): FileContext {
    const context = this.byFile.get(node.getSourceFile());
    if (context === undefined) throw new Error(`${node.getSourceFile().fileName} is no file of the project`);
    return context;
  }

  /** The function at a place of a file as the merchant wrote it. */
  functionAt(path: string, start: number, end: number): FunctionNode | undefined {
    const context = this.contexts.find(({ file }) => file.unit.path === path);
    return context === undefined
      ? undefined
      : nodesOf(context.file.source).find(
          (node): node is FunctionNode =>
            isFunction(node) && context.rewriter.start(node) === start && context.rewriter.end(node) === end,
        );
  }

  /** A file of the project, and not the declarations that the toolkit brings along. */
  has(node: ts.Node): boolean {
    return this.byFile.has(node.getSourceFile());
  }
}
