import type { Automation, Rule, Surface } from '../types';

type Row = readonly [
  id: string,
  surface: Surface,
  automation: Automation,
  effortMinutes: number,
  title: string,
  what: string,
  guidance: string,
  page: string,
];

/** Rules, a row each: minutes are those of one place. */
export const toRules = (rows: readonly Row[]): readonly Rule[] =>
  rows.map(([id, surface, automation, effortMinutes, title, what, guidance, page]) => {
    return { id, surface, title, automation, what, guidance, docs: page, effortMinutes };
  });
