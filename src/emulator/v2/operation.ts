import type { Posting } from '../ledger/posting';
import type { Environment } from '../ledger/rows';
import type { Reply } from './reply';

/** One call that has passed every check of the transport: signed, within its quota, with a body that is JSON. */
export interface Call {
  readonly posting: Posting;
  readonly environment: Environment;
  /** The part of the path that names an object, or ''. */
  readonly id: string;
  readonly body: unknown;
  readonly query: URLSearchParams;
  /** Value of `x-amz-pay-authtoken`: whom a solution provider acts for. */
  readonly authToken: string | null;
  /** Value of `x-amz-pay-simulation-code`. */
  readonly simulation: string | null;
  /** Where the emulator answers. */
  readonly origin: string;
}

export type Operation = (call: Call) => Reply;
