/** How long a message of Amazon is waited for that may tell of what a GET has seen already. */
export const PATIENCE_MS = 120_000;
