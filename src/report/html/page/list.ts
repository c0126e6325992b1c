import { groupOf } from './choice';
import { drawPlace, fill } from './draw-place';
import { find, make } from './make';
import { isLeft, type Place } from './places';

const atOnce = 100;
const printed = 1000;
/** Open places are printed with their code, unless there are more than that. What is done is a line. */
const printedOpen = 200;

/** The list of places: drawn some at a time, as the reader gets to them. */
export class List {
  private readonly node = find<HTMLElement>('#list');
  private readonly more = find<HTMLButtonElement>('#more');
  private places: readonly Place[] = [];
  private group = '';
  private counts = new Map<string, number>();
  private drawn = 0;
  private lastGroup: string | undefined;

  constructor() {
    this.more.addEventListener('click', () => this.drawMore());
    // The button comes into sight: draw on, so that nobody has to press it.
    new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.drawMore(), {
      rootMargin: '600px',
    }).observe(this.more);
  }

  show(places: readonly Place[], group: string): void {
    this.places = places;
    this.group = group;
    this.drawn = 0;
    this.lastGroup = undefined;
    this.counts = new Map();
    for (const place of places)
      this.counts.set(this.nameGroup(place), (this.counts.get(this.nameGroup(place)) ?? 0) + 1);
    this.node.replaceChildren();
    this.drawMore();
  }

  /** Opens a place and goes to it; false when it is not among those that are shown. */
  open(id: string): boolean {
    const index = this.places.findIndex((place) => place.id === id);
    const place = this.places[index];
    if (place === undefined) return false;
    while (this.drawn <= index) this.drawMore();
    const details = document.getElementById(id);
    if (!(details instanceof HTMLDetailsElement)) return false;
    details.open = true;
    fill(details, place);
    details.scrollIntoView({ block: 'start' });
    details.querySelector('summary')?.focus({ preventScroll: true });
    return true;
  }

  /** Moves the focus from place to place; from anywhere else, to the first. */
  step(by: 1 | -1): void {
    const rows = [...this.node.querySelectorAll<HTMLElement>('details.place > summary')];
    const at = rows.findIndex(
      (row) => row === document.activeElement || row.parentElement?.contains(document.activeElement) === true,
    );
    if (at + by >= rows.length) this.drawMore();
    const next = at === -1 ? rows[0] : [...this.node.querySelectorAll<HTMLElement>('details.place > summary')][at + by];
    next?.focus();
  }

  /** Draws what is to be printed, with its code where that is not too much, and says what is left out. */
  preparePrint(): void {
    // How the figures come about, and the whole paths of the picture, are signed for as well.
    for (const details of document.querySelectorAll<HTMLDetailsElement>('details.quiet-details')) details.open = true;
    while (this.drawn < Math.min(this.places.length, printed)) this.drawMore();
    const rows = [...this.node.querySelectorAll<HTMLDetailsElement>('details.place')];
    const open = this.places.filter(isLeft).length;
    rows.forEach((row, index) => {
      const place = this.places[index];
      if (place === undefined || !isLeft(place) || open > printedOpen) return;
      fill(row, place);
      row.open = true;
    });
    const hidden = this.places.length - rows.length;
    find('#end').setAttribute(
      'data-printed',
      hidden > 0 ? `${hidden} more places are not printed: the CSV report has them.` : '',
    );
  }

  private drawMore(): void {
    const parts: HTMLElement[] = [];
    for (const place of this.places.slice(this.drawn, this.drawn + atOnce)) {
      const name = this.nameGroup(place);
      if (name !== this.lastGroup) {
        parts.push(make('h3', 'group', name, ' ', make('span', 'note', String(this.counts.get(name)))));
        this.lastGroup = name;
      }
      parts.push(drawPlace(place));
    }
    this.node.append(...parts);
    this.drawn = Math.min(this.places.length, this.drawn + atOnce);
    const hidden = this.places.length - this.drawn;
    this.more.hidden = hidden === 0;
    this.more.textContent = `Show ${Math.min(hidden, atOnce)} more of ${hidden}`;
  }

  private nameGroup(place: Place): string {
    return groupOf(this.group)?.(place) ?? '';
  }
}
