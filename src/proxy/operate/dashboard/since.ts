import { element } from './element.js';

/** From when on the gate and the agreement count: it stands in the address, so that it can be kept and passed on. */
export const sinceInAddress = (): number | null => {
  const [, since] = /^#\/since=(\d{1,15})$/.exec(location.hash) ?? [];
  return since === undefined ? null : Number(since);
};

const MINUTE_MS = 60_000;
/** As a field for times of this place has it. */
const toField = (at: number): string =>
  new Date(at - new Date(at).getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);

export function sinceField(): HTMLInputElement {
  const since = sinceInAddress();
  return element('input', {
    ...{ type: 'datetime-local', name: 'since', title: 'Empty: from the beginning.' },
    value: since === null ? '' : toField(since),
  });
}

/** What was entered; null for nothing. */
export const timeIn = ({ value }: HTMLInputElement): number | null => {
  const at = new Date(value).getTime();
  return Number.isNaN(at) ? null : at;
};

/** Counts from another time on: a handler was mended, say, and what was before tells nothing of it. */
export function sinceForm(): HTMLElement {
  const field = sinceField();
  const submit = (event: Event): void => {
    event.preventDefault();
    const at = timeIn(field);
    location.hash = at === null ? '#/' : `#/since=${at}`;
  };
  return element(
    'form',
    { class: 'filter', submit },
    element('label', {}, 'Count from', field),
    element('button', {}, 'Count'),
  );
}
