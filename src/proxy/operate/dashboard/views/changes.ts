import type { AuditPage } from '../../api';
import { element, table, time } from '../element.js';
import { get } from '../request.js';

/** Who changed what, and why. */
export async function showChanges(place: HTMLElement): Promise<void> {
  const { entries, check } = await get<AuditPage>('/api/audit');
  place.append(
    element('h2', {}, 'Changes'),
    check.broken === null
      ? element(
          'p',
          { class: 'quiet' },
          `Each entry is bound to the one before it, and the chain of ${check.entries} is whole.`,
        )
      : element(
          'p',
          { class: 'bad', role: 'alert' },
          `The chain is broken at ${check.broken.sequence}: ${check.broken.because}.`,
        ),
    table(
      `${entries.length} changes, the newest first`,
      [
        { title: 'When', isNarrow: true, cell: (row) => time(row.at) },
        { title: 'Who', cell: (row) => row.who },
        { title: 'What', cell: (row) => row.action },
        { title: 'Details', cell: (row) => element('code', {}, row.detail) },
        { title: 'Why', cell: (row) => row.why },
      ],
      entries,
    ),
  );
}
