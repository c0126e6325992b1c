import { ts } from 'ts-morph';
import { isLegacySymbol } from './brands';

/** How far into the members of a type is looked. */
const MAX_DEPTH = 3;

const SAYS_NOTHING = ts.TypeFlags.Any | ts.TypeFlags.Unknown;
const NONE: ReadonlySet<string> = new Set();

/** The element that a type of the package describes, of which the code tells whether it is followed: `DeclaredAnswer<'CaptureDetails'>`. */
export function declaredElement(checker: ts.TypeChecker, type: ts.Type): string | undefined {
  if (type.isUnion())
    return type.types.map((each) => declaredElement(checker, each)).find((each) => each !== undefined);
  const mark = type.getSymbol()?.name === 'DeclaredAnswer' ? type.getProperty(' declaredAnswer') : undefined;
  const element = mark === undefined ? undefined : checker.getTypeOfSymbol(mark);
  return element?.isStringLiteral() === true ? element.value : undefined;
}

/** Sees which answers that the package has described stand in a type, and what of a value comes to them. */
export class DeclaredTypes {
  private readonly known = new Map<ts.Type, ReadonlySet<string>>();

  constructor(private readonly checker: ts.TypeChecker) {}

  elementOf(type: ts.Type): string | undefined {
    return declaredElement(this.checker, type);
  }

  /** Everything of the kind in a type, in what it is made of and in its members. */
  within(type: ts.Type, depth = MAX_DEPTH): ReadonlySet<string> {
    const known = this.known.get(type);
    if (known !== undefined) return known;
    const element = type.isUnion() ? undefined : this.elementOf(type);
    if (element !== undefined) return new Set([element]);
    if (depth === 0 || (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Union)) === 0) return NONE;
    // Types that go round: nothing more is found on the second way.
    this.known.set(type, NONE);
    const found = new Set(this.partsOf(type).flatMap((part) => [...this.within(part, depth - 1)]));
    if (depth === MAX_DEPTH) this.known.set(type, found);
    else this.known.delete(type);
    return found;
  }

  /** Tells of each described answer in what is expected, and of the type that comes there. */
  relate(expected: ts.Type, given: ts.Type, tell: (element: string, type: ts.Type) => void, depth = MAX_DEPTH): void {
    if (this.within(expected).size === 0 || expected === given) return;
    if (given.isUnion()) {
      for (const part of given.types) this.relate(expected, part, tell, depth);
      return;
    }
    if (expected.isUnion()) {
      // Of what may be promised, only the promise is compared with a promise.
      const isPromise = given.getSymbol()?.name === 'Promise';
      const parts = expected.types.filter((part) => /^Promise/.test(part.getSymbol()?.name ?? '') === isPromise);
      for (const part of parts) this.relate(part, given, tell, depth);
      return;
    }
    const element = this.elementOf(expected);
    if (element !== undefined) {
      tell(element, given);
      return;
    }
    if ((given.flags & SAYS_NOTHING) !== 0) for (const each of this.within(expected)) tell(each, given);
    else if (depth > 0 && (given.flags & ts.TypeFlags.Object) !== 0) this.relateParts(expected, given, tell, depth - 1);
  }

  private relateParts(
    expected: ts.Type,
    given: ts.Type,
    tell: (element: string, type: ts.Type) => void,
    depth: number,
  ): void {
    const [wanted, brought] = [this.argumentsOf(expected), this.argumentsOf(given)];
    if (wanted.length > 0 && wanted.length === brought.length) {
      wanted.forEach((each, index) => {
        this.relate(each, brought[index] ?? each, tell, depth);
      });
      return;
    }
    for (const member of this.membersOf(expected)) {
      const own = given.getProperty(member.name);
      if (own !== undefined)
        this.relate(this.checker.getTypeOfSymbol(member), this.checker.getTypeOfSymbol(own), tell, depth);
    }
  }

  private partsOf(type: ts.Type): readonly ts.Type[] {
    if (type.isUnion()) return type.types;
    const made = this.argumentsOf(type);
    return made.length > 0 ? made : this.membersOf(type).map((member) => this.checker.getTypeOfSymbol(member));
  }

  /** Of a list or a promise, what is in it; of other generic types, their members tell. */
  private argumentsOf(type: ts.Type): readonly ts.Type[] {
    const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
    return isReference ? this.checker.getTypeArguments(type as ts.TypeReference) : [];
  }

  /** Members that hold something: a method says itself what comes into it. */
  private membersOf(type: ts.Type): readonly ts.Symbol[] {
    if (isLegacySymbol(type.getSymbol())) return [];
    return type.getProperties().filter(({ flags }) => (flags & ts.SymbolFlags.Method) === 0);
  }
}
