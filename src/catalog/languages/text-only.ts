import { sellerSections } from '../environments';
import type { LanguageName } from './types';

/** A language whose grammar the toolkit does not have: its files are searched as text, so there is one finding for each. */
export interface TextOnlyLanguage {
  readonly title: string;
  readonly files: RegExp;
  /** The language whose SDKs its code can call. */
  readonly sdkOf?: LanguageName;
}

export const textOnlyLanguages: readonly TextOnlyLanguage[] = [
  { title: 'Kotlin', files: /\.kts?$/i, sdkOf: 'java' },
  { title: 'Scala', files: /\.(?:scala|sc)$/i, sdkOf: 'java' },
  { title: 'Groovy', files: /\.(?:groovy|gvy)$/i, sdkOf: 'java' },
  { title: 'Clojure', files: /\.clj[cs]?$/i, sdkOf: 'java' },
  { title: 'ColdFusion', files: /\.(?:cfm|cfml|cfc)$/i, sdkOf: 'java' },
  { title: 'VB.NET', files: /\.vb$/i, sdkOf: 'csharp' },
  { title: 'F#', files: /\.(?:fs|fsx)$/i, sdkOf: 'csharp' },
  { title: 'PowerShell', files: /\.psm?1$/i, sdkOf: 'csharp' },
  { title: 'Perl', files: /\.(?:pl|pm|psgi|cgi)$/i },
  { title: 'Elixir', files: /\.(?:exs?|[hl]?eex)$/i },
  { title: 'Erlang', files: /\.[eh]rl$/i },
  { title: 'Rust', files: /\.rs$/i },
  { title: 'Classic ASP', files: /\.(?:asp|asa|vbs)$/i },
  { title: 'Swift', files: /\.swift$/i },
  { title: 'Objective-C', files: /\.mm?$/i },
  { title: 'Dart', files: /\.dart$/i },
  { title: 'Lua', files: /\.lua$/i },
  { title: 'Delphi', files: /\.(?:pas|dpr)$/i },
  { title: 'C or C++', files: /\.(?:c|h|cc|cpp|cxx|hpp)$/i },
  { title: 'Crystal', files: /\.cr$/i },
  { title: 'Apex', files: /\.(?:cls|trigger)$/i },
  // Containers make objects by the names of classes that stand there.
  { title: 'XML', files: /\.xml$/i },
];

/** Lists of packages have rules of their own. */
const LISTS = /\.gradle\.kts$|(?:^|\/)(?:pom|ivy|build)\.xml$/i;

/** The language of a file that is read by its text only. */
export const textOnlyLanguageOf = (path: string): TextOnlyLanguage | undefined =>
  LISTS.test(path) ? undefined : textOnlyLanguages.find(({ files }) => files.test(path));

/**
 * Names of the legacy SDKs for the JVM, .NET and PHP, which other languages call as well, and the address of MWS without the
 * sections of marketplace sellers, as source texts (facts: other-languages.md sections 1, 11 and 12).
 */
export const textOnlyNames: readonly string[] = [
  String.raw`(?<![\w.])com\.amazon\.pay(?![\w])(?!\.api\b)(?:\.\w+)*`,
  String.raw`(?<![\w.])com\.amazon\.payments\.paywithamazon(?:\.\w+)*`,
  String.raw`(?<![\w.])com\.amazonservices\.mws\.offamazonpayments\w*(?:\.\w+)*`,
  String.raw`(?<![\w.])AmazonPay\.(?:Client|IpnHandler|Regions|CommonRequests|\w+(?:Payment|Credit)Requests|Responses|Types)\b(?:\.\w+)*`,
  String.raw`(?<=^[ \t]*(?:Imports|open)[ \t]+)AmazonPay(?=\s*$)`,
  String.raw`(?<![\w.\\])(?:AmazonPay\\{1,2}|PayWithAmazon[.\\])\w+`,
  String.raw`\bmws(?:-eu)?\.amazonservices\.(?:com|jp)\b(?!${sellerSections})(?:\/OffAmazonPayments\w*)?`,
];
