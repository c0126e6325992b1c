import { escapeHtml } from './escape-html';

/** Title, figure, and a word about it. */
export type Tiles = readonly (readonly [title: string, figure: string, note: string])[];

/** Figures side by side. */
export const renderTiles = (tiles: Tiles): string =>
  `<dl class="tiles">${tiles.map(([title, figure, note]) => `<div class="tile"><dt>${escapeHtml(title)}</dt><dd>${escapeHtml(figure)}</dd><dd class="note">${escapeHtml(note)}</dd></div>`).join('')}</dl>`;
