import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isObject, type JsonObject } from './read-json';
import { refuse } from './refusal';

const MAX_CHARACTERS = 256 * 1024;
const MAX_DEPTH = 32;

/** Values stay text: an id of digits is no number. Prefixes are dropped, since legacy used two namespaces. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** Refuses what makes a parser work more than the text is long, before any parser sees it. */
function checkText(xml: string, at: string): void {
  if (xml.length > MAX_CHARACTERS) refuse('too-large', at, `More than ${MAX_CHARACTERS} characters of XML.`);
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(xml))
    refuse('forbidden-xml', at, 'A document type or entity; no notification has one.');
  if (/<\/?(?:[\w.-]*:)?(?:__proto__|constructor|prototype)[\s/>]/.test(xml))
    refuse('forbidden-name', at, 'An element whose name could change prototypes.');
  let depth = 0;
  for (let open = xml.indexOf('<'); open !== -1; open = xml.indexOf('<', open + 1)) {
    const close = xml.indexOf('>', open);
    if (close === -1) return;
    if (xml[open + 1] === '/') depth -= 1;
    else if (xml[close - 1] !== '/' && xml[open + 1] !== '?' && xml[open + 1] !== '!') depth += 1;
    if (depth > MAX_DEPTH) refuse('too-deep', at, `More than ${MAX_DEPTH} levels of XML.`);
    open = close;
  }
}

/** Returns the elements of an XML document as nested objects of text. Throws an IpnRefusedError for anything else. */
export function readXml(text: string, at: string): JsonObject {
  const xml = text.replace(/^\uFEFF/, '').trim();
  checkText(xml, at);
  if (!xml.startsWith('<')) refuse('not-xml', at, 'No XML.');
  if (XMLValidator.validate(xml) !== true) refuse('not-xml', at, 'XML that is cut off or broken.');
  try {
    const document: unknown = parser.parse(xml);
    return isObject(document) ? document : refuse('not-xml', at, 'No XML element.');
  } catch {
    return refuse('not-xml', at, 'XML that cannot be read.');
  }
}

/** The text of a child element, undefined when it is absent, empty or no text. */
export function textOf(element: unknown, name: string): string | undefined {
  const value = isObject(element) ? element[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
