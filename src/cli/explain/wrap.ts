/**
 * Breaks text between words, so that a narrow terminal does not break it inside them; later lines are indented. A word that
 * is longer than a line, such as a URL, stays whole: it must be copied in one piece. Without a width nothing is broken.
 */
export function wrap(text: string, width: number | undefined, indent = ''): string {
  if (width === undefined) return text;
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1] ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    // Spaces at the start, and several in a row, align what follows.
    if (longer.length <= width || line.trim() === '') lines[lines.length - 1] = longer;
    else lines.push(`${indent}${word}`);
  }
  return lines.join('\n');
}
