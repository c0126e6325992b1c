import { ts } from 'ts-morph';
import { type FileContext, walk } from '../context';
import { fieldOf } from './answer-read';
import { objectEscape } from './report-escapes';
import { isLogged } from './value-flow';

/** `'CaptureAmount'`, and those of `['AmazonCaptureId', 'CaptureAmount']`. */
const textsIn = (node: ts.Expression): ts.StringLiteralLike[] =>
  ts.isStringLiteralLike(node) ? [node] : ts.isArrayLiteralExpression(node) ? node.elements.flatMap(textsIn) : [];

/** What stands beside the object: in the call itself, or in the one that has made its function: `pick('State')(status)`. */
function namesBeside(call: ts.CallExpression, object: ts.Expression): ts.StringLiteralLike[] {
  const made = ts.isCallExpression(call.expression) ? call.expression.arguments : [];
  return [...call.arguments.filter((each) => each !== object), ...made].flatMap(textsIn);
}

/**
 * Lists calls whose type says that fields of a legacy object come out of them, and that are told as text which: `pick(details,
 * 'AmazonCaptureId', 'CaptureAmount')`. What reads the result is rewritten, and the texts are not.
 */
export function reportNamedFields(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isCallExpression(node) || isLogged(node)) return;
    for (const object of node.arguments) {
      const type = context.typeAround(object);
      // An object that leaves what can be followed is listed for that.
      if (type?.kind !== 'element' || objectEscape(context, object) !== undefined) continue;
      const renamed = namesBeside(node, object).flatMap((text) => {
        const to = fieldOf(type.element, text.text)?.to;
        return to === undefined || to === text.text ? [] : [{ text, to }];
      });
      if (renamed.length === 0) continue;
      const names = renamed.map(({ text }) => context.text(text)).join(', ');
      const instead = renamed.map(({ to }) => (to === null || to === '' ? 'nothing of the kind' : to)).join(', ');
      context.leaveOpen(node, {
        rule: 'node-client/result-read',
        legacy: { name: type.element },
        replacement: null,
        message: `${context.text(node.expression)} is told by text which fields of ${context.text(object)} it shall take: ${names}. The v2 object has ${instead}, and what reads the result reads these: name them here, too.`,
      });
    }
  });
}
