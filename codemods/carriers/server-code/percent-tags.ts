import { CodeSheet, type ServerCode } from './code-sheet';

const OPEN = /<%(?!%)(--|[@!=:#-]?)/g;
/** In ASP.NET `<%#` binds data; in ERB it is a comment. */
const ASP = /\.(?:aspx|ascx|master)$/i;
const SERVER_SCRIPT = /<script\b[^>]{0,500}\brunat\s*=\s*["']?server["']?[^>]{0,500}>/gi;

/** `<%@ page import="a.B, c.*" %>`, `<%@ Import Namespace="A.B" %>` */
function readDirective(sheet: CodeSheet, written: string, start: number): void {
  const match = /\b(import|Namespace)\s*=\s*(["'])(.*?)\2/is.exec(written);
  if (match?.[3] === undefined) return;
  const isJava = match[1] === 'import';
  const from = start + match.index + match[0].indexOf(match[3]);
  sheet.importAll(match[3], from, (target) => (!isJava || target.endsWith('.*') ? '*' : target.replace(/^.*\./, '')));
}

/** Code in `<% … %>`: ERB, JSP, ASP.NET. */
export function readPercentTags(path: string, text: string): ServerCode {
  const sheet = new CodeSheet(text);
  const opens = new RegExp(OPEN);
  for (let match = opens.exec(text); match !== null; match = opens.exec(text)) {
    const [whole, mark = ''] = match;
    const start = match.index + whole.length;
    const close = text.indexOf(mark === '--' ? '--%>' : '%>', start);
    if (close === -1) break;
    opens.lastIndex = close + 2;
    const end = text[close - 1] === '-' && close - 1 > start ? close - 1 : close;
    if (mark === '@') readDirective(sheet, text.slice(start, end), start);
    else if (mark !== '--' && (mark !== '#' || ASP.test(path))) sheet.keepStatement(start, end);
  }
  if (ASP.test(path))
    for (const { index, 0: open } of text.matchAll(SERVER_SCRIPT)) {
      const close = text.indexOf('</script', index);
      if (close === -1) break;
      sheet.keep(index + open.length, close);
    }
  return sheet.toCode();
}
