/** A test puts something of its own in the place of what the shop gives. */
const TEST = /(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|specs?)\/|[.-](?:test|spec|e2e-spec|mock)\.[cm]?[jt]sx?$/;

export const isTestFile = (path: string): boolean => TEST.test(path);
