import { findTemplateTags } from '../../carriers';

/** A piece of code in a template, and what a `case` in it chooses by. */
export interface TemplateStatement {
  readonly text: string;
  readonly start: number;
  /** What the `switch` or `case` above chooses by; only for a statement that is one of its branches. */
  readonly chosenBy: string | undefined;
}

interface Piece {
  readonly text: string;
  readonly start: number;
}

/** Each line of Pug may hold code; a comment takes along what is indented below it. */
function linesOfPug(text: string): Piece[] {
  const pieces: Piece[] = [];
  let comment = Infinity;
  let start = 0;
  for (const line of text.split('\n')) {
    const indent = /^\s*/.exec(line)?.[0].length ?? 0;
    if (line.trim() !== '' && indent <= comment) comment = /^\s*\/\//.test(line) ? indent : Infinity;
    if (comment === Infinity) pieces.push({ text: line, start });
    start += line.length + 1;
  }
  return pieces;
}

/** The statements of a tag: one tag of EJS may hold several lines. */
function linesOfTags(path: string, text: string): Piece[] {
  return findTemplateTags(path, text)
    .filter(({ kind }) => kind !== 'comment')
    .flatMap(({ start, end }) =>
      [...text.slice(start, end).matchAll(/[^\n]+/g)].map(({ 0: line, index }) => ({
        text: line,
        start: start + index,
      })),
    );
}

const DIRECTIVES = /[\s(](?:v-[\w:.-]+|[:@][\w.-]+|\*ng\w+|\[[\w.]+\])\s*=\s*"([^"]*)"|\{\{[^{}]*\}\}/g;

/** `v-if="…"` of Vue, `*ngIf="…"` of Angular, and their double braces. */
const directives = (text: string): Piece[] =>
  [...text.matchAll(DIRECTIVES)].map(({ 0: all, index }) => ({
    text: all.trimStart(),
    start: index + all.search(/\S/),
  }));

function piecesOf(path: string, text: string): Piece[] {
  if (/\.(?:pug|jade)$/i.test(path)) return linesOfPug(text);
  if (/\.vue$/i.test(path)) return directives(text);
  const tags = linesOfTags(path, text);
  return tags.length > 0 ? tags : directives(text);
}

/** `case payment.state` of Pug, `switch (payment.state)`, `{% switch payment.state %}`, `{{#switch payment.state}}` */
const CHOICE = /(?:^\s*case|\bswitch)\b\s*\(?\s*([A-Za-z_$@][\w$@.?[\]]*)/;
const BRANCH = /(?:^|[^\w.])(?:case|when)\s+['"]/;

/** The code of a template in order, without its comments and its text. */
export function findTemplateStatements(path: string, text: string): TemplateStatement[] {
  let choice: string | undefined;
  return piecesOf(path, text).map((piece) => {
    choice = CHOICE.exec(piece.text)?.[1] ?? choice;
    return { ...piece, chosenBy: BRANCH.test(piece.text) ? choice : undefined };
  });
}
