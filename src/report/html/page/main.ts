import { choosePlaces, everything, readChoice, writeChoice, type Choice } from './choice';
import { List } from './list';
import { find } from './make';
import { isLeft, readPlaces } from './places';

const places = readPlaces();
const ids = new Set(places.map(({ id }) => id));
const list = new List();
const form = find<HTMLFormElement>('.filters');
const search = find<HTMLInputElement>('input[name="q"]');
let choice: Choice = everything;

function show(next: Choice): void {
  choice = next;
  for (const [name, value] of Object.entries(next)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  }
  const shown = choosePlaces(places, next);
  const minutes = shown.filter(isLeft).reduce((sum, place) => sum + place.minutes, 0);
  const ofFile = `${next.file === '' ? '' : ` in ${next.file}`}${next.step === '' ? '' : ` of the step “${next.step}”`}`;
  const count =
    shown.length === places.length ? `${shown.length} places` : `${shown.length} of ${places.length} places`;
  find('#count').textContent = `${count}${ofFile}, about ${describe(minutes)} of work left.`;
  list.show(shown, next.group);
}

function describe(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.ceil(minutes % 60)];
  return hours === 0 ? `${rest} min` : rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** From the fields; the address follows, without a step in the history for every letter. */
function readForm(): void {
  const given = new FormData(form);
  const read = (name: string): string => String(given.get(name) ?? '');
  show({
    // A link may have chosen a file or a step, for which there is no field.
    ...choice,
    q: read('q'),
    severity: read('severity'),
    area: read('area'),
    standing: read('standing'),
    group: read('group'),
  });
  history.replaceState(null, '', writeChoice(choice) || '#places');
}

/** From the address: a choice, or one place, for which everything is shown when the choice leaves it out. */
function readAddress(): void {
  const next = readChoice(location.hash);
  if (next !== null) {
    show(next);
    find('#places').scrollIntoView();
    return;
  }
  const id = location.hash.slice(1);
  if (!ids.has(id) || list.open(id)) return;
  show(everything);
  list.open(id);
}

form.addEventListener('input', readForm);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => {
  show(everything);
  history.replaceState(null, '', '#places');
});
addEventListener('hashchange', readAddress);
addEventListener('beforeprint', () => list.preparePrint());
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === 'Escape' && event.target === search) search.blur();
  if (isTyping) return;
  if (event.key === '/') {
    event.preventDefault();
    search.focus();
  } else if (event.key === 'j') list.step(1);
  else if (event.key === 'k') list.step(-1);
});

show(everything);
readAddress();
