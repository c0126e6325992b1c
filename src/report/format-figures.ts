/** `1 h 35 min`, `20 min`, `0 min`; fractions are rounded up, because nobody is glad of an estimate that was too low. */
export function formatEffort(minutes: number): string {
  const whole = Math.ceil(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `1 file`, `3 files`, `2 more places`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `62 %`. Rounded down, so that 100 % means that nothing is open. */
export function formatReadiness(readiness: number): string {
  return `${Math.floor(readiness)} %`;
}
