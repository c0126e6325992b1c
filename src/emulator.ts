/**
 * `import { startEmulator } from 'amazon-pay-migrate/emulator'`: a local Amazon Pay for tests. It speaks the legacy API
 * (MWS) and that of Checkout v2 over one set of orders, on 127.0.0.1 only, and no money moves.
 */
export { startEmulator } from './emulator/start-emulator';
export type { Duration, Emulator, EmulatorClock } from './emulator/start-emulator';
export type { EmulatorOptions } from './emulator/options';
export type { Credentials } from './emulator/credentials';
export type { BuyerChoice, People } from './emulator/people';
export type {
  InspectedCharge,
  InspectedOrder,
  InspectedRefund,
  InspectedSession,
  InspectedStep,
} from './emulator/inspect';
export type { LoggedRequest } from './emulator/request-log';
export type { Throttle } from './emulator/throttle';
