import { ts } from 'ts-morph';
import { callbackResult, resultText } from './answered-callback';
import { loadedFrom } from './loaded-from';
import { isWritten, promisedText } from './wrapper-idioms';

type Written = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

interface Task {
  /** Of a task in an object. */
  readonly name: string | undefined;
  readonly written: Written | undefined;
}

const LIBRARY = /^(?:async|neo-async)(?:\/(\w+))?$/;
const ALL = /^(?:series|parallel|parallelLimit|auto)$/;
const EACH = /^(?:map|concat)(?:Limit|Series)?$/;

/** The function of the library that is called. */
function calledOf(checker: ts.TypeChecker, { expression }: ts.CallExpression): string | undefined {
  if (ts.isPropertyAccessExpression(expression))
    return LIBRARY.test(loadedFrom(checker, expression.expression) ?? '') ? expression.name.text : undefined;
  const loaded = LIBRARY.exec(loadedFrom(checker, expression) ?? '');
  return loaded === null ? undefined : (loaded[1] ?? expression.getText());
}

/** What a task hands to its callback, which is its last parameter, or answers with. */
function answerText(checker: ts.TypeChecker, written: Written | undefined): string | undefined {
  if (written === undefined) return undefined;
  const promised = promisedText(checker, written);
  if (promised !== undefined) return promised;
  return resultText(checker, callbackResult(checker, checker.getSignatureFromDeclaration(written)));
}

/** The function itself, or that of the project which has this name. */
function functionOf(checker: ts.TypeChecker, node: ts.Node | undefined): Written | undefined {
  if (node === undefined || isWritten(node)) return node;
  const declared = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  if (declared !== undefined && ts.isFunctionDeclaration(declared)) return declared;
  const value = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return isWritten(value) ? value : undefined;
}

function tasksOf(checker: ts.TypeChecker, node: ts.Expression): Task[] {
  const taskOf = (name: string | undefined, each: ts.Expression): Task => {
    const written = ts.isArrayLiteralExpression(each) ? each.elements.at(-1) : each;
    return { name, written: functionOf(checker, written) };
  };
  if (ts.isArrayLiteralExpression(node)) return node.elements.map((each) => taskOf(undefined, each));
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((each) =>
    ts.isPropertyAssignment(each) ? [taskOf(each.name.getText().replace(/['"]/g, ''), each.initializer)] : [],
  );
}

/** `{ capture: …, [name: string]: any }`, `[…, any]` */
function resultsText(checker: ts.TypeChecker, tasks: readonly Task[], isList: boolean): string | undefined {
  const texts = tasks.map(({ written }) => answerText(checker, written));
  if (texts.every((text) => text === undefined)) return undefined;
  if (isList) return `[${texts.map((text) => text ?? 'any').join(', ')}]`;
  const members = tasks.flatMap(({ name = '' }, index) =>
    texts[index] === undefined ? [] : [`${JSON.stringify(name)}: ${texts[index]}`],
  );
  return `{ ${members.join('; ')}; [name: string]: any }`;
}

type Annotate = (parameter: ts.ParameterDeclaration, text: string) => void;

/** Says of a parameter of a function what arrives there. */
class Flow {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly give: Annotate,
  ) {}

  /** To a task, by the place of its parameter. */
  toTask(written: Written | undefined, index: number, text: string | undefined): void {
    const parameter = written?.parameters[index];
    if (parameter !== undefined && text !== undefined) this.give(parameter, text);
  }

  /** To the function that is called at the end, which the function around may have been given. */
  toEnd(end: ts.Expression, text: string | undefined): void {
    this.toTask(functionOf(this.checker, end), 1, text);
    const declared = ts.isIdentifier(end) ? this.checker.getSymbolAtLocation(end)?.valueDeclaration : undefined;
    if (declared !== undefined && ts.isParameter(declared) && text !== undefined)
      this.give(declared, `((error: any, result: ${text}, ...more: any[]) => any)`);
  }
}

/**
 * What the functions of async.js hand from callback to callback: the answer of a task arrives at the next of a waterfall, and
 * among the results of `series`, `parallel`, `auto` and `map` under the name or the place of its task.
 */
export function carryThroughAsync(checker: ts.TypeChecker, node: ts.Node, give: Annotate): void {
  if (!ts.isCallExpression(node)) return;
  const called = calledOf(checker, node);
  const [first] = node.arguments;
  const end = node.arguments.at(-1);
  if (called === undefined || first === undefined || end === undefined || end === first) return;
  const flow = new Flow(checker, give);
  if (called === 'waterfall') {
    const steps = tasksOf(checker, first);
    steps.forEach(({ written }, index) => {
      const text = answerText(checker, written);
      if (index === steps.length - 1) flow.toEnd(end, text);
      const next = steps[index + 1]?.written;
      // The only parameter of a step is its callback.
      if ((next?.parameters.length ?? 0) > 1) flow.toTask(next, 0, text);
    });
  } else if (called === 'retry' || EACH.test(called)) {
    const text = answerText(checker, functionOf(checker, node.arguments.at(-2)));
    flow.toEnd(end, text === undefined || called === 'retry' ? text : `Array<${text}>`);
  } else if (ALL.test(called)) {
    const tasks = tasksOf(checker, first);
    const text = resultsText(checker, tasks, ts.isArrayLiteralExpression(first));
    flow.toEnd(end, text);
    if (called !== 'auto') return;
    for (const { written } of tasks) if ((written?.parameters.length ?? 0) > 1) flow.toTask(written, 0, text);
  }
}
