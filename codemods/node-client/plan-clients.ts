/**
 * instead: the legacy client becomes a WebStoreClient and is gone. beside: calls remain that v2 has no counterpart for
 * (or that another codemod handles), so the legacy client stays and carries the v2 client as `checkoutV2`.
 */
export type ClientMode = 'instead' | 'beside';

/** What one package does with legacy clients. */
export interface ClientUse {
  readonly packageDirectory: string;
  readonly constructs: boolean;
  /** Places that still need the legacy client after rewriting. */
  readonly remains: boolean;
}

/**
 * Decides per package. A client that is constructed in one package and used in another is one client, so packages that
 * use clients without making any pull all of them together.
 */
export function planClients(uses: readonly ClientUse[]): (packageDirectory: string) => ClientMode {
  const directories = new Set(uses.map(({ packageDirectory }) => packageDirectory));
  const constructs = (directory: string): boolean =>
    uses.some((use) => use.packageDirectory === directory && use.constructs);
  const remains = (directory: string): boolean => uses.some((use) => use.packageDirectory === directory && use.remains);
  const shared = [...directories].some((directory) => !constructs(directory));
  const anyRemains = [...directories].some(remains);
  return (directory) => ((shared ? anyRemains : remains(directory)) ? 'beside' : 'instead');
}
