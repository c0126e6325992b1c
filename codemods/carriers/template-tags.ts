/**
 * Tags of template languages that can stand inside a script: what the server puts in before the browser sees the page.
 * Which language a file is in cannot be told from its ending alone, so a tag is known by its own form.
 */
export interface TemplateTag {
  readonly start: number;
  readonly end: number;
  /** value: text takes its place. control: it decides what follows. comment: nothing takes its place. */
  readonly kind: 'value' | 'control' | 'comment';
}

interface TagForm {
  /** How a tag begins. The first form that fits a place counts. */
  readonly open: RegExp;
  /** Text with which it ends. A tag without an end reaches to the end of the file only where its language says so. */
  readonly close: string;
  /** Quoted text in it does not end it. */
  readonly quotes?: true;
  readonly openEnded?: true;
  readonly kind: (tag: string) => TemplateTag['kind'];
  /** Endings of the files in which this form means a tag; everywhere when absent. */
  readonly only?: RegExp;
}

const CONTROL_WORD =
  /^\W*(?:if|elseif|elsif|else|elif|endif|unless|endunless|for|foreach|foreachelse|endfor|endforeach|while|endwhile|switch|case|default|endswitch|block|endblock|section|macro|endmacro|set|assign|capture|endcapture|literal|strip|include|require|import|extends|layout|with|endwith|raw|endraw|verbatim|endverbatim|comment|endcomment|spaceless|autoescape|end|do|each|try|catch)\b/;

const byFirstWord = (tag: string): TemplateTag['kind'] =>
  /^\W*\//.test(tag) || CONTROL_WORD.test(tag) ? 'control' : 'value';

