import type { Emulation } from './emulation';
import type { HttpReply, Part } from './handle-http';
import { writeReport } from './ledger/report-content';

const text = (status: number, body: string, type = 'text/plain'): HttpReply => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8` },
  body,
});

function sendReport({ store, clock }: Emulation, documentId: string, expires: string | null): HttpReply {
  if (!(Number(expires) >= clock.now())) return text(403, 'This link has expired: ask for the document again.\n');
  for (const report of store.all('reports'))
    if (report.documentId === documentId) return text(200, writeReport(store, report), 'text/csv');
  return text(404, `There is no report document ${documentId}.\n`);
}

function takeFile(emulation: Emulation, id: string, content: Buffer): HttpReply {
  const file = emulation.store.get('files', id);
  if (file === undefined) return text(404, `No file ${id} was announced.\n`);
  emulation.post(({ store }) => store.put('files', { ...file, size: content.byteLength }));
  return text(200, '');
}

/** What answers of v2 link to, and what is fetched or sent without a signature: reports, and files for disputes. */
export function createLinksPart(emulation: Emulation): Part {
  return ({ method, path, query, body }) => {
    const [, folder, id = ''] = /^\/(report-documents|files)\/([\w-]+)$/.exec(path) ?? [];
    if (folder === 'report-documents' && method === 'GET') return sendReport(emulation, id, query.get('expires'));
    if (folder === 'files' && method === 'PUT') return takeFile(emulation, id, body);
    return null;
  };
}
