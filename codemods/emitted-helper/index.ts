export { isLeftOut } from './is-left-out';
export { emitHelper, type HelperOptions } from './emit-helper';
export { emitSdkDeclarations, SDK_DECLARATIONS_FILE } from './emit-sdk-declarations';
export type { HelperFormat } from './part';
export type { EmittedStyle } from './style';