const mustache = (tag: string): TemplateTag['kind'] => {
  if (/^\{\{~?!/.test(tag)) return 'comment';
  return /^\{\{\{?~?\s*(?:[#/^>]|else\b)/.test(tag) ? 'control' : 'value';
};

const php = (tag: string): TemplateTag['kind'] =>
  tag.startsWith('<?=') || /^<\?(?:php)?\s+(?:echo|print|printf)\b/.test(tag) ? 'value' : 'control';

const percent = (tag: string): TemplateTag['kind'] => {
  if (/^<%(?:--|#)/.test(tag)) return 'comment';
  return /^<%[=:\-!]/.test(tag) ? 'value' : 'control';
};

/** Words with which tags of Smarty begin; `{foo: 1}` is an object. */
const SMARTY = String.raw`\{(?=\$|\*|\/[a-z]+\}|["'][^"'\n}]*["']\||(?:if|elseif|else|foreach|foreachelse|section|for|while|include|assign|append|block|capture|literal|strip|nocache|function|call|ldelim|rdelim|config_load|php|l|url|link|action|config|s|oxscript|javascript)\b(?!\s*:))|\{(?=[a-zA-Z_]+(?:\s+[a-zA-Z_]+=))`;

const forms: readonly TagForm[] = [
  { open: /<\?(?:php\b|=|(?=\s))/y, close: '?>', openEnded: true, kind: php },
  { open: /<%--/y, close: '--%>', kind: () => 'comment' },
  { open: /<%(?!%)/y, close: '%>', kind: percent },
  { open: /<!--\{/y, close: '}-->', kind: byFirstWord },
  { open: /\{\{!--/y, close: '--}}', kind: () => 'comment' },
  { open: /\{\{\{(?=[^{}\n]+\}\}\})/y, close: '}}}', kind: mustache },
  { open: /\{!!/y, close: '!!}', kind: () => 'value' },
  { open: /\{\{/y, close: '}}', kind: mustache },
  { open: /\{%/y, close: '%}', kind: byFirstWord },
  { open: /\{#(?!\w)/y, close: '#}', kind: () => 'comment' },
  { open: /\[\[(?=[$#@~]\{)/y, close: ']]', kind: () => 'value' },
  { open: /\[\((?=[$#@~]\{)/y, close: ')]', kind: () => 'value' },
  {
    open: /\[\{(?=\s*(?:\$|\/|\*|(?:if|else|elseif|foreach|assign|include|capture|block|ox\w+|literal)\b))/y,
    close: '}]',
    kind: byFirstWord,
  },
  { open: /<\{(?=\s*(?:\$|\/|\*|\w))/y, close: '}>', kind: byFirstWord, only: /\.(?:tpl|html?)$/i },
  // A style can begin with an asterisk, `a{*zoom:1}`.
  { open: /\{\*(?=\s)/y, close: '*}', kind: () => 'comment', only: /\.(?:tpl|smarty|latte)$/i },
  { open: new RegExp(SMARTY, 'y'), close: '}', kind: byFirstWord, only: /\.(?:tpl|smarty|latte|html?)$/i },
  { open: /[#!]\{/y, close: '}', kind: () => 'value', only: /\.(?:pug|jade|slim|haml|erb)$/i },
  { open: /\$!?\{/y, close: '}', kind: () => 'value', only: /\.(?:jspx?|tagx?|gsp|ftlh?|vm|isml)$/i },
  {
    open: /<\/?(?:c|fn|fmt|s|spring|jsp|g):[a-zA-Z]+/y,
    close: '>',
    quotes: true,
    kind: (tag) => (/^<(?:c:out|fmt:message|s:property|spring:message)\b/.test(tag) ? 'value' : 'control'),
    only: /\.(?:jspx?|tagx?|gsp)$/i,
  },
  {
    open: /<\/?is(?:if|else|elseif|loop|set|script|comment)\b/y,
    close: '>',
    quotes: true,
    kind: () => 'control',
    only: /\.isml$/i,
  },
  { open: /<\/?#[a-z]+/y, close: '>', kind: () => 'control', only: /\.(?:ftlh?)$/i },
];

/** Blade and Razor have no closing mark; a call ends with its brackets. */
const AT_SIGN = /\.(?:blade\.php|cshtml|vbhtml|razor)$/i;
const AT_CONTROL =
  /^@(?:if|elseif|else|endif|unless|endunless|isset|endisset|empty|endempty|auth|endauth|guest|endguest|foreach|endforeach|forelse|endforelse|for|endfor|while|endwhile|php|endphp|push|endpush|section|endsection|stop|include\w*|extends|switch|case|break|default|endswitch|once|endonce|verbatim|endverbatim|csrf|using|model|inject|functions|code)\b/;

/** Where the bracket that opens at `open` closes; strings inside it do not count. */
function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length && at - open < MAX_TAG; at += 1) {
    const character = text[at];
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end === -1) return -1;
      at = end;
    } else if (character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** Characters that the brackets of a tag, or a tag with quotes, may hold: a search without a bound would be quadratic. */
const MAX_TAG = 2_000;

function readAtTag(text: string, start: number): TemplateTag | undefined {
  const name = /@(?:\(|[A-Za-z_][\w.]*)/y;
  name.lastIndex = start;
  const [head] = name.exec(text) ?? [];
  // An address of e-mail, and the at sign that stands for itself.
  if (head === undefined || /[\w@]/.test(text[start - 1] ?? '')) return undefined;
  let end = start + (head === '@(' ? 1 : head.replace(/\.$/, '').length);
  for (;;) {
    const gap = /^[ ]?/.exec(text.slice(end, end + 1))?.[0] ?? '';
    const isControl = AT_CONTROL.test(text.slice(start, end));
    const open =
      text[end] === '(' || text[end] === '[' ? end : isControl && text[end + gap.length] === '(' ? end + 1 : -1;
    if (open === -1) break;
    const close = closingBracket(text, open);
    if (close === -1) break;
    end = close + 1;
    const member = /\??\.[A-Za-z_]\w*/y;
    member.lastIndex = end;
    end += member.exec(text)?.[0].length ?? 0;
  }
  const tag = text.slice(start, end);
  return { start, end, kind: AT_CONTROL.test(tag) ? 'control' : 'value' };
}

/** Where the text that closes a tag ends, -1 when there is none. */
function closeOf(text: string, from: number, { close, quotes }: TagForm): number {
  if (quotes === true) {
    const rest = /^(?:"[^"]*"|'[^']*'|[^>"'])*>/.exec(text.slice(from, from + MAX_TAG));
    return rest === null ? -1 : from + rest[0].length;
  }
  const at = text.indexOf(close, from);
  return at === -1 ? -1 : at + close.length;
}

/** Reads the tag at a place. A form whose end is not to be found any more is taken out of the search. */
function readTag(text: string, start: number, active: Set<TagForm>): TemplateTag | undefined {
  for (const form of active) {
    form.open.lastIndex = start;
    const match = form.open.exec(text);
    if (match === null) continue;
    const close = closeOf(text, start + match[0].length, form);
    if (close === -1 && form.openEnded !== true) {
      if (form.quotes !== true) active.delete(form);
      continue;
    }
    const end = close === -1 ? text.length : close;
    return { start, end, kind: form.kind(text.slice(start, Math.min(end, start + 200))) };
  }
  return undefined;
}

const SCRIPTED = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/i;

const LITERAL = { open: '{literal}', close: '{/literal}' };

/** Where the next `{literal}` block ends that starts at or before `at`; Smarty leaves alone what stands in it. */
class LiteralBlocks {
  private start = -1;
  private end = -1;

  constructor(private readonly text: string) {
    this.next(0);
  }

  private next(from: number): void {
    const open = this.text.indexOf(LITERAL.open, from);
    this.start = open === -1 ? Infinity : open + LITERAL.open.length;
    const close = open === -1 ? -1 : this.text.indexOf(LITERAL.close, this.start);
    this.end = close === -1 ? Infinity : close;
  }

  /** Asked with growing offsets. A block that does not end is none. */
  has(at: number): boolean {
    while (at >= this.end) this.next(this.end);
    return this.start <= at && this.end !== Infinity;
  }
}

/**
 * Finds the tags of template languages in a file, in order, none overlapping another. In the files of scripts and components,
 * where braces mean something else, only the tags of PHP, ERB and the like are known.
 */
export function findTemplateTags(path: string, text: string): TemplateTag[] {
  const isScripted = SCRIPTED.test(path);
  const active = new Set(
    forms.filter(
      ({ only, close }) => (only === undefined || only.test(path)) && (!isScripted || close === '?>' || close === '%>'),
    ),
  );
  const hasAt = AT_SIGN.test(path);
  const literals = new LiteralBlocks(text);
  const found: TemplateTag[] = [];
  const begins = hasAt ? /[<{[#!$@]/g : /[<{[#!$]/g;
  for (let match = begins.exec(text); match !== null; match = begins.exec(text)) {
    const start = match.index;
    const isLiteral = text[start] === '{' && literals.has(start);
    const tag = isLiteral ? undefined : text[start] === '@' ? readAtTag(text, start) : readTag(text, start, active);
    if (tag === undefined || tag.end <= start) continue;
    found.push(tag);
    begins.lastIndex = tag.end;
  }
  return found;
}
