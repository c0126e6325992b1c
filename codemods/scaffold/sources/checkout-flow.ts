import { fill } from '../fill';
import { FLOW_END } from './flow-end';
import { FLOW_RECURRING } from './flow-recurring';
import { FLOW_START } from './flow-start';

export interface FlowOptions {
  readonly isRecurring: boolean;
  /** Specifier of the module that has `send`. */
  readonly send: string;
  /** Scopes of v2 that the legacy button asked for; empty: those that Amazon gives without asking. */
  readonly scopes: readonly string[];
}

const ONE_TIME = {
  helpers: 'send',
  request: '',
  whichOrder: '',
  typeField: '',
  typeCheck: '',
  frequency: "      chargePermissionType: 'OneTime',\n",
  functions: '',
  endpoints: '',
};

/** The module that holds the rules of the checkout; nothing in it knows a framework, a database or the network. */
export function checkoutFlow({ isRecurring, send, scopes }: FlowOptions): string {
  const list = scopes.map((scope) => `'${scope}'`).join(', ');
  return fill(FLOW_START + FLOW_END, {
    ...(isRecurring ? FLOW_RECURRING : ONE_TIME),
    send,
    scopes: list === '' ? '' : `      scopes: [${list}],\n`,
  });
}
