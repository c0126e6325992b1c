import { findElements, type HtmlElement, type Range } from './find-elements';
import { findIndentedScripts } from './indented-scripts';
import { mask, maskings } from './mask';
import { scriptBlocks } from './script-blocks';
import { findTemplateTags, type TemplateTag } from './template-tags';

/** A piece of a file that is script, and how it is carried. */
export interface ScriptRegion extends Range {
  /**
   * file: the file is a script. element: `<script>`. block: a block of a template language that holds a script.
   * attribute: a handler like `onclick`, in which quotes are written as entities.
   */
  readonly kind: 'file' | 'element' | 'block' | 'attribute';
  readonly language: 'javascript' | 'typescript' | 'jsx' | 'tsx';
}

/** A file taken apart: its template tags, its HTML elements and its scripts. Offsets are those of the file. */
export interface Carrier {
  readonly tags: readonly TemplateTag[];
  /** Opening tags of HTML; empty for files of script. */
  readonly elements: readonly HtmlElement[];
  readonly regions: readonly ScriptRegion[];
}

const SCRIPT_FILE = /\.([cm]?[jt]s|[jt]sx)$/i;
const INDENTED = /\.(?:pug|jade|slim|haml)$/i;
/** Values of `type` under which a browser, or Babel in it, runs a script; everything else is data or a template. */
const RUNS =
  /^(?:|module|text\/(?:java|ecma|type|babel|jsx)?script|text\/(?:babel|jsx)|application\/(?:x-)?(?:java|ecma)script)$/i;
function languageOfFile(path: string): ScriptRegion['language'] {
  const ending = SCRIPT_FILE.exec(path)?.[1]?.toLowerCase() ?? 'js';
  if (ending === 'tsx' || ending === 'jsx') return ending;
  return /ts$/.test(ending) ? 'typescript' : 'javascript';
}

function attributeText(element: HtmlElement, name: string, html: string): string {
  const value = element.attributes.find((attribute) => attribute.name === name)?.value;
  return value === undefined ? '' : html.slice(value.start, value.end).trim();
}

function languageOfElement(element: HtmlElement, html: string): ScriptRegion['language'] {
  const said = `${attributeText(element, 'lang', html)} ${attributeText(element, 'type', html)}`;
  if (/\btsx\b/i.test(said)) return 'tsx';
  if (/\bts\b|typescript/i.test(said)) return 'typescript';
  return /\bjsx\b|babel/i.test(said) ? 'jsx' : 'javascript';
}

function regionsOf(elements: readonly HtmlElement[], html: string): ScriptRegion[] {
  return elements.flatMap((element): ScriptRegion[] => {
    const handlers = element.attributes.flatMap(({ name, value }): ScriptRegion[] =>
      /^on[a-z]+$/.test(name) && value !== undefined && value.end > value.start
        ? [{ ...value, kind: 'attribute', language: 'javascript' }]
        : [],
    );
    const { content } = element;
    if (content === undefined || !RUNS.test(attributeText(element, 'type', html))) return handlers;
    if (html.slice(content.start, content.end).trim() === '') return handlers;
    return [...handlers, { ...content, kind: 'element', language: languageOfElement(element, html) }];
  });
}

/** Astro runs what stands between two lines of dashes at the head of a component. */
function frontMatter(path: string, text: string): ScriptRegion[] {
  const match = /\.astro$/i.test(path) ? /^\s*---\r?\n([\s\S]*?)\r?\n---/.exec(text) : null;
  if (match?.[1] === undefined) return [];
  const start = match.index + match[0].indexOf(match[1]);
  return [{ start, end: start + match[1].length, kind: 'element', language: 'typescript' }];
}

/**
 * Takes a file apart. What a template language puts into a page is masked while the HTML is read, so that `->` in a tag of PHP
 * ends no tag of HTML.
 */
export function readCarrier(path: string, text: string): Carrier {
  const tags = findTemplateTags(path, text);
  if (SCRIPT_FILE.test(path))
    return {
      tags,
      elements: [],
      regions: [{ start: 0, end: text.length, kind: 'file', language: languageOfFile(path) }],
    };
  if (INDENTED.test(path)) return { tags, elements: [], regions: findIndentedScripts(path, text) };
  const [masking] = maskings;
  const html = masking === undefined ? text : mask(text, tags, masking);
  const blocks = scriptBlocks(text);
  const quoted = blocks.filter(({ start }) => /["']/.test(text[start - 1] ?? ''));
  const isInQuoted = ({ start }: Range): boolean => quoted.some((block) => block.start <= start && start < block.end);
  const elements = findElements(html);
  const regions = [...frontMatter(path, text), ...regionsOf(elements, html), ...blocks];
  return {
    // The tag around a block holds the script that is to be read.
    tags: tags.filter(
      (tag) => !blocks.some((block) => tag.start < block.start && block.end < tag.end) && !isInQuoted(tag),
    ),
    elements,
    regions: regions.sort((a, b) => a.start - b.start),
  };
}
