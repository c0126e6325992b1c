import { scaffoldEndpoints } from '../../src/catalog';
import type { ScriptStyle } from './script-style';

/**
 * New code is written once, in modern TypeScript with two spaces and single quotes, and fitted to the script: types in ⟨ ⟩
 * are left out of JavaScript; arrow functions with a block, `const` and `let` become what ES5 has. No text in it looks like a
 * tag of a template language: `${`, `{{`, `}}`, `{%`, `[[` and `{` before a letter do not occur.
 */
export function fitCode(code: string, style: ScriptStyle): string {
  let text = code.replace(/⟨([^⟩]*)⟩/g, style.isTyped ? '$1' : '').replaceAll('(window)', 'window');
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

/** GETs JSON: `receive` gets it, `fail` what went wrong, a status that is no success included. `url` and the names are code. */
export const getJson = ({ jquery }: ScriptStyle, url: string, receive: string, fail: string): string =>
  jquery === undefined
    ? `fetch(${url})
  .then((response) => {
    if (!response.ok) {
      throw new Error('the server answered ' + response.status);
    }
    return response.json();
  })
  .then(${receive})
  .catch(${fail})`
    : `${jquery}.getJSON(${url}).then(${receive}, ${fail})`;

const CHECKOUT = scaffoldEndpoints.checkout.path;
const DATA = 'JSON.stringify({ amazonCheckoutSessionId: amazonCheckoutSessionId })';

/**
 * POSTs the id of the Checkout Session, which the variable amazonCheckoutSessionId holds. `leave` gets the JSON of the answer
 * whatever its status, since it says where to go then too, and null where there is none.
 */
export const postSession = ({ jquery }: ScriptStyle, leave: string): string =>
  jquery === undefined
    ? `fetch('${CHECKOUT}', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: ${DATA},
})
  .then((response) => {
    return response.json();
  })
  .catch(() => {
    return null;
  })
  .then(${leave})`
    : `${jquery}.ajax({
  url: '${CHECKOUT}',
  method: 'POST',
  contentType: 'application/json',
  data: ${DATA},
}).then(${leave}, (answer⟨: any⟩) => {
  ${leave}(answer.responseJSON);
})`;
