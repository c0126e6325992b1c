import { parseTree } from 'jsonc-parser';
import { manifestOwn } from '../../src/catalog/tool-files';
import { membersOf } from './read-manifest';

/** Which member of a package.json says something to a tool at a place: scripts, `browser`, `jest`, `pnpm`, `knip`, whatever comes. */
export function toolMembers(text: string): (place: number) => string | undefined {
  const told = membersOf(parseTree(text)).flatMap(({ name, value }) => {
    if (manifestOwn.has(name)) return [];
    // Overrides are looked at by themselves.
    const values = name === 'pnpm' ? membersOf(value).filter((each) => each.name !== 'overrides') : [{ value }];
    return values.map((each) => ({ name, start: each.value.offset, end: each.value.offset + each.value.length }));
  });
  return (place) => told.find(({ start, end }) => start <= place && place < end)?.name;
}
