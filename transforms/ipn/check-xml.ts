import { refuse } from './refusal';

const MAX_CHARACTERS = 256 * 1024;
const MAX_DEPTH = 32;
/** Real ones have fewer than a hundred. */
const MAX_ELEMENTS = 2000;

/** A whole tag. Names are those that Amazon uses and their prefixes; attributes have quotes, so `>` in them ends nothing. */
const TAG = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_:][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;

/** What is no element and may hold anything, tags too: how it starts and how it ends. */
const OPAQUE = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

function endOfOpaque(xml: string, start: number, at: string): number | undefined {
  for (const [opening, closing] of OPAQUE) {
    if (!xml.startsWith(opening, start)) continue;
    const end = xml.indexOf(closing, start + opening.length);
    return end === -1 ? refuse('not-xml', at, `A ${opening} that never ends.`) : end + closing.length;
  }
  return undefined;
}

/**
 * Refuses what is no well-formed document of one root, and what makes a parser work more than the text is long, before any
 * parser sees it. One pass; the parser itself accepts unclosed elements and several roots.
 */
export function checkXml(xml: string, at: string): void {
  if (xml.length > MAX_CHARACTERS) refuse('too-large', at, `More than ${MAX_CHARACTERS} characters of XML.`);
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(xml))
    refuse('forbidden-xml', at, 'A document type or entity; no notification has one.');
  if (/<\/?(?:[\w.-]*:)*(?:__proto__|constructor|prototype)[\s/>]/.test(xml))
    refuse('forbidden-name', at, 'An element whose name could change prototypes.');
  const open: string[] = [];
  let elements = 0;
  let end = 0;
  for (let start = xml.indexOf('<'); start !== -1; start = xml.indexOf('<', end)) {
    if (open.length === 0 && xml.slice(end, start).trim() !== '') refuse('not-xml', at, 'Text outside of the element.');
    const opaque = endOfOpaque(xml, start, at);
    if (opaque !== undefined) {
      if (open.length === 0 && xml.startsWith('<![', start)) refuse('not-xml', at, 'Text outside of the element.');
      end = opaque;
      continue;
    }
    TAG.lastIndex = start;
    const [tag = '', isClosing, name = '', , isEmpty] = TAG.exec(xml) ?? refuse('not-xml', at, 'A tag that is broken.');
    end = start + tag.length;
    if (isClosing === '/') {
      if (open.pop() !== name || isEmpty === '/') refuse('not-xml', at, `</${name.slice(0, 60)}> closes nothing.`);
      continue;
    }
    if (open.length === 0 && elements > 0) refuse('not-xml', at, 'More than one root element.');
    if ((elements += 1) > MAX_ELEMENTS) refuse('too-large', at, `More than ${MAX_ELEMENTS} elements.`);
    if (isEmpty !== '/') open.push(name);
    if (open.length > MAX_DEPTH) refuse('too-deep', at, `More than ${MAX_DEPTH} levels of XML.`);
  }
  if (open.length > 0 || elements === 0 || xml.slice(end).trim() !== '')
    refuse('not-xml', at, elements === 0 ? 'No XML.' : 'XML that is cut off or broken.');
}
