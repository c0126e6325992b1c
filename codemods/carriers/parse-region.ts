import { ts } from 'ts-morph';
import type { Carrier, ScriptRegion } from './find-regions';
import { mask, maskings } from './mask';
import type { Range } from './find-elements';

/** A region that parses. Offsets of `source` are those of the region: add `region.start` for those of the file. */
export interface ParsedRegion {
  readonly region: ScriptRegion;
  readonly source: ts.SourceFile;
  /** Whether a template tag lies in a range of the file: the text there is not all that the browser will get. */
  hasTag(range: Range): boolean;
  /** Whether a tag that decides lies there: two ways of writing the script are in one text. */
  hasControlTag(range: Range): boolean;
}

const KINDS: Readonly<Record<ScriptRegion['language'], ts.ScriptKind>> = {
  javascript: ts.ScriptKind.JSX,
  jsx: ts.ScriptKind.JSX,
  typescript: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
};

/** `<!--` and `-->` around a script are comments to a browser, and no syntax to a parser; so are marks of CDATA. */
function maskHtmlComments(text: string): string {
  return text.replace(/^[ \t]*(?:<!--[^\n]*|-->[^\n]*|<!\[CDATA\[|\]\]>)/gm, (match) => ' '.repeat(match.length));
}

/** Entities, which a browser reads before it reads the script: those for quotes, one character for six. */
function unescapeQuotes(text: string): string {
  return text.replace(/&(?:quot|#34|apos|#39);/g, (entity) =>
    (/quot|34/.test(entity) ? '"' : "'").padEnd(entity.length, ' '),
  );
}

/** What was parsed last: a page is read for its uses, and again to see what the edits make of it. */
const recent = new Map<string, ts.SourceFile | undefined>();
const MAX_RECENT = 100;

function parse(region: ScriptRegion, text: string): ts.SourceFile | undefined {
  const wrapped = region.kind === 'attribute' ? unescapeQuotes(text) : maskHtmlComments(text);
  const key = `${region.kind} ${region.language} ${wrapped}`;
  if (recent.has(key)) return recent.get(key);
  if (recent.size === MAX_RECENT) recent.clear();
  const source = parseAnew(region, wrapped);
  recent.set(key, source);
  return source;
}

function parseAnew(region: ScriptRegion, wrapped: string): ts.SourceFile | undefined {
  const kind = KINDS[region.language];
  const source = ts.createSourceFile('region', wrapped, ts.ScriptTarget.Latest, true, kind);
  // The parser keeps its errors on the file, where the public types do not show them.
  const { parseDiagnostics = [] } = source as ts.SourceFile & { parseDiagnostics?: readonly ts.Diagnostic[] };
  // A handler may return, since the browser makes a function of it.
  const errors = parseDiagnostics.filter(({ code }) => code !== RETURN_OUTSIDE || region.kind !== 'attribute');
  return errors.length === 0 ? source : undefined;
}

const RETURN_OUTSIDE = 1108;

/**
 * Parses a region with its template tags masked, in the first way that gives a script without errors. Undefined when tags or
 * broken code leave no such way.
 */
export function parseRegion(text: string, carrier: Carrier, region: ScriptRegion): ParsedRegion | undefined {
  const inside = carrier.tags.filter(({ start, end }) => start < region.end && end > region.start);
  const covers = ({ start, end }: Range, other: Range): boolean => other.start < end && other.end > start;
  const attempts = inside.length === 0 ? maskings.slice(0, 1) : maskings;
  for (const masking of attempts) {
    const source = parse(region, mask(text, inside, masking, region.start, region.end));
    if (source === undefined) continue;
    return {
      region,
      source,
      hasTag: (range) => inside.some((tag) => covers(range, tag)),
      hasControlTag: (range) => inside.some((tag) => tag.kind === 'control' && covers(range, tag)),
    };
  }
  const raw = inside.length === 0 ? undefined : parse(region, text.slice(region.start, region.end));
  if (raw === undefined) return undefined;
  const hasTag = (range: Range): boolean => inside.some((tag) => covers(range, tag));
  return { region, source: raw, hasTag, hasControlTag: hasTag };
}
