/** How an emulator is started. All of it may be left out. */
export interface EmulatorOptions {
  /** Ports of 127.0.0.1; 0, which is the default, lets the system choose. `false`: no HTTPS. */
  readonly port?: number;
  readonly httpsPort?: number | false;
  /** Public RSA keys as PEM, by the public key id that the shop uses. Without any, a pair is made: see `credentials`. */
  readonly publicKeys?: Readonly<Record<string, string>>;
  /** Legacy access keys and their secrets. */
  readonly accessKeys?: Readonly<Record<string, string>>;
  readonly merchantId?: string;
  /** Decides the two digits in ids [na]. */
  readonly region?: 'na' | 'eu' | 'jp';
  /** With the same seed, the same requests in the same order get the same ids. */
  readonly seed?: string;
  /** A file to keep everything in; without, it is gone with the process. */
  readonly data?: string;
  /** Stands still at this time until it is moved. Without, time passes as it does in the world. */
  readonly frozenAt?: Date;
  /** Whether quotas hold [true]. */
  readonly throttling?: boolean;
  /** How long a request may take to arrive [20]. */
  readonly requestSeconds?: number;
  /** Seconds until a pending authorization, capture or refund is decided [30]. */
  readonly decisionSeconds?: number;
  /** What an agreement may be charged in a month [500]. */
  readonly monthlyLimit?: number;
  /** Where notifications go: the URL of a handler of yours. */
  readonly notificationUrl?: string;
  /** Their format [matching: that of the API that made the object]. */
  readonly notificationFormat?: 'matching' | 'v1' | 'v2' | 'both';
  /** Of the SNS envelope [1]. */
  readonly signatureVersion?: '1' | '2';
}
