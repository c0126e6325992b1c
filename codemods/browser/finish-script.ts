import { ts } from 'ts-morph';
import { withCalled, writeDeclaration, writeFunction } from './emitted-functions';
import type { Script } from './script';
import type { Project } from './project';
import { indentCode } from './write-code';

/** Where new functions go: below the last statement, and below the last tag, which may close what decides about it. */
function endOf(script: Script): number {
  const { region, source, page } = script;
  const { text } = page.unit;
  const last = source.statements.at(-1);
  let end = last === undefined ? region.start : script.rewriter.end(last);
  for (const tag of page.carrier.tags)
    if (tag.start >= region.start && tag.end <= region.end) end = Math.max(end, tag.end);
  // A comment behind the statement stays with it; a mark that ends a comment of HTML stays last.
  const rest = /^[ \t]*;?[ \t]*(?:\/\/(?![ \t]*(?:-->|\]\]>))[^\n\r]*)?/.exec(text.slice(end, region.end))?.[0] ?? '';
  return end + rest.trimEnd().length;
}

const declares = (source: ts.SourceFile, name: string): boolean =>
  source.statements.some((one) => ts.isFunctionDeclaration(one) && one.name?.text === name);

const declaresAmazon = (source: ts.SourceFile): boolean =>
  source.statements.some(
    (one) =>
      ts.isVariableStatement(one) &&
      one.declarationList.declarations.some(({ name }) => ts.isIdentifier(name) && name.text === 'amazon'),
  );

/** Adds what the rewritten code of a script calls to its end. */
export function finishScript(script: Script, project: Project): void {
  const { source, style } = script;
  const parts = withCalled(script.needs)
    .filter((name) => !declares(source, name))
    .map((name) => writeFunction(name, style));
  const namesAmazon =
    script.namesAmazon || script.needs.has('whenAmazonPayIsLoaded') || script.needs.has('showAmazonPaySession');
  if (style.isTyped && namesAmazon && !project.declaresAmazon && !declaresAmazon(source) && !script.redeclares)
    parts.unshift(writeDeclaration(style));
  if (parts.length === 0) return;
  const first = source.statements[0];
  const indent = first === undefined ? '' : script.indentOf(first);
  const code = parts.map((part) => `${style.eol}${style.eol}${indent}${indentCode(part, indent, style)}`).join('');
  const { region, page } = script;
  // Older Smarty takes any brace for a tag.
  const isLiteral = page.unit.text.slice(region.start, region.end).includes('{/literal}');
  script.rewriter.insert(
    endOf(script),
    isLiteral ? `${style.eol}${indent}{literal}${code}${style.eol}${indent}{/literal}` : code,
  );
}
