import type { Operation } from '../../src/catalog/types';

/** A value that legacy code passed for one MWS parameter. */
export interface LegacyValue {
  /** Source text of the value, already rewritten where it held legacy code itself. */
  readonly text: string;
  /** Set when the value is a literal. */
  readonly literal?: string | number | boolean;
  /** Comment lines that stood above or behind the property, kept with it. */
  readonly comments?: readonly string[];
  /** The sandbox simulation in it, where its text alone does not show it. */
  readonly simulation?: SimulationText;
}

/** A sandbox simulation as it is written out; an empty source when it is computed. */
export interface SimulationText {
  readonly source: string;
  /** Source text of what must be true for it to be sent. */
  readonly condition?: string;
}

export interface LegacyRequest {
  readonly operation: Operation;
  /** Source text of the expression that is the v2 client: `client`, `this.payment`. */
  readonly client: string;
  /**
   * Values by MWS parameter name; nested parameters dotted (`OrderReferenceAttributes.SellerNote`). A price may be given
   * whole (`CaptureAmount`: an expression that holds `{Amount, CurrencyCode}`) or by its two members.
   */
  readonly values: ReadonlyMap<string, LegacyValue>;
  /** Indentation of the line on which the call starts, and one level of it. */
  readonly indent: string;
  readonly unit: string;
  readonly quote: "'" | '"';
  readonly eol: string;
  /** The file has no syntax that came after ES5. */
  readonly isEs5?: boolean;
  /** The name under which a function of the helper is known where the call stands. */
  readonly nameOf?: (helper: HelperFunction) => string;
}

/** Functions of the emitted helper file that the code needs. */
export type HelperFunction =
  | 'send'
  | 'sendCharge'
  | 'toCallback'
  | 'toChargeId'
  | 'idempotencyKey'
  | 'price'
  | 'toPrice'
  | 'shorten'
  | 'isTrue'
  | 'isoTimestamp'
  | 'besideLegacy'
  | 'BesideLegacy'
  | 'withRetry'
  | 'fetchNotification'
  | 'fetchSignedNotification'
  | 'fetchNotificationAsXml'
  | 'verifyMessage'
  | 'answerErrors';

/** What became of one legacy parameter that did not simply move. */
export interface FieldNote {
  readonly field: string;
  readonly kind:
    | 'no-counterpart'
    | 'shortened'
    | 'simulation'
    | 'simulation-dynamic'
    | 'dropped-condition'
    | 'unknown-field'
    | 'missing';
  readonly message: string;
}

export interface V2Call {
  /** `client.captureCharge(…)`, without `await`, `send` or semicolon. */
  readonly expression: string;
  readonly helpers: ReadonlySet<HelperFunction>;
  readonly notes: readonly FieldNote[];
}
