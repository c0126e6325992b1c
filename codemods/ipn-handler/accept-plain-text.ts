import { ts } from 'ts-morph';
import { type FileContext, walk } from '../node-client/context';
import { reportHandler, reportOpen } from './place';

/** `express.json()`, `bodyParser.json({ limit })`, or `json()` of one of them. */
function jsonParser(node: ts.Node): ts.CallExpression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression.getText();
  return /^(?:express|bodyParser|body_parser|parser)\.json$/.test(callee) ? node : undefined;
}

/** `bodyParser()` of Koa, which leaves text/plain alone unless it is told. */
function koaParser(node: ts.Node, text: string): ts.CallExpression | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const { text: name } = node.expression;
  const isKoa = new RegExp(
    `\\b(?:const|let|var|import)\\s+(?:\\{\\s*)?${name}\\b[^\\n]*['"](?:koa-bodyparser|@koa/bodyparser|koa-body)['"]`,
  ).test(text);
  return isKoa && !/\btext\b|text\/plain/.test(node.getText()) ? node : undefined;
}

/** `@Body()` of Nest, whose parser takes JSON and forms alone unless it is told. */
const nestBody = (node: ts.Node): ts.Node | undefined =>
  ts.isDecorator(node) && /^@Body\(\)$/.test(node.getText()) ? node : undefined;

const takesPlainText = (text: string): boolean =>
  /text\/plain|type:\s*(?:\(|\w+\s*=>|['"](?:\*\/\*|text\/\*)['"]|function)|\b(?:express|bodyParser)\.(?:text|raw)\(|enableTypes[^\]]*['"]text['"]|useBodyParser\(['"](?:text|raw)/.test(
    text,
  );

function acceptBoth(context: FileContext, node: ts.CallExpression): boolean {
  const { quote } = context.style;
  const type = `type: [${quote}application/json${quote}, ${quote}text/plain${quote}]`;
  const [options] = node.arguments;
  if (options === undefined) {
    context.rewriter.replace(node, (emit) => `${emit(node.expression)}({ ${type} })`);
    return true;
  }
  if (!ts.isObjectLiteralExpression(options) || /\btype\b/.test(options.getText())) return false;
  const first = options.properties[0];
  context.rewriter.insert(
    first === undefined ? context.rewriter.start(options) + 1 : context.rewriter.start(first),
    first === undefined ? ` ${type} ` : `${type}, `,
  );
  return true;
}

function report(context: FileContext, node: ts.Node, rewritten: boolean): void {
  const place = {
    rule: 'ipn/body-parser',
    legacy: { name: context.text(node) },
    replacement: { name: "type: ['application/json', 'text/plain']" },
  };
  if (rewritten)
    reportHandler(context, node, {
      ...place,
      automation: 'automatic',
      message: 'The body parser takes text/plain, too, which is how Amazon posts its JSON.',
      rewritten,
    });
  else
    reportOpen(context, node, true, {
      ...place,
      message:
        'This parser does not take text/plain, which is how Amazon posts its JSON: let the route of the notifications have one that does.',
      // Without the name of the type: a file that has it is taken for one that accepts it.
      decision: 'Amazon posts its JSON as plain text; let the route of the notifications have a parser that takes it.',
    });
}

/**
 * Amazon posts JSON as text/plain. A parser beside the handler is made to take it; one elsewhere in the package serves other
 * routes, too, and is listed.
 */
export function acceptPlainText(handler: FileContext, package_: readonly FileContext[]): void {
  const { text } = handler.file.unit;
  if (!/\b(?:req|request)\.body\b|@Body\(\)/.test(text)) return;
  if (package_.some(({ file }) => takesPlainText(file.unit.text))) return;
  for (const context of [handler, ...package_.filter((each) => each !== handler)]) {
    let found = false;
    walk(context.file.source, (node) => {
      const other = koaParser(node, context.file.unit.text) ?? (context === handler ? nestBody(node) : undefined);
      if (other !== undefined) report(context, other, false);
      found ||= other !== undefined;
      const parser = jsonParser(node);
      if (parser === undefined) return;
      found = true;
      report(context, parser, context === handler && acceptBoth(context, parser));
    });
    if (found) return;
  }
}
