/** What `migrate` writes into a project of its own: the helper, without its ending. */
export const HELPER = 'amazon-pay-v2';

/** An earlier run wrote this file; it is no code of the merchant. */
export const isHelperFile = (path: string): boolean => /(?:^|\/)amazon-pay-v2\.[cm]?[jt]s$/.test(path);

/** The helper, or the declarations of the SDK that come with it. */
export const isEmittedFile = (path: string): boolean =>
  isHelperFile(path) || /(?:^|\/)amazon-pay-api-sdk-nodejs\.d\.ts$/.test(path);
