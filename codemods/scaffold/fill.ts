/**
 * Fills in what stands between « and ». A placeholder on a line of its own takes the whole line with it, so its value is
 * empty or ends a line.
 */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  const valueOf = (name: string): string => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing to fill in for «${name}»`);
    return value;
  };
  return text
    .replace(/^«(\w+)»\n/gm, (_, name: string) => valueOf(name))
    .replace(/«(\w+)»/g, (_, name: string) => valueOf(name));
}
