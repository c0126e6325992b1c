import type { Colours } from '../../report/colours';
import { wrap } from './wrap';

/** How text is shown: a width only where a person watches. */
export interface Display {
  readonly colours: Colours;
  readonly width: number | undefined;
}

/** `  Automation  manual: …`, later lines below the value. */
export const formatRow = (name: string, value: string, width: number | undefined): string =>
  wrap(`  ${name.padEnd(12)}${value}`, width, ' '.repeat(14));
