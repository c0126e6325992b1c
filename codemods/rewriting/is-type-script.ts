/** Whether a file is TypeScript, by its name. */
export const isTypeScript = (path: string): boolean => /\.[cm]?tsx?$/.test(path);
