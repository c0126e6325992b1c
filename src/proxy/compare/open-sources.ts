import type { Side } from '../observer';
import type { CompareSettings, SideOutcomeSettings } from './settings';
import { EndpointSource } from './sources/endpoint-source';
import type { OutcomeSource } from './sources/outcome-source';
import { QuerySource } from './sources/query-source';

function open(settings: SideOutcomeSettings): OutcomeSource | null {
  switch (settings.from) {
    case 'answer':
      return null;
    case 'endpoint':
      return new EndpointSource(settings);
    case 'query':
      return new QuerySource(settings);
  }
}

/** Makes what each side's outcomes are asked from; nothing is asked before the first sample. */
export const openSources = ({
  legacy,
  migrated,
}: Pick<CompareSettings, Side>): Readonly<Record<Side, OutcomeSource | null>> => ({
  legacy: open(legacy),
  migrated: open(migrated),
});
