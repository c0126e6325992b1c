import type { TemplateTag } from './template-tags';

/**
 * What stands in for a tag while a script is parsed. name: something that can stand where a value or a name can.
 * space: nothing. Neither changes the length of a text, so that every offset stays.
 */
type Substitute = 'name' | 'space';

export type Masking = Readonly<Record<TemplateTag['kind'], Substitute>>;

/** Maskings in the order in which they are tried: a tag that decides can also put in a value (`<? if … echo … ?>`). */
export const maskings: readonly Masking[] = [
  { value: 'name', control: 'space', comment: 'space' },
  { value: 'name', control: 'name', comment: 'space' },
  { value: 'space', control: 'space', comment: 'space' },
];

const substitutes: Readonly<Record<Substitute, string>> = { name: '_', space: ' ' };

/** The text with every tag that lies in `[start, end)` masked; as long as the text between them. */
export function mask(
  text: string,
  tags: readonly TemplateTag[],
  masking: Masking,
  start = 0,
  end: number = text.length,
): string {
  let result = '';
  let from = start;
  for (const tag of tags) {
    if (tag.end <= from || tag.start >= end) continue;
    const first = Math.max(tag.start, from);
    const last = Math.min(tag.end, end);
    result += text.slice(from, first) + substitutes[masking[tag.kind]].repeat(last - first);
    from = last;
  }
  return result + text.slice(from, end);
}
