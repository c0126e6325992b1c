const TEST =
  /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|cypress|e2e|playwright)\/|[.-](?:test|spec|e2e-spec|mock|cy)\.\w+$/i;

/** Tests, and what stands in for something in them: no order comes through it. */
export const isTestFile = (path: string): boolean => TEST.test(path);
