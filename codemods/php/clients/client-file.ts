import type { PhpFile } from '../project';
import { Refusal } from '../refusal';
import { placeOf, type PhpNode } from '../tree';
import type { ClientName } from './client-names';

/** What one file does with legacy clients. */
export interface ClientFile {
  readonly file: PhpFile;
  readonly names: readonly ClientName[];
  /** What keeps the client a legacy one: the place and what is there. */
  readonly blockers: readonly string[];
  /** Files to or from which a client goes. */
  readonly links: ReadonlySet<string>;
  /** `$client->currency_code` */
  readonly currencies: readonly PhpNode[];
}

/** Notes what is found in one file while it is looked through. */
export class Notes {
  readonly blockers: string[] = [];
  readonly links = new Set<string>();
  readonly currencies: PhpNode[] = [];

  constructor(readonly file: PhpFile) {}

  block(node: PhpNode, because: string): void {
    this.blockers.push(`${placeOf(this.file.source, node)} ${because}`);
  }

  link({ source }: PhpFile): void {
    this.links.add(source.path);
  }

  /** What is refused while looking from a place keeps the client. */
  guard(node: PhpNode, what: string, look: () => void): void {
    try {
      look();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.block(node, `${what}: ${error.message}`);
    }
  }
}
