import { scaffoldEndpoints } from '../../src/catalog';
import type { ScriptStyle } from './script-style';

/**
 * New code is written once, in modern TypeScript with two spaces and single quotes, and fitted to the script: types in ⟨ ⟩
 * are left out of JavaScript; arrow functions with a block, `const` and `let` become what ES5 has. No text in it looks like a
 * tag of a template language: `${`, `{{`, `}}`, `{%`, `[[` and `{` before a letter do not occur.
 */
export function fitCode(code: string, style: ScriptStyle): string {
  let text = code.replace(/⟨([^⟩]*)⟩/g, style.isTyped ? '$1' : '');
  text = style.isModern
    ? text.replace(/\b(\w+): \1(?=,| \})/g, '$1')
    : text.replace(/\b(?:const|let) /g, 'var ').replace(/\(([^()]*)\) => \{/g, 'function ($1) {');
  if (!style.semicolons) text = text.replace(/;$/gm, '');
  if (style.quote === '"') text = text.replace(/'/g, '"');
  return text.replace(/^(?: {2})+/gm, (indent) => style.unit.repeat(indent.length / 2));
}

/** Puts lines below the first one at an indentation, with the line ends of the file. */
export const indentCode = (code: string, indent: string, style: ScriptStyle): string =>
  code
    .split('\n')
    .map((line, index) => (index === 0 || line === '' ? line : indent + line))
    .join(style.eol);

const deeper = (code: string, levels: number): string => code.replace(/^(?=.)/gm, '  '.repeat(levels));

/** A request and what is done with the JSON that answers it: with jQuery where the script uses it. */
function thenWith(style: ScriptStyle, request: string, answer: string, body: string): string {
  const parameter = `(${answer}⟨: any⟩)`;
  if (style.jquery !== undefined) return `${request}.then(${parameter} => {\n${deeper(body, 1)}\n})`;
  const read = style.isModern ? '(response) => response.json()' : '(response) => {\n    return response.json();\n  }';
  return `${request}\n  .then(${read})\n  .then(${parameter} => {\n${deeper(body, 2)}\n  })`;
}

/** GETs JSON and does something with it. `url` is code. */
export const getJson = (style: ScriptStyle, url: string, answer: string, body: string): string =>
  thenWith(style, style.jquery === undefined ? `fetch(${url})` : `${style.jquery}.getJSON(${url})`, answer, body);

const CHECKOUT = scaffoldEndpoints.checkout.path;

/** POSTs the id of the Checkout Session, which the variable amazonCheckoutSessionId holds, and does something with the answer. */
export function postSession(style: ScriptStyle, answer: string, body: string): string {
  const data = 'JSON.stringify({ amazonCheckoutSessionId: amazonCheckoutSessionId })';
  const request =
    style.jquery === undefined
      ? `fetch('${CHECKOUT}', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: ${data},
})`
      : `${style.jquery}.ajax({
  url: '${CHECKOUT}',
  method: 'POST',
  contentType: 'application/json',
  data: ${data},
})`;
  return thenWith(style, request, answer, body);
}
