import { parseTree } from 'jsonc-parser';
import { manifestOwn } from '../../src/catalog/tool-files';
import { membersOf } from './read-manifest';

/** Which places of a package.json say something to a tool: scripts, `browser`, `jest`, `pnpm`, `knip`, whatever comes. */
export function isAboutTools(text: string): (place: number) => boolean {
  const told = membersOf(parseTree(text)).flatMap(({ name, value }) => {
    if (manifestOwn.has(name)) return [];
    // Overrides are looked at by themselves.
    return name === 'pnpm' ? membersOf(value).filter((each) => each.name !== 'overrides') : [{ value }];
  });
  return (place) => told.some(({ value }) => value.offset <= place && place < value.offset + value.length);
}
