import { addFinding, type ManifestReport, REPLACEMENT } from './manifest-report';
import { membersOf } from './read-manifest';

/**
 * The emitted helper is loaded with `??`, `?.` and `node:crypto`: Node 16. The SDK itself names no version (no `engines`
 * in its package.json; facts: node-sdk.md).
 */
const NEEDED = 16;

/** What is said of every package that gains migrated code. */
export const NODE_NEEDED = `Migrated code runs on Node ${NEEDED} and newer.`;

/** The oldest major release that a range lets in; 0 where it has no lower end. */
function oldestMajor(range: string): number {
  const lowest = range.split('||').map((part) => {
    const [, operator, major] = /^\s*(<=?)?[\^~>=v\s]*(\d+)?/.exec(part) ?? [];
    return operator !== undefined || major === undefined ? 0 : Number(major);
  });
  return Math.min(...lowest);
}

/** `engines.node` of a package promises releases on which migrated code cannot be loaded. */
export function reportNodeVersion(report: ManifestReport): void {
  const engines = membersOf(report.manifest.root).find(({ name }) => name === 'engines');
  const node = membersOf(engines?.value).find(({ name }) => name === 'node');
  const range: unknown = node?.value.value;
  if (node === undefined || typeof range !== 'string' || oldestMajor(range) >= NEEDED) return;
  addFinding(
    report,
    { start: node.member.offset, end: node.member.offset + node.member.length },
    {
      rule: 'dependency/v2-sdk',
      automation: 'manual',
      confidence: 'high',
      legacy: { name: 'engines.node' },
      replacement: REPLACEMENT,
      message: `This package admits Node before ${NEEDED}, on which the migrated code does not load: the file of functions it brings uses newer syntax, and the v2 SDK uses async functions.`,
      guidance: `Run the shop on Node ${NEEDED} or newer, and raise engines.node to >=${NEEDED}.`,
      rewritten: false,
    },
  );
}
