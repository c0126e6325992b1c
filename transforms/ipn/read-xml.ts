import { XMLParser } from 'fast-xml-parser';
import { checkXml } from './check-xml';
import { isObject, type JsonObject } from './read-json';
import { refuse } from './refusal';

/** Values stay text: an id of digits is no number. Prefixes are dropped, since legacy used two namespaces. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Paths as text are for callbacks, and there are none here.
  jPath: false,
});

/** Returns the elements of an XML document as nested objects of text. Throws an IpnRefusedError for anything else. */
export function readXml(text: string, at: string): JsonObject {
  const xml = text.replace(/^\uFEFF/, '').trim();
  checkXml(xml, at);
  try {
    const document: unknown = parser.parse(xml);
    return isObject(document) ? document : refuse('not-xml', at, 'No XML element.');
  } catch {
    return refuse('not-xml', at, 'XML that cannot be read.');
  }
}

/** The one child element of a name, undefined when there is none; two of them are refused, whatever they say. */
export function childOf(element: unknown, name: string, at: string): unknown {
  const value = isObject(element) && Object.hasOwn(element, name) ? element[name] : undefined;
  return Array.isArray(value) ? refuse('ambiguous', at, `${value.length} times ${name}.`) : value;
}

/** The text of a child element, undefined when it is absent or empty. */
export function textOf(element: unknown, name: string, at: string): string | undefined {
  const value = childOf(element, name, at);
  if (isObject(value)) refuse('unexpected-element', at, `${name} holds elements, not only text.`);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
