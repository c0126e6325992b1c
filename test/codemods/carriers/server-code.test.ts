import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readServerCode } from '../../../codemods/carriers/server-code';
import { parseWith, type ParserNode } from '../../../codemods/grammars';
import { templateKindOf, type TemplateForm } from '../../../src/catalog/languages';

const root = join(__dirname, '../../../fixtures/other-languages');
const templates = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(?:erb|haml|slim|jsp|aspx|cshtml|blade\.php)$/.test(path),
);

function errorsIn(node: ParserNode, text: string): string[] {
  const { start, end } = node.range();
  if (node.kind() === 'ERROR') return [text.slice(start.index, end.index)];
  return node.children().flatMap((child) => errorsIn(child, text));
}

it.each(templates)('takes the code of %s out so that it parses, at the offsets of the file', (path) => {
  const text = readFileSync(join(root, path), 'utf8');
  const kind = templateKindOf(path, text);
  if (kind === undefined) throw new Error(`${path} is no template`);
  const { code, imports } = readServerCode(kind.form, path, text);
  expect(code).toHaveLength(text.length);
  const parsed = kind.language === 'php' ? `<?php ${code}` : code;
  expect(errorsIn(parseWith(kind.language, parsed), parsed)).toEqual([]);
  for (const { target, start, end } of imports) expect(text.slice(start, end)).toContain(target);
});

const broken: readonly (readonly [TemplateForm, string])[] = [
  ['percent', '<% if x %><%= '],
  ['percent', '<%@ page import="a.B'],
  ['razor', '@if (x { <p>@'],
  ['razor', '@{ var x = "}'],
  ['razor', '@functions { @* '],
  ['razor', '@inject'],
  ['blade', '{{ $x->y( }} @if ( @foreach'],
  ['blade', '@php $x = 1;'],
  ['indented', '- \n= \n:ruby\n#{'],
];

it.each(broken)('reads %s that does not end: %s', (form, text) => {
  expect(readServerCode(form, 'page', text).code).toHaveLength(text.length);
});

it('takes no time that grows with the square of a page', () => {
  const page = '@if ( {{ $x <% @{ #{ '.repeat(20_000);
  for (const form of ['percent', 'razor', 'blade', 'indented'] as const)
    expect(readServerCode(form, 'page', page).code).toHaveLength(page.length);
}, 20_000);
