import { evidenceSchema, type Evidence } from '../../src/report/cutover/read-evidence';

/** Evidence of a gate that is open; a test changes what it is about. Its time is that of the sample runs. */
export const createEvidence = (changes: Partial<Evidence> = {}): Evidence =>
  evidenceSchema.parse({
    schemaVersion: 1,
    period: { since: '2026-02-20T00:00:00.000Z', until: '2026-03-01T09:00:00.000Z' },
    messages: { total: 900, byType: { 'v2:CHARGE': 600, 'v1:PaymentCapture': 300 } },
    orders: { compared: 300, agreeing: 300, differing: 0, incomparable: 2 },
    agreement: { observed: 1, atLeast: 0.99, confidence: 0.95 },
    groups: [],
    lagMs: 1500,
    gate: {
      isOpen: true,
      figures: [
        { name: 'open differences', found: '0', wanted: '0', isMet: true },
        { name: 'orders compared', found: '300', wanted: '300', isMet: true },
      ],
      missing: [],
    },
    reservations: [],
    ...changes,
  });
