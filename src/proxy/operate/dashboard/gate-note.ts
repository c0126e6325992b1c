import type { Status } from '../api';
import { element } from './element.js';

/** A part of the dialog in which the mode is changed. */
interface GateNote {
  readonly node: HTMLElement;
  /** Whether the change is one that the gate is for. */
  show(isAsked: boolean): void;
  /** The proxy says that it is closed. */
  close(missing: readonly string[]): void;
  readonly isForced: () => boolean;
}

/** What the gate misses, and the box without which nobody switches over while it is closed. */
export function closedGate({ gate }: Status): GateNote {
  const list = element('ul');
  const tick = element('input', { name: 'force', type: 'checkbox' });
  const label = element('label', { class: 'inline' }, tick, 'Switch over although the gate is closed');
  const node = element('section', {}, element('p', { class: 'warn' }, 'The gate is closed:'), list, label);
  let isClosed = false;
  const show = (isAsked: boolean): void => {
    node.hidden = !(isClosed && isAsked);
    tick.required = !node.hidden;
  };
  const close = (missing: readonly string[]): void => {
    isClosed = missing.length > 0;
    list.replaceChildren(...missing.map((line) => element('li', {}, line)));
    show(true);
  };
  close(gate.missing);
  return { node, show, close, isForced: () => !node.hidden && tick.checked };
}
