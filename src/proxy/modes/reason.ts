import { ModeError } from './mode-error';

/** Who changes something, and why: it stands in the audit. */
export interface Reason {
  readonly who: string;
  readonly why: string;
}

/** Rejects with a ModeError where nobody says who it is, or why. */
export function checkReason({ who, why }: Reason): void {
  if (who.trim() === '' || why.trim() === '')
    throw new ModeError(
      'no-reason',
      'A change says who made it and why: --by and --reason, or the fields of the form.',
    );
}

/** As it stands in the audit. */
export const reasonOf = ({ who, why }: Reason): Reason => ({ who: who.trim(), why: why.trim() });
