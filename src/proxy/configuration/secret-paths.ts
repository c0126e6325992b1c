/** What must not stand in the file itself, where it would end up in a repository or a backup. */
export const secretPaths: readonly string[] = [
  'store.url',
  'operate.admin.token',
  'deliver.legacy.secret',
  'deliver.migrated.secret',
  'amazon.privateKey',
  'amazon.mws.secretKey',
  'amazon.mws.authToken',
  'compare.legacy.token',
  'compare.legacy.url',
  'compare.migrated.token',
  'compare.migrated.url',
];
