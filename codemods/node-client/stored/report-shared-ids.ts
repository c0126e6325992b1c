import { type FileContext, walk } from '../context';
import { storedIn } from '../calls/kept-calls';

const [OF_CAPTURE, OF_AUTHORIZATION] = ['AmazonCaptureId', 'AmazonAuthorizationId'];

/**
 * Lists where the id of a capture is kept under a name that ids of authorizations are kept under as well: legacy had two, and in
 * v2 they are one charge with one id (facts: api-mapping.md section 2), so that rows are taken for each other.
 *
 * @param stored names under which the project keeps ids, with what they are the ids of
 */
export function reportSharedIds(context: FileContext, stored: ReadonlyMap<string, ReadonlySet<string>>): void {
  const isShared = (name: string): boolean =>
    stored.get(name)?.has(OF_CAPTURE) === true && stored.get(name)?.has(OF_AUTHORIZATION) === true;
  if (![...stored.keys()].some(isShared)) return;
  walk(context.file.source, (node) => {
    const kept = storedIn(node);
    if (kept === undefined || !isShared(kept.name)) return;
    const type = context.typeOf(kept.value);
    if (type?.kind !== 'id' || type.name !== OF_CAPTURE) return;
    context.leaveOpen(kept.value, {
      rule: 'node-client/escape',
      legacy: { name: OF_CAPTURE },
      replacement: { name: 'chargeId' },
      message: `${kept.name} keeps ids of authorizations and of captures, and in v2 both are the chargeId: what looks for one finds the other as well, and a unique index refuses the second. Tell them apart by the kind, or keep one row for a charge.`,
    });
  });
}
