/** The shapes in which languages other than JavaScript are told: their legacy SDKs, and Amazon's v2 SDK where there is one. */

export const languageNames = ['php', 'python', 'ruby', 'java', 'csharp', 'go'] as const;
export type LanguageName = (typeof languageNames)[number];

/** What a class of a legacy SDK is for. */
export type LegacyRole = 'client' | 'ipn-handler' | 'response' | 'login' | 'part';

/** Classes of one generation of a legacy SDK. */
export interface LegacyClass {
  /** Tested against the whole name, as it is written from the root of all namespaces. */
  readonly name: RegExp;
  readonly role: LegacyRole;
  /** The SDK that it belongs to, for messages. */
  readonly sdk: string;
}

/** A package of a registry that means legacy Amazon Pay. */
export interface ForeignPackage {
  /** As the registry of the language writes it. */
  readonly name: string;
  readonly what: string;
  /** Where its sources are: part of an address. */
  readonly repository?: string;
  /** The file in which it is handed around without a registry: the pattern of its name, as source text. */
  readonly file?: string;
}

/** Amazon's v2 SDK for a language (facts: other-languages.md section 9). */
export interface ForeignSdk {
  /** As it is written into a manifest: `amzn/amazon-pay-api-sdk-php:^2.7`. */
  readonly dependency: string;
  /** How it is added. */
  readonly install: string;
  readonly client: string;
  /** How a client is made. */
  readonly construction: string;
  /** The code to write, by the method of the Node SDK, whose verbs all of Amazon's SDKs share. */
  readonly calls: Readonly<Record<string, string>>;
  /** Names in that code which are likely, since no source that was read has them. */
  readonly likely?: readonly string[];
  /** Where Amazon documents it. */
  readonly docs: string;
  /** What differs from the legacy SDK and breaks in silence. */
  readonly traps: string;
}

export interface ForeignLanguage {
  readonly name: LanguageName;
  readonly title: string;
  /** Files of this language. */
  readonly files: RegExp;
  /** What stands between the parts of a name. */
  readonly separator: string;
  readonly classes: readonly LegacyClass[];
  /** Names from the root that are v2 or another product, though they look legacy. */
  readonly lookAlikes: RegExp;
  readonly packages: readonly ForeignPackage[];
  /** How methods are written. */
  readonly methodCase: 'camel' | 'snake' | 'pascal';
  /** What the legacy SDK adds to the operations of MWS, and the MWS operation that does the work, if one does. */
  readonly helpers: Readonly<Record<string, string | null>>;
  readonly v2: ForeignSdk | null;
  /** Where there is no SDK: what to do. */
  readonly withoutSdk?: string;
  /** How notifications are received in v2. */
  readonly notifications: string;
}
