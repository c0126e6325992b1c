/** Where the page of a rule is, in the package and in the repository: before and after, and what to do by hand. */
export const pageOfRule = (id: string): string => `docs/rules/${id}.md`;
