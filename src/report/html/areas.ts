import type { Finding } from '../../engine/run';

/** The areas of a shop, in the words of its people, in the order of the reports. */
const areas: Readonly<Record<Finding['surface'], string>> = {
  browser: 'Pages and buttons',
  'node-client': 'Server calls',
  'raw-mws': 'Hand-made MWS requests',
  ipn: 'Notifications',
  'api-v1-contract': 'First contract of Checkout v2',
  configuration: 'Configuration and keys',
  dependency: 'Dependencies',
  bundle: 'Bundles and copies',
  'other-language': 'Other languages',
};

export const areaNames = Object.entries(areas) as readonly (readonly [Finding['surface'], string])[];
export const nameArea = (surface: Finding['surface']): string => areas[surface];
