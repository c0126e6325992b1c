const SCRIPT = /\.[cm]?[jt]sx?$/;

/** A script of the merchant, and none that an earlier run emitted. */
export const isOwnScript = (path: string): boolean =>
  SCRIPT.test(path) && !/(?:^|\/)amazon-pay-(?:v2|api-sdk)/.test(path);
