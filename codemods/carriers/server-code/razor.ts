import { CodeSheet, type ServerCode } from './code-sheet';

const BLOCK = /@(?:functions|code)?\s*(?=\{)/y;
const USING = /@using\s+(?:(\w+)\s*=\s*)?([\w.]+)[ \t]*;?[ \t]*(?=\r?\n|$)/y;
const INJECT = /@inject\s+([\w.<>?,]+\s+\w+)[ \t]*;?/y;
const CONTROL = /@(if|for|foreach|while|switch|lock|using)\s*(?=\()/y;
const LINE =
  /@(?:model|page|layout|inherits|implements|attribute|namespace|addTagHelper|removeTagHelper|section)\b[^\n{]*/y;
const NAME = /@(?:await\s+)?(?=[A-Za-z_])/y;
const MORE = /\s*(?:else(?:\s+if\s*(?=\())?|catch\s*(?=\()|catch|finally)\s*/y;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** Where `Pay.Capture(id)?.GetState()` ends. */
function endOfExpression(sheet: CodeSheet, start: number): number {
  const { text } = sheet;
  let end = start;
  for (;;) {
    const step = matchAt(/\??\.?[A-Za-z_]\w*|(?=[([])/y, text, end)?.[0];
    if (step === undefined || (end > start && step !== '' && !/^\??\./.test(step))) return end;
    end += step.length;
    while (text[end] === '(' || text[end] === '[') {
      const close = sheet.closeOf(end);
      if (close === -1) return end;
      end = close + 1;
    }
    if (step === '' && !/[.?]/.test(text[end] ?? '')) return end;
  }
}

/** Code of C# in Razor. */
export function readRazor(text: string): ServerCode {
  const sheet = new CodeSheet(text);

  /** A block of code, in which lines of the page may stand. */
  const readCode = (start: number, end: number): void => {
    for (let at = start; at < end;) {
      const found = text.indexOf('\n', at);
      const next = found === -1 || found >= end ? end : found + 1;
      const indent = /^\s*/.exec(text.slice(at, next))?.[0].length ?? 0;
      const first = text.slice(at + indent, at + indent + 2);
      if (/^<[\w/!]|^@:/.test(first)) readPage(at + indent + (first === '@:' ? 2 : 0), next);
      else if (first.startsWith('@')) {
        at = Math.max(readAt(at + indent), at + indent + 1);
        continue;
      } else sheet.keep(at, next);
      at = next;
    }
  };

  const readBody = (open: number): number => {
    const close = sheet.closeOf(open);
    if (close === -1) return open + 1;
    sheet.put(open, '{');
    readCode(open + 1, close);
    sheet.put(close, '}');
    return close + 1;
  };

  const readControl = (start: number, open: number): number => {
    const close = sheet.closeOf(open);
    if (close === -1) return open;
    sheet.keep(start, close + 1);
    let at = close + 1;
    for (;;) {
      at += /^\s*/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
      if (text[at] !== '{') return at;
      at = readBody(at);
      const more = matchAt(MORE, text, at);
      if (more === null) return at;
      sheet.keep(at, at + more[0].length);
      at += more[0].length;
      if (text[at] === '(') {
        const end = sheet.closeOf(at);
        if (end === -1) return at;
        sheet.keep(at, end + 1);
        at = end + 1;
      }
    }
  };

  /** What begins with an at sign; answers with where it ends. */
  const readAt = (at: number): number => {
    const next = text[at + 1] ?? '';
    if (next === '@') return at + 2;
    if (next === '*') return text.indexOf('*@', at) === -1 ? text.length : text.indexOf('*@', at) + 2;
    const block = matchAt(BLOCK, text, at);
    if (block !== null) return readBody(at + block[0].length);
    const using = matchAt(USING, text, at);
    if (using?.[2] !== undefined) {
      const start = at + using[0].indexOf(using[2]);
      const local = using[1] ?? '*';
      sheet.imports.push({ local, target: using[2], start, end: start + using[2].length });
      return at + using[0].length;
    }
    const inject = matchAt(INJECT, text, at);
    if (inject?.[1] !== undefined) {
      const start = at + inject[0].indexOf(inject[1]);
      sheet.keepStatement(start, start + inject[1].length);
      return at + inject[0].length;
    }
    const control = matchAt(CONTROL, text, at);
    if (control !== null) return readControl(at + 1, at + control[0].length);
    const line = matchAt(LINE, text, at);
    if (line !== null) return at + line[0].length;
    if (next === '(') {
      const close = sheet.closeOf(at + 1);
      if (close === -1) return at + 1;
      sheet.keepStatement(at + 2, close);
      return close + 1;
    }
    const name = matchAt(NAME, text, at);
    if (name === null) return at + 1;
    const start = at + name[0].length;
    const end = endOfExpression(sheet, start);
    sheet.keepStatement(start, end);
    return end;
  };

  function readPage(start: number, end: number): void {
    for (let at = text.indexOf('@', start); at !== -1 && at < end;) {
      // An address of e-mail.
      const isWithin = /\w/.test(text[at - 1] ?? '');
      at = text.indexOf('@', isWithin ? at + 1 : Math.max(readAt(at), at + 1));
    }
  }

  readPage(0, text.length);
  return sheet.toCode();
}
