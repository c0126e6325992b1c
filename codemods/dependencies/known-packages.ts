import { companionPackages, legacyPackages, v2Sdk } from '../../src/catalog';

/** The package that takes the place of the legacy clients, and the newest release that the catalog's facts were read in. */
export const SDK_PACKAGE = v2Sdk.name;
export const SDK_VERSION = v2Sdk.version;

const namesOf = (kind: 'server' | 'browser'): ReadonlySet<string> =>
  new Set(
    Object.values(legacyPackages)
      .filter((row) => row.kind === kind)
      .map(({ name }) => name),
  );

/** Libraries around Widgets.js; they go when the browser code does, and nothing takes their place. */
export const browserPackages = namesOf('browser');

export const COMPANIONS: ReadonlySet<string> = new Set(companionPackages);

/** The legacy server clients. */
export const clientPackages = namesOf('server');
