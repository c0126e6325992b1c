import { operations } from '../../../catalog/operations';
import type { Finding, Run } from '../../../engine/run';
import { isNotification } from '../../is-notification';

/** What a file does in the flow of a payment. */
export const roles = ['start', 'confirm', 'charge', 'undo', 'listen', 'connect'] as const;
export type Role = (typeof roles)[number];

export interface RoleFiles {
  readonly role: Role;
  /** The file with the most places first. */
  readonly files: readonly { readonly path: string; readonly places: number }[];
}

export const roleTitles: Readonly<Record<Role, string>> = {
  start: 'Starts a checkout',
  confirm: 'Confirms the order',
  charge: 'Authorizes and captures',
  undo: 'Refunds, cancels, closes',
  listen: 'Listens to notifications',
  connect: 'Connects to Amazon',
};

/** The part of each legacy operation that moves money or ends an order; the phases of the catalog say the rest. */
const operationRoles: Readonly<Record<string, Role>> = {
  Authorize: 'charge',
  AuthorizeOnBillingAgreement: 'charge',
  Capture: 'charge',
  CreateOrderReferenceForId: 'charge',
  Refund: 'undo',
  CancelOrderReference: 'undo',
  CloseOrderReference: 'undo',
  CloseAuthorization: 'undo',
  CloseBillingAgreement: 'undo',
};

/** Which files do what, by the findings in them; a file may have several roles, or none. */
export function findRoles({ findings }: Pick<Run, 'findings'>): readonly RoleFiles[] {
  const counts = new Map<Role, Map<string, number>>(roles.map((role) => [role, new Map()]));
  for (const finding of findings) {
    const role = roleOf(finding);
    const files = role === undefined ? undefined : counts.get(role);
    files?.set(finding.file, (files.get(finding.file) ?? 0) + 1);
  }
  return [...counts].map(([role, files]) => ({
    role,
    files: [...files]
      .map(([path, places]) => ({ path, places }))
      .sort((a, b) => b.places - a.places || (a.path < b.path ? -1 : 1)),
  }));
}

/** Rules about clients, and about the packages that they come from. */
const CONNECTS = /\/(?:construction|import|executor|client|v2-sdk|dependency|vendored-sdk)$/;

/** Reads of answers and states say nothing of their own: the calls in the same file do. */
function roleOf(finding: Finding): Role | undefined {
  const { surface, legacy, rule } = finding;
  if (isNotification(finding)) return 'listen';
  if (surface === 'browser') return 'start';
  if (surface === 'configuration' || surface === 'dependency' || CONNECTS.test(rule)) return 'connect';
  if (legacy.operation === undefined) return undefined;
  const byName = operationRoles[legacy.operation];
  if (byName !== undefined) return byName;
  return Object.hasOwn(operations, legacy.operation) && operations[legacy.operation]?.phase === 'checkout'
    ? 'confirm'
    : undefined;
}
