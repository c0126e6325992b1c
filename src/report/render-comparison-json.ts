import { comparisonSchema, type Comparison } from './compare-runs';

/** The comparison as JSON, validated on the way out. */
export function renderComparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparisonSchema.parse(comparison), null, 2)}\n`;
}
