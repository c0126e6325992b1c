import { isLeft, type Place } from './places';

/** What is shown, and how it is grouped. It stands in the address, so that a link shows the same. */
export interface Choice {
  readonly q: string;
  readonly severity: string;
  readonly area: string;
  readonly standing: string;
  /** Only from links: there are no fields for these. */
  readonly file: string;
  readonly step: string;
  readonly group: string;
}

export const everything: Choice = {
  q: '',
  severity: '',
  area: '',
  standing: '',
  file: '',
  step: '',
  group: 'severity',
};
const names = Object.keys(everything) as readonly (keyof Choice)[];

/** `#area=…&q=…`; null for the address of a section or a place. */
export function readChoice(hash: string): Choice | null {
  if (!hash.includes('=')) return null;
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const read = (name: keyof Choice): string => given.get(name) ?? everything[name];
  return Object.fromEntries(names.map((name) => [name, read(name)])) as unknown as Choice;
}

/** The same as an address; empty when everything is shown. */
export function writeChoice(choice: Choice): string {
  const given = new URLSearchParams(
    names.filter((name) => choice[name] !== everything[name]).map((name) => [name, choice[name]]),
  );
  return given.size === 0 ? '' : `#${given.toString()}`;
}

/** Every word has to be in the place. */
export function choosePlaces(places: readonly Place[], choice: Choice): readonly Place[] {
  const words = choice.q.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = places.filter(
    (place) =>
      (choice.severity === '' || place.severity === choice.severity) &&
      (choice.area === '' || place.area === choice.area) &&
      (choice.standing === '' || place.standing === choice.standing) &&
      (choice.step === '' || place.step === choice.step) &&
      (choice.file === '' || place.file.path === choice.file) &&
      words.every((word) => place.searched.includes(word)),
  );
  return groupOf(choice.group) === undefined ? chosen : gather(chosen, choice.group);
}

const titles: Readonly<Record<Place['severity'], string>> = {
  manual: 'By hand',
  assisted: 'Decide',
  automatic: 'The codemods can do it',
};
const groupings: Readonly<Record<string, (place: Place) => string>> = {
  severity: (place) =>
    place.standing === 'fixed' ? 'Fixed since the baseline' : isLeft(place) ? titles[place.severity] : 'Migrated',
  area: ({ area }) => area,
  rule: ({ rule }) => (rule.title === rule.id ? rule.id : `${rule.title} (${rule.id})`),
  file: ({ file }) => file.path,
  language: ({ file }) => file.language,
};

/** How places are grouped; undefined for a name that nobody knows, as a link may hold. */
export const groupOf = (name: string): ((place: Place) => string) | undefined =>
  Object.hasOwn(groupings, name) ? groupings[name] : undefined;

/** Places of a group one after the other, the groups in the order in which they first come. */
function gather(places: readonly Place[], group: string): readonly Place[] {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    const name = groupOf(group)?.(place) ?? '';
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [place]);
    else members.push(place);
  }
  return [...groups.values()].flat();
}
