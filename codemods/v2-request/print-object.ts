/** One property of an object that is about to be written, or a nested object. */
export interface Property {
  readonly key: string;
  readonly value: string | ObjectText;
  readonly comments: readonly string[];
}

export interface ObjectText {
  readonly properties: Property[];
}

export interface Layout {
  readonly indent: string;
  readonly unit: string;
  readonly quote: "'" | '"';
  readonly eol: string;
}

/** Longest object that is worth a single line. */
const ONE_LINE = 90;

/** A spread (`...environment`) is written with the same text as key and value. */
const keyText = (key: string, quote: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? key : `${quote}${key}${quote}`;

function oneLine(object: ObjectText, layout: Layout): string | undefined {
  const parts: string[] = [];
  for (const { key, value, comments } of object.properties) {
    if (comments.length > 0) return undefined;
    const text = typeof value === 'string' ? value : oneLine(value, layout);
    if (text === undefined || text.includes('\n')) return undefined;
    parts.push(text === key ? key : `${keyText(key, layout.quote)}: ${text}`);
  }
  const text = parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  return text.length <= ONE_LINE ? text : undefined;
}

/** Prints an object literal in the layout of the place where it will stand. Short objects stay on one line. */
export function printObject(object: ObjectText, layout: Layout): string {
  const short = oneLine(object, layout);
  if (short !== undefined) return short;
  const inner = { ...layout, indent: layout.indent + layout.unit };
  const lines = object.properties.flatMap(({ key, value, comments }) => {
    const text = typeof value === 'string' ? value : printObject(value, inner);
    const line = text === key ? `${key},` : `${keyText(key, layout.quote)}: ${text},`;
    return [...comments, line].map((part) => inner.indent + part);
  });
  return [`{`, ...lines, `${layout.indent}}`].join(layout.eol);
}

/** Sets a dotted path: `paymentDetails.chargeAmount`. */
export function setPath(object: ObjectText, path: string, value: string, comments: readonly string[]): void {
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    object.properties.push({ key: head, value, comments });
    return;
  }
  const existing = object.properties.find((property) => property.key === head)?.value;
  const nested: ObjectText = existing !== undefined && typeof existing !== 'string' ? existing : { properties: [] };
  if (nested !== existing) object.properties.push({ key: head, value: nested, comments: [] });
  setPath(nested, rest.join('.'), value, comments);
}
