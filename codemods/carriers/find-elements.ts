import { Tokenizer } from 'htmlparser2';

/** A range of a file. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface HtmlAttribute extends Range {
  /** In lower case. */
  readonly name: string;
  /** Without quotes, entities as they are written. Undefined for an attribute without a value. */
  readonly value: Range | undefined;
}

/** The opening tag of an element, and what stands in it when it is a script. */
export interface HtmlElement extends Range {
  /** In lower case. */
  readonly name: string;
  readonly attributes: readonly HtmlAttribute[];
  /** The text of a script, undefined for every other element. */
  readonly content: Range | undefined;
}

/** The states of the tokenizer that quote an attribute are of no interest here. */
const unused = (): void => undefined;

/**
 * The elements of an HTML text in order, also of a broken one; what stands in comments is none. Offsets are those of the
 * text, which should have its template tags masked.
 */
export function findElements(html: string): HtmlElement[] {
  const elements: HtmlElement[] = [];
  let open: { start: number; name: string; attributes: HtmlAttribute[] } | undefined;
  let attribute: { start: number; name: string; value: Range | undefined } | undefined;
  let script: (HtmlElement & { content: Range }) | undefined;
  const close = (end: number): void => {
    if (open === undefined) return;
    const element = { ...open, end: end + 1, content: undefined };
    if (open.name === 'script') script = { ...element, content: { start: end + 1, end: end + 1 } };
    else elements.push(element);
    open = undefined;
  };
  const endScript = (): void => {
    if (script !== undefined) elements.push(script);
    script = undefined;
  };
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      onopentagname: (start, end) => {
        endScript();
        open = { start: start - 1, name: html.slice(start, end).toLowerCase(), attributes: [] };
      },
      onattribname: (start, end) => {
        attribute = { start, name: html.slice(start, end).toLowerCase(), value: undefined };
      },
      onattribdata: (start, end) => {
        if (attribute !== undefined) attribute.value = { start: attribute.value?.start ?? start, end };
      },
      onattribentity: unused,
      onattribend: (_, end) => {
        if (attribute !== undefined) open?.attributes.push({ ...attribute, end });
        attribute = undefined;
      },
      onopentagend: close,
      onselfclosingtag: (end) => {
        close(end);
      },
      ontext: (start, end) => {
        if (script !== undefined)
          script = { ...script, content: { start: script.content.start, end: Math.max(end, start) } };
      },
      onclosetag: endScript,
      onend: endScript,
      oncdata: unused,
      oncomment: unused,
      ondeclaration: unused,
      onprocessinginstruction: unused,
      ontextentity: unused,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return elements;
}
