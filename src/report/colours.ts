/** Paints text for a terminal. */
export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const keep = (text: string): string => text;

const plain: Colours = { bold: keep, dim: keep, red: keep, green: keep, yellow: keep, cyan: keep };

const ansi: Colours = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  red: paint(31, 39),
  green: paint(32, 39),
  yellow: paint(33, 39),
  cyan: paint(36, 39),
};

/** Colours that paint, or that leave the text as it is. */
export function createColours(enabled: boolean): Colours {
  return enabled ? ansi : plain;
}

// Not util.styleText: since Node 22 it looks at process.stdout by itself, and a report may go elsewhere.
function paint(open: number, close: number): (text: string) => string {
  return (text) => (text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`);
}
