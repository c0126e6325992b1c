import { wantsColour, type Streams, type TerminalStream } from './terminal-streams';

/** Where text goes. Data (`--json`, `--patch -`) owns stdout; then everything for people goes to stderr. */
export interface Output {
  /** Something that was asked for by an option and is read by a program. */
  writeData(data: string | Uint8Array): void;
  /** What `--annotations` asks for: a CI reads it from either stream. */
  writeAnnotations(text: string): void;
  /** Something for people; dropped under `--quiet`. */
  writeText(text: string): void;
  readonly colour: boolean;
}

/** Decides once, from the options, which stream carries what. */
export function createOutput(
  streams: Streams,
  options: { readonly quiet: boolean; readonly isStdoutForData: boolean },
): Output {
  const forPeople: TerminalStream = options.isStdoutForData ? streams.stderr : streams.stdout;
  return {
    writeData: (data) => {
      streams.stdout.write(data);
    },
    writeAnnotations: (text) => {
      forPeople.write(text);
    },
    writeText: (text) => {
      if (!options.quiet) forPeople.write(text);
    },
    colour: wantsColour(forPeople, streams.environment),
  };
}
