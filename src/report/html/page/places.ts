import type { PageData, PageFile, PagePlace, PageRule } from '../page-data';
import { find } from './make';

/** A place with everything that it refers to. */
export interface Place {
  readonly id: string;
  readonly rule: PageRule;
  readonly file: PageFile;
  readonly line: number;
  readonly endLine: number;
  readonly area: string;
  readonly severity: PagePlace['automation'];
  readonly standing: PagePlace['standing'];
  readonly confidence: PagePlace['confidence'];
  readonly minutes: number;
  readonly message: string;
  readonly guidance: string;
  readonly docs: string;
  readonly legacy: string;
  readonly replacement: string;
  readonly before: string;
  readonly after: string | undefined;
  readonly above: string | undefined;
  readonly below: string | undefined;
  readonly step: string;
  /** What the search looks in. */
  readonly searched: string;
}

/** Whether work is left in a place. */
export const isLeft = ({ standing }: Place): boolean => standing !== 'migrated' && standing !== 'fixed';

/** The places of the report, in its order. */
export function readPlaces(): readonly Place[] {
  // Written by the report itself, which validated it.
  const data = JSON.parse(find('#data').textContent ?? '') as PageData;
  const text = (index: number): string => data.texts[index] ?? '';
  return data.places.flatMap((place) => {
    const [rule, file] = [data.rules[place.rule], data.files[place.file]];
    if (rule === undefined || file === undefined) return [];
    const { id, line, endLine, standing, confidence, minutes, automation: severity } = place;
    const [area, message, legacy, replacement] = [place.area, place.message, place.legacy, place.replacement].map(
      text,
    ) as [string, string, string, string];
    const [guidance, docs, before] = [text(place.guidance), text(place.docs), text(place.before)];
    const searched = [message, file.path, file.language, rule.id, rule.title, legacy, replacement, before, id]
      .join('\n')
      .toLowerCase();
    const optional = (index: number | undefined): string | undefined => (index === undefined ? undefined : text(index));
    return [
      {
        ...{ id, rule, file, line, endLine, area, severity, standing, confidence, minutes, message, guidance, docs },
        ...{ legacy, replacement, before, searched, step: place.step },
        ...{ after: optional(place.after), above: optional(place.above), below: optional(place.below) },
      },
    ];
  });
}
