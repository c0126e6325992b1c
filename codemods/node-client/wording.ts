import type { FileContext } from './context';

/** How new code declares what stays the same. */
export const keyword = ({ isEs5 }: FileContext): string => (isEs5 ? 'var' : 'const');

/** A function of one expression. In ES5 it keeps its `this` by `bind`; only arrow functions keep `arguments`. */
export function functionText({ isEs5 }: FileContext, parameters: string, body: string): string {
  if (!isEs5 || /\barguments\b/.test(body)) return `(${parameters}) => ${body}`;
  const text = `function (${parameters}) { return ${body}; }`;
  return /\bthis\b/.test(body) ? `${text}.bind(this)` : text;
}

/** The value, or another one where there is none. */
export const orElse = ({ isEs5 }: FileContext, value: string, other: string): string =>
  `${value} ${isEs5 ? '||' : '??'} ${other}`;

/** A member of what may be absent: `a?.b`, in ES5 `(a || {}).b`. */
export const memberOfAbsent = ({ isEs5 }: FileContext, object: string, member: string): string =>
  isEs5 ? `(${object} || {})${member.startsWith('[') ? '' : '.'}${member}` : `${object}?.${member}`;

/** A path into an object: the first member is read whatever it is, those below it only where it is there. */
export function pathText(context: FileContext, object: string, path: string): string {
  const [first = '', ...rest] = path.split('.');
  return rest.reduce((text, member) => memberOfAbsent(context, text, member), `${object}.${first}`);
}
