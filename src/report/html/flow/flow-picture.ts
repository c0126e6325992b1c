import { formatCount } from '../../format-figures';
import { toOneLine } from '../../plain-text';
import { escapeHtml } from '../escape-html';
import { roleTitles, type Role, type RoleFiles } from './roles';

const box = { width: 236, height: 176, gap: 28, filesShown: 4 } as const;
/** A letter of the picture is 7.3 wide at most, and so much is left between the edges, for the path, a gap and the count. */
const letters = { width: 7.3, room: box.width - 28, gap: 2 } as const;
const pitch = box.width + box.gap;
const width = pitch * 4 - box.gap + 2;
const amazon = { top: box.height + 50, height: 40 } as const;
/** Where the lower row begins. */
const lower = amazon.top + amazon.height + 50;

/** Where each role stands: money moves from left to right, Amazon is below, and what it says comes back at the bottom. */
const places: Readonly<Record<Role, readonly [column: number, top: number]>> = {
  start: [0, 1],
  confirm: [1, 1],
  charge: [2, 1],
  undo: [3, 1],
  connect: [0, lower],
  listen: [2, lower],
};

/** The flow of a payment as an SVG without any style or script of its own; the list beside it says the same in words. */
export function renderFlowPicture(roles: readonly RoleFiles[]): string {
  const boxes = roles.map(renderBox).join('');
  const described = roles
    .map(({ role, files }) => `${roleTitles[role]}: ${formatCount(files.length, 'file')}`)
    .join('. ');
  return `<svg class="flow" viewBox="0 0 ${width} ${lower + box.height + 2}" role="img" aria-labelledby="flow-title flow-description">
<title id="flow-title">Which files do what in the flow of a payment</title>
<desc id="flow-description">${escapeHtml(described)}. The list below names the files.</desc>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>
${boxes}${renderAmazon()}${renderArrows()}</svg>`;
}

function renderBox({ role, files }: RoleFiles): string {
  const [column, top] = places[role];
  const left = column * pitch + 1;
  const shown = files.slice(0, box.filesShown);
  const hidden = files.length - shown.length;
  const places_ = files.reduce((sum, file) => sum + file.places, 0);
  const lines = shown.map(({ path, places: count }, index) => {
    const y = top + 70 + index * 22;
    return (
      `<text class="file" x="${left + 14}" y="${y}">${escapeHtml(shorten(path, count))}<title>${escapeHtml(toOneLine(path))}</title></text>` +
      `<text class="count" x="${left + box.width - 14}" y="${y}">${count}</text>`
    );
  });
  const rest = hidden > 0 ? `and ${formatCount(hidden, 'more file')}` : files.length === 0 ? 'nothing found' : '';
  const restAt = top + 70 + shown.length * 22;
  return (
    `<g class="${files.length === 0 ? 'role none' : 'role'}"><rect x="${left}" y="${top}" width="${box.width}" height="${box.height}" rx="8"/>` +
    `<text class="title" x="${left + 14}" y="${top + 26}">${escapeHtml(roleTitles[role])}</text>` +
    `<text class="note" x="${left + 14}" y="${top + 44}">${formatCount(places_, 'place')} in ${formatCount(files.length, 'file')}</text>` +
    `${lines.join('')}${rest === '' ? '' : `<text class="note" x="${left + 14}" y="${restAt}">${rest}</text>`}</g>\n`
  );
}

function renderAmazon(): string {
  return (
    `<g class="amazon"><rect x="1" y="${amazon.top}" width="${width - 2}" height="${amazon.height}" rx="8"/>` +
    `<text class="title" x="${width / 2}" y="${amazon.top + 25}">Amazon Pay</text></g>\n`
  );
}

function renderArrows(): string {
  const middle = (column: number): number => column * pitch + box.width / 2 + 1;
  const line = (x1: number, y1: number, x2: number, y2: number): string =>
    `<line class="arrow" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" marker-end="url(#arrow)"/>`;
  const across = [0, 1, 2].map((column) => {
    const start = column * pitch + box.width + 1;
    return line(start + 3, box.height / 2 + 1, start + box.gap - 3, box.height / 2 + 1);
  });
  const down = [0, 1, 2, 3].map((column) => line(middle(column), box.height + 4, middle(column), amazon.top - 3));
  const back = [
    line(middle(0), lower - 3, middle(0), amazon.top + amazon.height + 3),
    line(middle(2), amazon.top + amazon.height + 3, middle(2), lower - 3),
  ];
  const said = `<text class="note" x="${middle(2) + 10}" y="${lower - 21}">IPN</text>`;
  return [...across, ...down, ...back].join('') + said;
}

/** The end of a path says more than its beginning; the number of its places stands beside it. */
function shorten(path: string, count: number): string {
  const shown = [...toOneLine(path, 300)];
  const longest = Math.floor(letters.room / letters.width) - letters.gap - String(count).length;
  return shown.length <= longest ? shown.join('') : `…${shown.slice(1 - longest).join('')}`;
}
