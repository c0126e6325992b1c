import type { Evidence, Status } from '../api';
import { element } from './element.js';
import { closedGate } from './gate-note.js';
import { get, post, RequestError } from './request.js';
import { sinceField, sinceInAddress, timeIn } from './since.js';
import { visibleText } from './visible-text.js';

const meanings: Readonly<Record<string, string>> = {
  observe: 'The legacy handler counts; the migrated one is not called.',
  shadow: 'The legacy handler counts; the migrated one is called in a dry run.',
  parallel: 'Each handler counts for the orders that its API made.',
  cutover: 'The migrated handler counts.',
  rollback: 'The legacy handler counts again; orders made by v2 stay with the migrated one.',
};

/** Shows the mode in the header, with the way to change it. */
export function showMode(status: Status): void {
  const share = status.mode === 'cutover' && status.sharePercent < 100 ? ` ${status.sharePercent} % of orders` : '';
  document
    .querySelector('#mode')
    ?.replaceChildren(
      element('span', {}, 'Mode '),
      element('strong', { title: meanings[status.mode] ?? '' }, `${status.mode}${share}`),
      ' ',
      element('button', { click: () => openDialog(status) }, 'Change…'),
    );
}

function openDialog(status: Status): void {
  const mode = element(
    'select',
    { name: 'mode' },
    ...Object.keys(meanings).map((name) => element('option', { value: name, selected: name === status.mode }, name)),
  );
  const meaning = element('p', { class: 'quiet' }, meanings[status.mode] ?? '');
  // Whoever changes something else must not move all orders by that.
  const now = status.mode === 'cutover' ? String(status.sharePercent) : '100';
  const moves = element('p', { class: 'quiet' });
  const share = element('input', { name: 'share', type: 'number', min: '0', max: '100', step: 'any', value: now });
  const shareLabel = element('label', {}, 'Share of orders, in percent', share);
  const who = element('input', { name: 'who', required: true, maxlength: '200', autocomplete: 'name' });
  const why = element('textarea', { name: 'why', required: true, maxlength: '1000', rows: '3' });
  const since = sinceField();
  const sinceLabel = element('label', {}, 'The gate counts from (empty: all that is kept)', since);
  const gate = closedGate(status);
  const adapt = (): void => {
    const isCutover = mode.value === 'cutover';
    meaning.textContent = meanings[mode.value] ?? '';
    moves.textContent = whatBecomesOfMoves(status, isCutover);
    moves.hidden = moves.textContent === '';
    shareLabel.hidden = !isCutover;
    sinceLabel.hidden = !isCutover;
    gate.show(isCutover && Number(share.value) > (status.mode === 'cutover' ? status.sharePercent : 0));
  };
  mode.addEventListener('change', adapt);
  share.addEventListener('input', adapt);
  const count = async (): Promise<void> => {
    const at = timeIn(since);
    const counted = at === null ? status : await get<Evidence>(`/api/evidence?since=${at}`);
    gate.close(counted.gate.missing);
    adapt();
  };
  const problem = element('p', { class: 'bad', role: 'alert' });
  const recount = (): void =>
    void count().catch((error: unknown) => (problem.textContent = visibleText((error as Error).message)));
  since.addEventListener('change', recount);
  adapt();
  if (sinceInAddress() !== null) recount();
  const dialog = element('dialog', { 'aria-label': 'Change the mode', close: () => dialog.remove() });
  const change = async (event: Event): Promise<void> => {
    event.preventDefault();
    const isCutover = mode.value === 'cutover';
    const from = isCutover ? timeIn(since) : null;
    try {
      await post('/api/mode', {
        mode: mode.value,
        who: who.value,
        why: why.value,
        ...(isCutover ? { sharePercent: Number(share.value) } : {}),
        ...(from === null ? {} : { since: from }),
        ...(gate.isForced() ? { force: true } : {}),
      });
      dialog.close();
      document.dispatchEvent(new Event('changed'));
    } catch (error) {
      // It may have closed since the page was drawn.
      if (error instanceof RequestError && error.missing !== null) gate.close(error.missing);
      problem.textContent = visibleText((error as Error).message);
    }
  };
  dialog.append(
    element(
      'form',
      { submit: (event) => void change(event) },
      element('h2', {}, 'Change the mode'),
      element('label', {}, 'Mode', mode),
      meaning,
      moves,
      shareLabel,
      sinceLabel,
      gate.node,
      element('label', {}, 'Who you are', who),
      element('label', {}, 'Why', why),
      problem,
      element('div', { class: 'buttons' }, cancel(dialog), element('button', { class: 'main' }, 'Change the mode')),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/** Orders that somebody moved alone are not moved on without a word. */
function whatBecomesOfMoves({ movedByHand: { legacy, migrated } }: Status, isCutover: boolean): string {
  if (legacy + migrated === 0) return '';
  const counts = `Moved by hand: ${legacy} with the legacy handler, ${migrated} with the migrated one.`;
  return `${counts} ${isCutover || migrated === 0 ? 'They stay there.' : 'The legacy handler gets those that are with the migrated one.'}`;
}

const cancel = (dialog: HTMLDialogElement, title = 'Cancel'): HTMLElement =>
  element('button', { type: 'button', click: () => dialog.close() }, title);

/** Asks who does it and why, and does it with the answer. */
export function askWhoAndWhy(
  title: string,
  explanation: string,
  action: string,
  run: (who: string, why: string) => Promise<string | null>,
): void {
  const who = element('input', { name: 'who', required: true, maxlength: '200', autocomplete: 'name' });
  const why = element('textarea', { name: 'why', required: true, maxlength: '1000', rows: '3' });
  const outcome = element('p', { role: 'alert' });
  const dialog = element('dialog', { 'aria-label': title, close: () => dialog.remove() });
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      const message = await run(who.value, why.value);
      dialog.close();
      document.dispatchEvent(new Event('changed'));
      if (message !== null) alertLater(message);
    } catch (error) {
      outcome.className = 'bad';
      outcome.textContent = visibleText((error as Error).message);
    }
  };
  dialog.append(
    element(
      'form',
      { submit: (event) => void submit(event) },
      element('h2', {}, title),
      element('p', {}, explanation),
      element('label', {}, 'Who you are', who),
      element('label', {}, 'Why', why),
      outcome,
      element('div', { class: 'buttons' }, cancel(dialog), element('button', { class: 'main' }, action)),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/** A text in full; what is in it is text, and nothing else. */
export function showText(title: string, text: string): void {
  const dialog = element('dialog', { 'aria-label': title, close: () => dialog.remove() });
  dialog.append(
    element('h2', {}, title),
    element('pre', { class: 'whole', tabindex: '0' }, text),
    element('div', { class: 'buttons' }, cancel(dialog, 'Close')),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function alertLater(message: string): void {
  const note = element('dialog', { 'aria-label': 'Done', close: () => note.remove() });
  note.append(element('p', {}, message), element('div', { class: 'buttons' }, cancel(note, 'Close')));
  document.body.append(note);
  note.showModal();
}
